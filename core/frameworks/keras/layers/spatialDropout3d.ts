import { py } from "../define.ts";
import { dataFormat, rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const SpatialDropout3D = keeping("SpatialDropout3D", {
  summary: "Drops whole channels in training.",
  args: { rate: rate(), data_format: dataFormat() },
  input: { rank: 5 },
  lower: unchanged,
  example: py`
    x = keras.Input((8, 16, 16, 2))       # shape: (None, 8, 16, 16, 2)
    y = layers.SpatialDropout3D(0.5)(x)   # shape: (None, 8, 16, 16, 2)  params: 0
  `,
});
