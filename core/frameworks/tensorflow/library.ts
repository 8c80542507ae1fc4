import type { Machine } from "../../interpreter/machine.ts";
import type { Args, TensorValue } from "../../interpreter/values.ts";
import { type DType, isDType } from "../../tensor/dtype.ts";
import { tensorflowDType } from "../operation/dtypeNames.ts";
import type { Library } from "../operation/library.ts";
import type { Leaf, Operand } from "../operation/operand.ts";
import { refuseSymbolic } from "../operation/symbolic.ts";
import { EAGER } from "./eagerTensor.ts";
import { behavesAsNumpy } from "./numpyBehavior.ts";

/**
 * The type of numbers without a tensor: whole ones are int32, others float32. A sum of types that differ is
 * unknown, and so is one of none: the operands are not known.
 */
export function concrete(leaves: readonly Leaf[]): DType | undefined {
  const types = [...new Set(leaves)];
  const [only] = types;
  if (types.length === 1 && only !== undefined && isDType(only)) return only;
  if (types.length === 0 || types.includes(undefined)) return undefined;
  const tensors = types.filter((it): it is DType => it !== undefined && isDType(it) && it !== "bool");
  if (tensors.length > 0) return tensors.length === 1 ? tensors[0] : undefined;
  if (types.includes("bool")) return types.length === 1 ? "bool" : undefined;
  return types.includes("complex") ? "complex128" : types.includes("float") ? "float32" : "int32";
}

/** The first tensor decides, arrays and numbers follow it; without a tensor the first array, then the numbers. */
function promoted(operands: readonly Operand[]): DType | undefined {
  const tensor = operands.find((it) => it.tensor !== undefined && !it.tensor.family.isData) ?? operands.find(isTensor);
  return concrete((tensor ?? operands[0])?.leaves ?? []);
}
const isTensor = (it: Operand): boolean => !it.isLiteral;

const PYTHON: Readonly<Record<string, DType>> = { float: "float32", bool: "bool", str: "string" };

/** TensorFlow 1's, which a program of Keras 2 may be written for; nothing is left of some. */
const OLD_ARGUMENTS: Readonly<Record<string, string>> = {
  keep_dims: "keepdims",
  reduction_indices: "axis",
  dimension: "axis",
  dim: "axis",
  concat_dim: "axis",
  squeeze_dims: "axis",
  align_corners: "",
  half_pixel_centers: "",
};

/**
 * TensorFlow as a user of Keras `version` sees it: with Keras 3 its functions refuse a symbolic tensor of a model, with
 * Keras 2 they make another.
 */
export const tensorflow = (version: 2 | 3): Library => ({
  name: "TensorFlow",
  family: (inputs) => symbolicAmong(inputs)?.family ?? EAGER,
  concrete,
  promoted,
  named: tensorflowDType,
  python: (name) => PYTHON[name],
  computes: true,
  converts: behavesAsNumpy,
  oldArguments: version === 2 ? OLD_ARGUMENTS : undefined,
  refuses: (m: Machine, name: string, inputs: readonly TensorValue[], args: Args) => {
    // `tf.divide(x, y)` is Python's own `x / y`.
    if (name === "tensorflow.divide" || name === "tensorflow.math.divide") return undefined;
    const symbolic = version === 3 ? symbolicAmong(inputs) : undefined;
    if (symbolic?.assumed === false) refuseSymbolic(m, name, symbolic, args);
    return symbolic;
  },
});
export const symbolicAmong = (inputs: readonly TensorValue[]): TensorValue | undefined =>
  inputs.find((it) => it.family.isSymbolic);

export const TENSORFLOW = tensorflow(3);
