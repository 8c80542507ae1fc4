import { py } from "../define.ts";
import { factor, valueRange } from "./families/factors.ts";
import { channelsAre, image, imageArguments, oneOrMore } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomColorDegeneration = image("RandomColorDegeneration", {
  summary: "Fades the colours of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: -1, high: 1 }), value_range: valueRange() },
  // A run takes grey images too, which Keras's symbolic form does not.
  requires: ({ data_format }, x, at) => [
    ...(at.eager ? [] : oneOrMore("RandomColorDegeneration", x)),
    ...channelsAre("RandomColorDegeneration", at.eager ? [1, 3] : [3], data_format, x),
  ],
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))                 # shape: (None, 28, 28, 3)
    y = layers.RandomColorDegeneration(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
