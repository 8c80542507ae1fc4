import { broadcastShapes } from "../../../tensor/broadcast.ts";
import { Shape } from "../../../tensor/shape.ts";
import { check, layer, number, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { autocast, onlyFloat } from "./families/autocast.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";
import { floating, known, placesOf, root } from "./families/scaling.ts";

export const RMSNormalization = layer("RMSNormalization", {
  summary: "Divides by the root of the mean square along `axis`.",
  args: { axis: axes(), epsilon: number() },
  requires: ({ axis }, x, at) => [
    ...inRange(axis, x),
    ...check(
      at.eager !== true || !("conflict" in broadcastShapes([x, new Shape(sizesAlong(axis, x))])),
      "scale-broadcasts",
      "the scale is multiplied along the last axes, so axis must name these",
      { argument: "axis", code: "incompatible-shapes" },
    ),
  ],
  lower: (g, a, x, { scale }) => {
    const axes = placesOf(known(a.axis, "axis"), x.shape.length);
    const square = g.reduce("ReduceMean", g.multiply(floating(x), x), axes, true);
    return g.multiply(g.divide(x, root(g, square, known(a.epsilon, "epsilon"))), scale);
  },
  weights: ({ axis }, x) => ({ scale: sizesAlong(axis, x) }),
  // A scale along another axis repeats a last one of size 1.
  output: ({ axis }, x) => (axis?.length === 1 && x.last === 1 ? x.withLast(sizesAlong(axis, x)[0] ?? 1) : x),
  // Along other axes than the last a run of whole numbers fails, and Keras's symbolic answer stands.
  dtype: ({ axis }, at) => (axis?.length === 1 && axis[0] === -1 ? autocast(at) : onlyFloat(at)),

  example: py`
    x = keras.Input((10, 64))          # shape: (None, 10, 64)
    y = layers.RMSNormalization()(x)   # shape: (None, 10, 64)  params: 64
  `,
});
