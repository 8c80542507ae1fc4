import { optional, py } from "../define.ts";
import { notNegative } from "./families/arguments.ts";
import { autocast, onlyFloat } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";

export const ReLU = keeping("ReLU", {
  summary: "max(x, 0) of every element, with an optional ceiling, slope and threshold.",
  args: { max_value: optional(notNegative()), negative_slope: notNegative(), threshold: notNegative() },
  dtype: ({ negative_slope }, at) => {
    if (negative_slope === undefined) return onlyFloat(at);
    return at.dtypes[0] === "bool" || negative_slope !== 0 ? at.compute : autocast(at);
  },

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.ReLU(6.0)(x)     # shape: (None, 10, 64)  params: 0
  `,
});
