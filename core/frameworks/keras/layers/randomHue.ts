import { py } from "../define.ts";
import { factor } from "./families/factors.ts";
import { channelsAre, image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomHue = image("RandomHue", {
  summary: "Changes the hue of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1 }) },
  requires: ({ data_format }, x, at) => (at.eager ? channelsAre("RandomHue", [3], data_format, x) : []),
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.RandomHue(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
