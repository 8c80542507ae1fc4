import type { Machine } from "../../interpreter/machine.ts";
import { type Args, NONE_VALUE, nativeClass, nativeMethod, type Value } from "../../interpreter/values.ts";
import { Shape } from "../../tensor/shape.ts";
import { argument } from "../operation/control.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { tensor } from "../operation.ts";
import { EAGER } from "./eagerTensor.ts";
import { TENSORFLOW } from "./library.ts";
import { dimsOf } from "./tensorShape.ts";

/** TensorFlow's own initializers: objects that make a tensor of a shape, and hold none. */

const NAMES = ["zeros", "ones", "constant", "random_normal", "random_uniform"];

/** `initializer(shape, dtype)` */
function filled(m: Machine, { list: [, ...list] }: Args): Value {
  const dtype = dtypeOf(argument({ list }, "dtype", 1), TENSORFLOW);
  return tensor(m, EAGER, new Shape(dimsOf(m, argument({ list }, "shape", 0))), dtype ?? "float32");
}

export const INITIALIZERS: readonly (readonly [string, Value])[] = NAMES.map((it) => {
  const name = `tensorflow.${it}_initializer`;
  const made = nativeClass(name, [], {
    __init__: nativeMethod(`${name}.__init__`, () => NONE_VALUE),
    __call__: nativeMethod(`${name}.__call__`, filled),
  });
  return [name, made] as const;
});
