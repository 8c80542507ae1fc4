import { py } from "../define.ts";
import { rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const SpatialDropout1D = keeping("SpatialDropout1D", {
  summary: "Drops whole channels in training.",
  args: { rate: rate() },
  input: { rank: 3 },
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))             # shape: (None, 10, 64)
    y = layers.SpatialDropout1D(0.5)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
