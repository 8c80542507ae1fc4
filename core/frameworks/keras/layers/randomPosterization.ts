import { py } from "../define.ts";
import { factor, valueRange } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomPosterization = image("RandomPosterization", {
  summary: "Leaves fewer bits of every colour while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 1, high: 8 }), value_range: valueRange() },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))           # shape: (None, 28, 28, 3)
    y = layers.RandomPosterization(4)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
