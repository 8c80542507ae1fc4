import { py } from "../define.ts";
import { factor, valueRange } from "./families/factors.ts";
import { channelsAre, floatsOnly, image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomSaturation = image("RandomSaturation", {
  summary: "Changes the saturation of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: -1, high: 1 }), value_range: valueRange() },
  requires: ({ data_format }, x, at) => [
    ...floatsOnly("RandomSaturation", at),
    ...(at.eager ? channelsAre("RandomSaturation", [3], data_format, x) : []),
  ],
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))          # shape: (None, 28, 28, 3)
    y = layers.RandomSaturation(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
