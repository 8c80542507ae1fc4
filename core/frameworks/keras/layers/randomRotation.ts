import { py } from "../define.ts";
import { factor, fillMode, interpolation, isEmpty } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomRotation = image("RandomRotation", {
  summary: "Turns images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    factor: factor({ low: -1, high: 1, others: isEmpty }),
    fill_mode: fillMode(),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))        # shape: (None, 28, 28, 3)
    y = layers.RandomRotation(0.1)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
