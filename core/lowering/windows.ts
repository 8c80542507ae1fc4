import { windowed } from "../tensor/window.ts";
import { refuse } from "./refusal.ts";

/** One number for each spatial axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: "valid" | "same" | "causal";
}

/** The axis's length after the window slid over it. */
export function slidLength(n: number, i: number, { kernel, strides, dilations, padding }: Window): number {
  const length = windowed(n, kernel[i] ?? 1, strides[i] ?? 1, dilations[i] ?? 1, padding);
  return typeof length === "number" ? length : refuse("a window's length is not a number");
}

/**
 * What is put before and behind an axis. "same" shares Σ = max((⌈n/s⌉ − 1)·s + d(k − 1) + 1 − n, 0) out, the odd one
 * behind, as TensorFlow does; "causal" puts d(k − 1) before.
 */
export function padsOf(n: number, i: number, { kernel, strides, dilations, padding }: Window): [number, number] {
  const [k, s, d] = [kernel[i] ?? 1, strides[i] ?? 1, dilations[i] ?? 1];
  if (padding === "valid") return [0, 0];
  if (padding === "causal") return [d * (k - 1), 0];
  const total = Math.max((Math.ceil(n / s) - 1) * s + d * (k - 1) + 1 - n, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/**
 * The attributes of ONNX's Conv and pools. Pads are always written out: ONNX Runtime rejects `auto_pad=SAME_*` with
 * dilations.
 */
export function windowAttributes(spatial: readonly number[], window: Window): Readonly<Record<string, number[]>> {
  const pads = spatial.map((n, i) => padsOf(n, i, window));
  return {
    kernel_shape: [...window.kernel],
    strides: [...window.strides],
    dilations: [...window.dilations],
    pads: [...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)],
  };
}
