import { py } from "../define.ts";
import { rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const AlphaDropout = keeping("AlphaDropout", {
  summary: "Drops in training so that mean and variance stay, for selu networks.",
  args: { rate: rate() },
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))         # shape: (None, 10, 64)
    y = layers.AlphaDropout(0.5)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
