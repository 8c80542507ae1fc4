import { minus, provablyLess, times } from "../../../tensor/dim.ts";
import type { DataFormat, Shape } from "../../../tensor/shape.ts";
import { py, sizes } from "../define.ts";
import { onlyFloat } from "./families/autocast.ts";
import { heightAxis, image, imageArguments, keptDtype } from "./families/images.ts";

interface Tiles {
  readonly tile_grid_size: Shape;
  readonly data_format: DataFormat;
}
/** Certainly at least half as many rows and columns as tiles. */
const large = ({ tile_grid_size, data_format }: Tiles, [x]: readonly Shape[]): boolean =>
  [0, 1].every((i) => {
    const side = x?.at(heightAxis(data_format) + i);
    return side !== undefined && provablyLess(minus(tile_grid_size.at(i), 1), times(2, side));
  });

export const ContrastLimitedAdaptiveHistogramEqualization = image("ContrastLimitedAdaptiveHistogramEqualization", {
  summary: "Evens out the histogram of every tile of an image; the shape stays.",
  args: { ...imageArguments, tile_grid_size: sizes(2) },
  // A smaller image fails on TensorFlow, and what Keras announces stands.
  dtype: (a, at, xs) => (large(a, xs) ? keptDtype(a, at, xs) : onlyFloat(at)),
  example: py`
    x = keras.Input((28, 28, 3))                                   # shape: (None, 28, 28, 3)
    y = layers.ContrastLimitedAdaptiveHistogramEqualization()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
