import { refuse } from "../../../lowering/builder.ts";
import { type Arg, layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { inRange } from "./families/normalization.ts";
import { floating, known, placesOf } from "./families/scaling.ts";

/** Keras's symbolic form does not look at the axis. */
const { cases } = axes();
const anyAxes: Arg<readonly number[] | undefined> = { cases };

export const Softmax = layer("Softmax", {
  summary: "Makes the elements along an axis positive with the sum 1.",
  args: { axis: anyAxes },
  requires: ({ axis }, x, at) => [...(at.eager === true ? inRange(axis, x) : []), ...floatsInKeras2("Softmax", at)],
  output: (_, x) => x,
  // Along several axes it is the softmax of all their elements; a mask leaves elements out.
  lower: (g, { axis }, x, _, at) => {
    if (at.masks[0] !== undefined) return refuse("its input has a mask");
    const axes = placesOf(known(axis, "axis"), x.shape.length);
    const [first = 0] = axes;
    if (axes.length === 1) return g.node("Softmax", [floating(x)], { axis: first });
    const powers = g.unary("Exp", g.subtract(floating(x), g.reduce("ReduceMax", x, axes, true)));
    return g.divide(powers, g.reduce("ReduceSum", powers, axes, true));
  },

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.Softmax()(x)     # shape: (None, 10, 64)  params: 0
  `,
});
