/** Resizing in ONNX's operators, as `tf.image.resize` does it: pixels are squares, and their centres are met. */
import { type Attributes, type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { DataFormat } from "../../../../tensor/shape.ts";

const CENTRES = { coordinate_transformation_mode: "half_pixel" };
const MODES: Readonly<Record<string, Attributes>> = {
  nearest: { ...CENTRES, mode: "nearest", nearest_mode: "round_prefer_ceil" },
  bilinear: { ...CENTRES, mode: "linear" },
  bicubic: { ...CENTRES, mode: "cubic", cubic_coeff_a: { float: -0.5 }, exclude_outside: 1 },
};

/** To so many rows and columns. */
export function resampled(
  g: Builder,
  x: Tensor,
  format: DataFormat,
  size: readonly number[],
  interpolation: unknown,
): Tensor {
  const attributes = typeof interpolation === "string" ? MODES[interpolation.toLowerCase()] : undefined;
  if (attributes === undefined) return refuse(`the interpolation ${interpolation} is not lowered`);
  return g.channelsFirst(x, format, (it) => {
    const shape = [...it.shape.slice(0, 2), ...size];
    return g.node("Resize", [it, undefined, undefined, g.constant(shape, "int64")], attributes, { shape });
  });
}

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
  times.reduce((y, count, i) => repeated(g, y, (format === "channels_first" ? 2 : 1) + i, count), x);
