import { py } from "../define.ts";
import { factor, valueRange } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandAugment = image("RandAugment", {
  summary: "Changes images at random, in several ways, while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1 }), value_range: valueRange() },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.RandAugment()(x)    # shape: (None, 28, 28, 3)  params: 0
  `,
});
