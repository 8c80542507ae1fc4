import { py } from "../define.ts";
import { rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const GaussianDropout = keeping("GaussianDropout", {
  summary: "Multiplies by noise around 1 in training.",
  args: { rate: rate() },
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))            # shape: (None, 10, 64)
    y = layers.GaussianDropout(0.5)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
