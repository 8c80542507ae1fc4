import { sizes } from "../../../lowering/builder.ts";
import { upsampled } from "../../../tensor/window.ts";
import { layer, py } from "../define.ts";
import { dataFormat, tuple } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";
import { repeatedEach } from "./families/resampling.ts";

export const UpSampling3D = layer("UpSampling3D", {
  summary: "Repeats every element `size` times along the three spatial axes.",
  args: { size: tuple(3), data_format: dataFormat() },
  input: { rank: 5 },
  output: ({ size, data_format }, x) =>
    x.resampled(data_format, x.channels(data_format), (n, i) => upsampled(n, size.at(i))),
  dtype: (_, at) => autocast(at),
  lower: (g, { size, data_format }, x) => repeatedEach(g, x, data_format, sizes(size)),

  example: py`
    x = keras.Input((4, 8, 8, 2))   # shape: (None, 4, 8, 8, 2)
    y = layers.UpSampling3D(2)(x)   # shape: (None, 8, 16, 16, 2)  params: 0
  `,
});
