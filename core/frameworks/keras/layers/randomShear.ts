import { py } from "../define.ts";
import { factor, fillMode, interpolation } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomShear = image("RandomShear", {
  summary: "Shears images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    x_factor: factor({ low: 0, high: 1, pair: "inside" }),
    y_factor: factor({ low: 0, high: 1, pair: "inside" }),
    fill_mode: fillMode(),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))          # shape: (None, 28, 28, 3)
    y = layers.RandomShear(0.1, 0.1)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
