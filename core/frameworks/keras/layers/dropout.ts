import { py } from "../define.ts";
import { noiseShape, rate } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const Dropout = keeping("Dropout", {
  summary: "Sets a share of the elements to 0 in training, and scales the rest.",
  args: { rate: rate(), noise_shape: noiseShape() },
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))    # shape: (None, 10, 64)
    y = layers.Dropout(0.5)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
