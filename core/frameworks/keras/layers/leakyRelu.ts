import { optional, py } from "../define.ts";
import { notNegative } from "./families/arguments.ts";
import { floated, numbersInKeras2 } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";
import { known } from "./families/scaling.ts";

export const LeakyReLU = keeping("LeakyReLU", {
  summary: "x where it is positive, `negative_slope` · x where it is not.",
  // `alpha` is its name in Keras 2, and still taken.
  args: { negative_slope: notNegative(), alpha: optional(notNegative()) },
  requires: (_, __, at) => numbersInKeras2("LeakyReLU", at),
  dtype: (_, at) => floated(at),
  lower: (g, { negative_slope, alpha }, x) =>
    g.unary("LeakyRelu", g.float(x), { alpha: { float: alpha ?? known(negative_slope, "negative_slope") } }),

  example: py`
    x = keras.Input((10, 64))      # shape: (None, 10, 64)
    y = layers.LeakyReLU(0.1)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
