import type { Machine } from "../../interpreter/machine.ts";
import { NONE_VALUE, native, type Value } from "../../interpreter/values.ts";

/**
 * A program may have TensorFlow treat its tensors as NumPy treats arrays: types that differ then meet, and arrays are
 * indices. By which rules types are converted is an argument, and is not followed.
 */

const SLOT = "tensorflow numpy behavior";
const NAMES = [
  "tensorflow.experimental.numpy.experimental_enable_numpy_behavior",
  "tensorflow.python.ops.numpy_ops.np_config.enable_numpy_behavior",
];

export const behavesAsNumpy = (m: Machine): boolean => m.read(m.named(SLOT)) !== undefined;

export const NUMPY_BEHAVIOR: readonly (readonly [string, Value])[] = NAMES.map((name) => [
  name,
  native(name, (m) => {
    if (!behavesAsNumpy(m)) m.write(m.named(SLOT), NONE_VALUE);
    return NONE_VALUE;
  }),
]);
