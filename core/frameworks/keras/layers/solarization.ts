import { py } from "../define.ts";
import { factor, valueRange } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const Solarization = image("Solarization", {
  summary: "Inverts the colours above a threshold while training; the shape stays.",
  args: {
    ...imageArguments,
    addition_factor: factor({ low: 0, high: 1, pair: "inside" }),
    threshold_factor: factor({ low: 0, high: 1, pair: "inside" }),
    value_range: valueRange(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))      # shape: (None, 28, 28, 3)
    y = layers.Solarization(0.1)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
