import { masked } from "../../../lowering/builder.ts";
import { layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { floatsOnly } from "./families/autocast.ts";
import { inRange } from "./families/normalization.ts";
import { floating, known, placesOf, unitLength } from "./families/scaling.ts";

export const UnitNormalization = layer("UnitNormalization", {
  summary: "Divides by the length of the vectors along `axis`.",
  args: { axis: axes() },
  requires: ({ axis }, x, at) => [...inRange(axis, x), ...floatsOnly("UnitNormalization", at)],
  output: (_, x) => x,
  lower: (g, { axis }, x, _, at) =>
    masked(unitLength(g, floating(x), placesOf(known(axis, "axis"), x.shape.length)), at.masks[0]),

  example: py`
    x = keras.Input((10, 64))           # shape: (None, 10, 64)
    y = layers.UnitNormalization()(x)   # shape: (None, 10, 64)  params: 0
  `,
});
