import { py } from "../define.ts";
import { dataFormat, rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const SpatialDropout2D = keeping("SpatialDropout2D", {
  summary: "Drops whole channels in training.",
  args: { rate: rate(), data_format: dataFormat() },
  input: { rank: 4 },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 8))          # shape: (None, 28, 28, 8)
    y = layers.SpatialDropout2D(0.5)(x)   # shape: (None, 28, 28, 8)  params: 0
  `,
});
