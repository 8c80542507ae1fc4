import { refuse, type Tensor } from "../../../../lowering/builder.ts";

/**
 * Keras's TensorFlow backend takes whatever is as long as the last axis for a bias along it, or else along axis 1,
 * wherever the bias stands; JAX adds it where it stands. Where they differ there is no one answer.
 * Source: `add` in keras.src.backend.tensorflow.numpy.
 */
export function clearBias(y: Tensor, bias: Tensor | undefined, axis: number): Tensor {
  const length = y.shape[axis] ?? 1;
  const taken = y.shape.at(-1) === length ? y.shape.length - 1 : y.shape[1] === length ? 1 : axis;
  if (bias === undefined || length === 1 || taken === axis) return y;
  return refuse("its bias is as long as another axis, and Keras's backends differ in where they add it");
}
