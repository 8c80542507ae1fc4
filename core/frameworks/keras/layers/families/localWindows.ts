/** A kernel of its own at every place, in ONNX. Sources: tf_keras.src.layers.locally_connected and `conv_utils`. */
import { type Builder, needed, refuse, size, type Tensor } from "../../../../lowering/builder.ts";
import { slidLength } from "../../../../lowering/windows.ts";
import type { Dim } from "../../../../tensor/dim.ts";
import type { WeightTensors } from "../../define.ts";
import type { Window } from "./convolution.ts";
import { windowOf } from "./windows.ts";

type Local = Window & {
  readonly filters: Dim;
  readonly implementation: Dim;
  readonly activation: string | null | undefined;
};
const productOf = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
/** Every list of as many numbers below these, the last one fastest. */
const places = (sizes: readonly number[]): readonly (readonly number[])[] =>
  sizes.reduce<readonly (readonly number[])[]>(
    (all, n) => all.flatMap((it) => Array.from({ length: n }, (_, i) => [...it, i])),
    [[]],
  );

/** For each place of the output the elements of a sample that its window covers, in order; -1 where it is padding. */
function covered(a: Local, sample: readonly number[]): readonly (readonly number[])[] {
  const isFirst = a.data_format === "channels_first";
  const [channels = 1, spatial] = isFirst ? [sample[0], sample.slice(1)] : [sample.at(-1), sample.slice(0, -1)];
  const window = windowOf(a);
  const all = isFirst ? [channels, ...window.kernel] : [...window.kernel, channels];
  // Half of the window lies before the place that it stands on, whatever the strides.
  const before = window.kernel.map((k) => (a.padding === "same" ? k >> 1 : 0));
  const atPlace = (place: readonly number[]) => (offset: readonly number[]) => {
    const [channel = 0, taps] = isFirst ? [offset[0], offset.slice(1)] : [offset.at(-1), offset.slice(0, -1)];
    const at = taps.map((tap, i) => (place[i] ?? 0) * (window.strides[i] ?? 1) + tap - (before[i] ?? 0));
    if (at.some((it, i) => it < 0 || it >= (spatial[i] ?? 0))) return -1;
    return (isFirst ? [channel, ...at] : [...at, channel]).reduce((sum, it, i) => sum * (sample[i] ?? 1) + it, 0);
  };
  const outputs = spatial.map((n, i) => slidLength(n, i, window));
  return places(outputs).map((place) => places(all).map(atPlace(place)));
}

/** The kernels as [places, what a window covers, filters], whichever of its ways the layer keeps them in. */
function kernels(g: Builder, a: Local, kernel: Tensor, windows: readonly (readonly number[])[]): Tensor {
  const [count, taps, filters] = [windows.length, windows[0]?.length ?? 0, size(a.filters)];
  const isFirst = a.data_format === "channels_first";
  if (a.implementation === 1) return kernel;
  if (a.implementation === 3)
    return isFirst
      ? g.transpose(g.reshape(kernel, [filters, count, taps]), 1, 2, 0)
      : g.transpose(g.reshape(kernel, [count, filters, taps]), 0, 2, 1);
  if (a.implementation !== 2) return refuse("its implementation is not known");
  // Of each pair of an element of the input and of the output only those count where the window covers it.
  const flat = productOf(kernel.shape) / (count * filters);
  const pairs = isFirst
    ? g.transpose(g.reshape(kernel, [flat, filters, count]), 2, 0, 1)
    : g.transpose(g.reshape(kernel, [flat, count, filters]), 1, 0, 2);
  const rows = windows.flatMap((window, place) => window.map((it) => place * flat + Math.max(it, 0)));
  const found = g.gather(g.reshape(pairs, [count * flat, filters]), g.constant(rows, "int64"), 0);
  return g.reshape(found, [count, taps, filters]);
}

export function locallyConvolved(g: Builder, a: Local, x: Tensor, { kernel, bias }: WeightTensors): Tensor {
  const [batch = 1, ...sample] = x.shape;
  const windows = covered(a, sample);
  const [count, taps] = [windows.length, windows[0]?.length ?? 0];
  const flat = g.reshape(g.float(x), [batch, productOf(sample)]);
  const all = windows.flat();
  const patches = g.reshape(
    g.gather(
      flat,
      g.constant(
        all.map((it) => Math.max(it, 0)),
        "int64",
      ),
      1,
    ),
    [batch, count, taps],
  );
  const inside = g.constant(
    all.map((it) => (it < 0 ? 0 : 1)),
    "float32",
    [count, taps],
  );
  const given = all.includes(-1) ? g.multiply(patches, inside) : patches;
  const filters = size(a.filters);
  const products = g.einsum(
    "bpk,pkf->bpf",
    [given, kernels(g, a, needed(kernel, "a kernel"), windows)],
    [batch, count, filters],
  );
  const window = windowOf(a);
  const isFirst = a.data_format === "channels_first";
  const spatial = (isFirst ? sample.slice(1) : sample.slice(0, -1)).map((n, i) => slidLength(n, i, window));
  const y = isFirst
    ? g.reshape(g.transpose(products, 0, 2, 1), [batch, filters, ...spatial])
    : g.reshape(products, [batch, ...spatial, filters]);
  // The bias ends in the filters, and is read anew for the other format, not turned.
  const added = bias && (isFirst ? g.reshape(bias, [filters, ...spatial]) : bias);
  return g.activation(g.add(y, added), a.activation);
}
