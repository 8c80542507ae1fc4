import { py } from "../define.ts";
import { factor, fillMode, interpolation } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomTranslation = image("RandomTranslation", {
  summary: "Shifts images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    height_factor: factor({ low: -1, high: 1, pair: "inside" }),
    width_factor: factor({ low: -1, high: 1, pair: "inside" }),
    fill_mode: fillMode(),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))                # shape: (None, 28, 28, 3)
    y = layers.RandomTranslation(0.1, 0.1)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
