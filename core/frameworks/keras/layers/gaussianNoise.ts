import { py } from "../define.ts";
import { deviation } from "./families/arguments.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const GaussianNoise = keeping("GaussianNoise", {
  summary: "Adds noise around 0 in training.",
  args: { stddev: deviation() },
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))          # shape: (None, 10, 64)
    y = layers.GaussianNoise(0.1)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
