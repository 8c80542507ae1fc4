/**
 * Lengths of one axis before and after a window slides over it. Sizes are in elements of that axis; `NONE`, polynomials
 * and unknowns flow through. A length that is provably zero or negative is for the caller to report: Keras raises
 * "Computed output size would be zero or negative" for valid windows. `None` in gives `None` out, whatever the window.
 */
import { type Dim, floorDivide, maximum, minus, modulo, NONE, plus, times } from "./dim.ts";

export type Padding = "valid" | "same" | "causal";

/** The span of a dilated kernel: d·(k − 1) + 1. */
export const dilated = (kernel: Dim, dilation: Dim): Dim => plus(times(minus(kernel, 1), dilation), 1);

/**
 * Convolution and pooling: ⌊(n − d(k − 1) − 1) / s⌋ + 1, or ⌊(n − 1) / s⌋ + 1 = ⌈n / s⌉ when padded to fit.
 * Source: `compute_conv_output_shape`, `compute_pooling_output_shape` in keras.src.ops.operation_utils.
 */
export function windowed(n: Dim, kernel: Dim, stride: Dim, dilation: Dim, padding: Padding): Dim {
  if (n === NONE) return NONE;
  const reach = padding === "valid" ? minus(n, dilated(kernel, dilation)) : minus(n, 1);
  return plus(floorDivide(reach, stride), 1);
}

/**
 * Transposed convolution; `undefined` for Keras's `output_padding=None`. With K = d(k − 1) + 1:
 * - valid: (n − 1)·s + max(K, s), or (n − 1)·s + K + output_padding;
 * - same: n·s, or (n − 1)·s + K % 2 + output_padding.
 * Source: `_get_output_shape_given_tf_padding` in keras.src.backend.common.backend_utils.
 */
export function transposedWindow(
  n: Dim,
  kernel: Dim,
  stride: Dim,
  dilation: Dim,
  padding: "valid" | "same",
  outputPadding: Dim | undefined,
): Dim {
  if (n === NONE) return NONE;
  const span = dilated(kernel, dilation);
  const reach = times(minus(n, 1), stride);
  if (padding === "valid")
    return outputPadding === undefined ? plus(reach, maximum(span, stride)) : plus(plus(reach, span), outputPadding);
  return outputPadding === undefined ? times(n, stride) : plus(plus(reach, modulo(span, 2)), outputPadding);
}

/** UpSampling: every element `factor` times. */
export const upsampled = (n: Dim, factor: Dim): Dim => (n === NONE ? NONE : times(n, factor));
/** Cropping1D, 2D, 3D: may come out zero or negative, which Keras rejects. */
export const cropped = (n: Dim, before: Dim, after: Dim): Dim => (n === NONE ? NONE : minus(minus(n, before), after));
/** ZeroPadding1D, 2D, 3D. */
export const padded = (n: Dim, before: Dim, after: Dim): Dim => (n === NONE ? NONE : plus(plus(n, before), after));
