import { refuse } from "../../../lowering/builder.ts";
import { optional, py } from "../define.ts";
import { notNegative } from "./families/arguments.ts";
import { autocast, floated, numbersInKeras2, onlyFloat } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";
import { floating, known } from "./families/scaling.ts";

export const ReLU = keeping("ReLU", {
  summary: "max(x, 0) of every element, with an optional ceiling, slope and threshold.",
  args: { max_value: optional(notNegative()), negative_slope: notNegative(), threshold: notNegative() },
  requires: (_, __, at) => numbersInKeras2("ReLU", at),
  dtype: ({ negative_slope, max_value, threshold }, at) => {
    // Keras 2 has an operation of its own for a slope alone.
    if (at.keras === 2)
      return negative_slope !== 0 && max_value === null && threshold === 0 ? floated(at) : autocast(at);
    if (negative_slope === undefined) return onlyFloat(at);
    // A run leaves a slope alone to an operation that turns whole numbers into floatx.
    if (negative_slope !== 0 && max_value === null && threshold === 0) return floated(at);
    if (negative_slope !== 0 && (max_value === undefined || threshold === undefined)) return onlyFloat(at);
    // Whole numbers times a whole slope stay whole.
    return at.dtypes[0] === "bool" || !Number.isInteger(negative_slope) ? at.compute : autocast(at);
  },
  // Source: `ReLU.static_call` in keras.src.activations.
  lower: (g, { max_value, negative_slope, threshold }, x) => {
    const [slope, from] = [known(negative_slope, "negative_slope"), known(threshold, "threshold")];
    if (max_value === undefined) return refuse("its max_value is not known");
    if (slope !== 0 && max_value === null && from === 0)
      return g.unary("LeakyRelu", floating(x), { alpha: { float: slope } });
    const above = from === 0 ? g.maximum(x, 0) : g.multiply(x, g.cast(g.binary("Greater", x, from, "bool"), x.dtype));
    const y = max_value === null ? above : g.minimum(g.maximum(above, 0), max_value);
    if (slope === 0) return y;
    const below = g.maximum(g.subtract(from, floating(x)), 0);
    return g.subtract(y, g.multiply(below, slope));
  },

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.ReLU(6.0)(x)     # shape: (None, 10, 64)  params: 0
  `,
});
