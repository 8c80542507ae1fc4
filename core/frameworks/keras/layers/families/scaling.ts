/** Normalisation in ONNX's operators. Source: `_layer_normalization`, `_normalize` and their kin, keras.src.ops.nn. */
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { normaliseAxis } from "../../../../tensor/shape.ts";

/** Floats alone: what Keras makes of whole numbers on the way differs from layer to layer. */
export const floating = (x: Tensor): Tensor =>
  x.dtype === "float32" ? x : refuse("its input holds whole numbers, which is not lowered");

export const known = <T>(value: T | null | undefined, name: string): T => value ?? refuse(`its ${name} is not known`);

/** Axes from 0, in the order in which Keras sorts them: by the numbers as they were written. */
export const placesOf = (axes: readonly number[], rank: number): readonly number[] =>
  axes.toSorted((a, b) => a - b).map((axis) => normaliseAxis(axis, rank) ?? refuse("the input has no such axis"));

/** A weight with a size for each of `axes`, shaped so that it meets the input there. */
export function along(g: Builder, weight: Tensor | undefined, x: Tensor, axes: readonly number[]): Tensor | undefined {
  return (
    weight &&
    g.reshape(
      weight,
      x.shape.map((n, i) => (axes.includes(i) ? n : 1)),
    )
  );
}

interface Standard {
  readonly epsilon: number;
  readonly gamma?: Tensor;
  readonly beta?: Tensor;
  readonly isFused?: boolean;
}
/**
 * (x − mean) / √(variance + ε) along the axes. Keras computes x / σ + (β − mean / σ): what is nearly constant, or too
 * large for its square, gives what it gives there. `isFused` is a layer of Keras 2 that TensorFlow has an operator for.
 */
export function standardised(
  g: Builder,
  x: Tensor,
  axes: readonly number[],
  { epsilon, gamma, beta, isFused }: Standard,
): Tensor {
  const mean = g.reduce("ReduceMean", x, axes, true);
  const centred = g.subtract(x, mean);
  const variance = g.reduce("ReduceMean", g.multiply(centred, centred), axes, true);
  const deviation = root(g, variance, epsilon);
  if (isFused) return g.add(g.multiply(g.divide(centred, deviation), gamma), beta);
  const inverse = g.multiply(g.divide(1, deviation), gamma);
  return g.add(g.multiply(x, inverse), g.add(g.multiply(g.unary("Neg", mean), inverse), beta));
}
/** √(x + ε) */
export const root = (g: Builder, x: Tensor, epsilon: number): Tensor => g.unary("Sqrt", g.add(x, epsilon));

/** x / √Σx², where that is not below ε. */
export function unitLength(g: Builder, x: Tensor, axes: readonly number[], epsilon = 1e-12): Tensor {
  const length = g.unary("Sqrt", g.reduce("ReduceSum", g.multiply(x, x), axes, true));
  return g.divide(x, g.maximum(length, epsilon));
}
