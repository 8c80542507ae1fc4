import { py } from "../define.ts";
import { autocast } from "./families/autocast.ts";
import { factor } from "./families/factors.ts";
import { channelsAre, image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomGrayscale = image("RandomGrayscale", {
  summary: "Takes the colour of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1, pair: "none" }) },
  dtype: (_, at) => autocast(at),
  requires: ({ data_format }, x, at) => (at.eager ? channelsAre("RandomGrayscale", [1, 3], data_format, x) : []),
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))         # shape: (None, 28, 28, 3)
    y = layers.RandomGrayscale(0.5)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
