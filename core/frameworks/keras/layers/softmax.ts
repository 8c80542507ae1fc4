import { refuse } from "../../../lowering/builder.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { type Arg, check, layer, py, type Surroundings, type Violation } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { inRange } from "./families/normalization.ts";
import { floating, known, placesOf } from "./families/scaling.ts";

/** Keras's symbolic form does not look at the axis. */
const { cases } = axes();
const anyAxes: Arg<readonly number[] | undefined> = { cases };

const twoAxes = (x: Shape, { keras }: Surroundings): readonly Violation[] =>
  check(keras !== 2 || x.rank > 1, "softmax-rank", "Softmax takes two axes or more in Keras 2");

export const Softmax = layer("Softmax", {
  summary: "Makes the elements along an axis positive with the sum 1.",
  args: { axis: anyAxes },
  requires: ({ axis }, x, at) => [
    ...(at.eager === true ? inRange(axis, x) : []),
    ...floatsInKeras2("Softmax", at),
    ...twoAxes(x, at),
  ],
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
