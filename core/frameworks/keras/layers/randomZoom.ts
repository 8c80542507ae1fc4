import { py } from "../define.ts";
import { factor, fillMode, interpolation, isNone } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomZoom = image("RandomZoom", {
  summary: "Zooms into and out of images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    height_factor: factor({ low: -1, high: 1, open: true, pair: "inside" }),
    width_factor: factor({ low: -1, high: 1, open: true, pair: "inside", others: isNone }),
    fill_mode: fillMode(),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))    # shape: (None, 28, 28, 3)
    y = layers.RandomZoom(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
