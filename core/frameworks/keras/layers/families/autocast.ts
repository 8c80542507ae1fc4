import { type DType, isFloat, isInteger } from "../../../../tensor/dtype.ts";
import { check, type Surroundings, type Violation } from "../../define.ts";

/**
 * The dtype in which a layer sees its first input: floats are cast to the compute dtype, all others stay. It is also
 * that of the output where the layer only moves, picks or keeps elements; Keras's symbolic answer is then often the
 * compute dtype, but what a run yields is this. Source: `DTypePolicy.convert_input` in keras.src.dtype_policies.
 */
export function autocast(at: Surroundings): DType | undefined {
  const [dtype] = at.dtypes;
  return dtype === undefined ? undefined : isFloat(dtype) ? at.compute : dtype;
}

/** The dtype of a mean, or of a product with a Python float: whole numbers give float32, the global floatx. */
export function floated(at: Surroundings): DType | undefined {
  const dtype = autocast(at);
  return dtype !== undefined && isInteger(dtype) ? "float32" : dtype === undefined ? undefined : at.compute;
}

/** The compute dtype of a float; of anything else it is not known what a run would yield. */
export const onlyFloat = (at: Surroundings): DType | undefined => {
  const [dtype] = at.dtypes;
  return dtype !== undefined && isFloat(dtype) ? at.compute : undefined;
};

/** Of a run: neither TensorFlow nor JAX does this on whole numbers, though Keras's symbolic form does not say so. */
export const floatsOnly = (name: string, at: Surroundings): readonly Violation[] => {
  const [dtype] = at.dtypes;
  const words = `${name} works on floats, and this input is ${dtype}: cast it first`;
  return check(at.eager !== true || dtype === undefined || !isInteger(dtype), "input-float", words);
};

/** TensorFlow's operations, which Keras 2 calls as they are, do no arithmetic on truth values. */
export const numbersInKeras2 = (name: string, { keras, dtypes }: Surroundings): readonly Violation[] =>
  check(keras !== 2 || !dtypes.includes("bool"), "input-numbers", `${name} works on numbers in Keras 2: cast the bool`);

/** TensorFlow's operations, which Keras 2 calls as they are, bring no whole numbers together with weights. */
export const floatsInKeras2 = (name: string, { keras, dtypes: [dtype] }: Surroundings): readonly Violation[] => {
  const words = `${name} works on floats in Keras 2, and this input is ${dtype}: cast it first`;
  return check(keras !== 2 || dtype === undefined || isFloat(dtype), "input-float", words);
};
