import { py } from "../define.ts";
import { factor, isEmpty, isNone } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomColorJitter = image("RandomColorJitter", {
  summary: "Changes brightness, contrast, saturation and hue at random while training; the shape stays.",
  args: {
    ...imageArguments,
    brightness_factor: factor({ low: -1, high: 1, others: isEmpty }),
    contrast_factor: factor({ low: 0, high: 1, others: isNone }),
    saturation_factor: factor({ low: -1, high: 1, others: isNone }),
    hue_factor: factor({ low: 0, high: 1, others: isNone }),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))                             # shape: (None, 28, 28, 3)
    y = layers.RandomColorJitter(brightness_factor=0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
