/** Convolutions and pools in ONNX's operators: (batch, channels, …), kernels [filters, channels / groups, …]. */
import { type Builder, needed, sizes, type Tensor } from "../../../../lowering/builder.ts";
import type { DataFormat } from "../../../../tensor/shape.ts";
import type { WeightTensors } from "../../define.ts";
import { clearBias } from "./bias.ts";
import type { Window } from "./convolution.ts";

type Activated = Window & { readonly activation: string | null | undefined };

export const windowOf = (a: Window) => ({
  kernel: sizes(a.kernel_size),
  strides: sizes(a.strides),
  dilations: sizes(a.dilation_rate),
  padding: a.padding,
});
const channelAxis = (a: Window, y: Tensor): number => (a.data_format === "channels_first" ? 1 : y.shape.length - 1);
/** Keras's kernels end in [channels, filters]; ONNX's begin with [filters, channels]. */
export const turnedKernel = (g: Builder, kernel: Tensor): Tensor => {
  const spatial = kernel.shape.length - 2;
  return g.transpose(kernel, spatial + 1, spatial, ...Array.from({ length: spatial }, (_, i) => i));
};

export function convolved(g: Builder, a: Activated, x: Tensor, { kernel, bias }: WeightTensors, groups = 1): Tensor {
  const weight = turnedKernel(g, needed(kernel, "a kernel"));
  const y = g.channelsFirst(g.float(x), a.data_format, (it) =>
    g.slide("Conv", [it, weight, bias], weight.shape[0] ?? 1, windowOf(a), { group: groups }),
  );
  return g.activation(clearBias(y, bias, channelAxis(a, y)), a.activation);
}

/** A kernel of [channels, multiplier] for each channel alone: channel c gives c · multiplier + 0, 1, … */
function eachChannel(g: Builder, a: Window, x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const spatial = kernel.shape.length - 2;
  const [channels = 1, multiplier = 1] = kernel.shape.slice(spatial);
  const weight = g.transpose(kernel, spatial, spatial + 1, ...Array.from({ length: spatial }, (_, i) => i));
  const filters = channels * multiplier;
  const alone = g.reshape(weight, [filters, 1, ...weight.shape.slice(2)]);
  return g.slide("Conv", [x, alone, bias], filters, windowOf(a), { group: channels });
}
export function depthwise(g: Builder, a: Activated, x: Tensor, { kernel, bias }: WeightTensors): Tensor {
  const y = g.channelsFirst(g.float(x), a.data_format, (it) => eachChannel(g, a, it, needed(kernel, "a kernel"), bias));
  return g.activation(clearBias(y, bias, channelAxis(a, y)), a.activation);
}
export function separated(g: Builder, a: Activated, x: Tensor, w: WeightTensors): Tensor {
  const mix = turnedKernel(g, needed(w["pointwise_kernel"], "a kernel"));
  const ones = mix.shape.slice(2);
  const y = g.channelsFirst(g.float(x), a.data_format, (it) => {
    const filtered = eachChannel(g, a, it, needed(w["depthwise_kernel"], "a kernel"), undefined);
    const window = { kernel: ones, strides: ones, dilations: ones, padding: "valid" } as const;
    return g.slide("Conv", [filtered, mix, w["bias"]], mix.shape[0] ?? 1, window);
  });
  return g.activation(clearBias(y, w["bias"], channelAxis(a, y)), a.activation);
}

/**
 * As the gradient of a convolution: of everything that the kernels reach, (n − 1)·s + K, what the padding of that
 * convolution had added before is cut off, and as much is kept as `spatial` says; what lies beyond is zero. With "same"
 * it had added max((n − 1)·s + K − size, 0), the smaller half before. Source: TensorFlow's own `conv_transpose`.
 */
export function spread(g: Builder, a: Activated, x: Tensor, w: WeightTensors, output: readonly number[]): Tensor {
  const { kernel, strides, dilations, padding } = windowOf(a);
  const weight = turnedKernel(g, needed(w["kernel"], "a kernel"));
  const to = a.data_format === "channels_last" ? output.slice(1, -1) : output.slice(2);
  const y = g.channelsFirst(g.float(x), a.data_format, (it) => {
    const reach = it.shape.slice(2).map((n, i) => {
      const span = (dilations[i] ?? 1) * ((kernel[i] ?? 1) - 1) + 1;
      return (n - 1) * (strides[i] ?? 1) + span;
    });
    const before = reach.map((all, i) => (padding === "same" ? Math.max(all - (to[i] ?? 0), 0) >> 1 : 0));
    const behind = reach.map((all, i) => all - (before[i] ?? 0) - (to[i] ?? 0));
    const attributes = {
      kernel_shape: kernel,
      strides,
      dilations,
      pads: [...before, ...behind.map((n) => Math.max(n, 0))],
      output_padding: behind.map((n) => Math.max(-n, 0)),
    };
    const shape = [it.shape[0] ?? 1, weight.shape[1] ?? 1, ...to];
    return g.node("ConvTranspose", [it, weight, w["bias"]], attributes, { shape });
  });
  return g.activation(clearBias(y, w["bias"], channelAxis(a, y)), a.activation);
}

export type Kind = "Max" | "Average";
/** The padding of an average does not count; whole numbers are pooled as floats. */
export function pooled(g: Builder, kind: Kind, a: Window, x: Tensor): Tensor {
  const more = kind === "Average" ? { count_include_pad: 0 } : {};
  const y = g.channelsFirst(g.float(x), a.data_format, (it) =>
    g.slide(`${kind}Pool`, [it], it.shape[1] ?? 1, windowOf(a), more),
  );
  return kind === "Max" ? g.cast(y, x.dtype) : y;
}

const spatialAxes = (x: Tensor, format: DataFormat): readonly number[] =>
  x.shape.map((_, i) => i).slice(format === "channels_last" ? 1 : 2, format === "channels_last" ? -1 : undefined);
const reduced = (g: Builder, kind: Kind, x: Tensor, axes: readonly number[], keepdims: boolean): Tensor =>
  kind === "Max" ? g.reduce("ReduceMax", x, axes, keepdims) : g.reduce("ReduceMean", g.float(x), axes, keepdims);

export const pooledWhole = (g: Builder, kind: Kind, x: Tensor, format: DataFormat, keepdims: boolean): Tensor =>
  reduced(g, kind, x, spatialAxes(x, format), keepdims);
/** The mean of the steps that count. */
export function pooledMasked(g: Builder, x: Tensor, mask: Tensor, format: DataFormat, keepdims: boolean): Tensor {
  const axes = spatialAxes(x, format);
  const counts = g.expand(g.cast(mask, "float32"), format === "channels_last" ? 2 : 1);
  const sum = g.reduce("ReduceSum", g.multiply(g.float(x), counts), axes, keepdims);
  return g.divide(sum, g.reduce("ReduceSum", counts, axes, keepdims));
}

/** Entry i of `count` is made of [⌊i · n / count⌋, ⌈(i + 1) · n / count⌉); one axis after the other. */
export function pooledTo(g: Builder, kind: Kind, x: Tensor, format: DataFormat, counts: readonly number[]): Tensor {
  return spatialAxes(x, format).reduce((y, axis, i) => {
    const n = y.shape[axis] ?? 1;
    const count = counts[i] ?? 1;
    const parts = Array.from({ length: count }, (_, at) => {
      const part = g.slice(y, axis, Math.floor((at * n) / count), Math.ceil(((at + 1) * n) / count));
      return reduced(g, kind, part, [axis], true);
    });
    return g.concat(parts, axis);
  }, x);
}
