/** Resizing in ONNX's operators, as `tf.image.resize` does it: pixels are squares, and their centres are met. */
import { type Attributes, type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { DataFormat } from "../../../../tensor/shape.ts";
import { type Weigh, weightsOf } from "./resamplingWeights.ts";

const CENTRES = { coordinate_transformation_mode: "half_pixel" };
const MODES: Readonly<Record<string, Attributes>> = {
  nearest: { ...CENTRES, mode: "nearest", nearest_mode: "round_prefer_ceil" },
  bilinear: { ...CENTRES, mode: "linear" },
};

/** To so many rows and columns. */
export function resampled(
  g: Builder,
  x: Tensor,
  format: DataFormat,
  size: readonly number[],
  interpolation: unknown,
  antialias = false,
): Tensor {
  const method = typeof interpolation === "string" ? interpolation.toLowerCase() : "";
  const attributes = MODES[method];
  const weigh = weightsOf(method, antialias);
  if (weigh !== undefined) return weighted(g, x, rowAxis(format), size, weigh);
  if (attributes === undefined) return refuse(`the interpolation ${interpolation} is not lowered`);
  return g.channelsFirst(x, format, (it) => {
    const shape = [...it.shape.slice(0, 2), ...size];
    return g.node("Resize", [it, undefined, undefined, g.constant(shape, "int64")], attributes, { shape });
  });
}

/** Each row of the new image out of all rows of the old one, and the columns likewise. */
function weighted(g: Builder, x: Tensor, first: number, size: readonly number[], weigh: Weigh): Tensor {
  return size.reduce((y, n, i) => {
    const axis = first + i;
    const [old = 1, after] = [y.shape[axis], y.shape.slice(axis + 1)];
    const before = y.shape.slice(0, axis);
    const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);
    if (n * old > MOST_WEIGHTS) return refuse(`resizing ${old} pixels to ${n} in this way is not lowered`);
    const matrix = g.constant(weigh(old, n), "float32", [n, old]);
    const made = g.matmul(matrix, g.reshape(y, [product(before), old, product(after)]));
    return g.reshape(made, [...before, n, ...after]);
  }, x);
}
const MOST_WEIGHTS = 2 ** 20;

/** `body` on a batch: a single image is one of one. */
export const batched = (g: Builder, x: Tensor, body: (x: Tensor) => Tensor): Tensor =>
  x.shape.length === 3 ? g.squeeze(body(g.expand(x, 0)), 0) : body(x);

/**
 * The middle of a batch of images, in the aspect ratio of `size`, and resampled to it. Source:
 * `resize(crop_to_aspect_ratio=True)` of keras.src.backend.tensorflow.image, and `smart_resize`.
 */
export function cutAndResampled(
  g: Builder,
  x: Tensor,
  format: DataFormat,
  [height, width]: readonly [number, number],
  ...how: readonly [interpolation: unknown, antialias: boolean]
): Tensor {
  const row = rowAxis(format);
  const [rows = 1, columns = 1] = x.shape.slice(row);
  // TensorFlow counts in float32 here.
  const most = (all: number, product: number, by: number): number =>
    Math.max(1, Math.min(all, Math.trunc(Math.fround(product / by))));
  const cut = middle(g, x, format, [most(rows, columns * height, width), most(columns, rows * width, height)]);
  return resampled(g, cut, format, [height, width], ...how);
}
/** A batch of images on a ground of one colour, in the aspect ratio of `size`, and resampled to it. */
export function paddedAndResampled(
  g: Builder,
  x: Tensor,
  format: DataFormat,
  [height, width]: readonly [number, number],
  fill: number,
  ...how: readonly [interpolation: unknown, antialias: boolean]
): Tensor {
  const row = rowAxis(format);
  const [rows = 1, columns = 1] = x.shape.slice(row);
  const least = (all: number, product: number, by: number): number =>
    Math.max(all, Math.trunc(Math.fround(product / by)));
  const room = [least(rows, columns * height, width) - rows, least(columns, rows * width, height) - columns];
  // As much on both sides: what is left over is cut off.
  const pads = x.shape.map((_, i): readonly [number, number] => {
    const half = (room[i - row] ?? 0) >> 1;
    return [half, half];
  });
  return resampled(g, g.pad(x, pads, fill), format, [height, width], ...how);
}
/** The middle of a batch of images; `size` is not larger than they are. */
export function middle(g: Builder, x: Tensor, format: DataFormat, size: readonly number[]): Tensor {
  return size.reduce((y, n, i) => {
    const axis = rowAxis(format) + i;
    const start = ((y.shape[axis] ?? n) - n) >> 1;
    return g.slice(y, axis, start, start + n);
  }, x);
}
const rowAxis = (format: DataFormat): number => (format === "channels_first" ? 2 : 1);

/** Every entry of an axis so many times. */
export function repeated(g: Builder, x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const apart = g.expand(x, axis + 1);
  const tiled = g.tile(
    apart,
    apart.shape.map((_, i) => (i === axis + 1 ? times : 1)),
  );
  return g.reshape(
    tiled,
    x.shape.map((n, i) => (i === axis ? n * times : n)),
  );
}
export const repeatedEach = (g: Builder, x: Tensor, format: DataFormat, times: readonly number[]): Tensor =>
  times.reduce((y, count, i) => repeated(g, y, rowAxis(format) + i, count), x);
