import { masked } from "../../../lowering/builder.ts";
import { type Dim, unknown } from "../../../tensor/dim.ts";
import { check, layer, optional, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { floating } from "./families/scaling.ts";

/** Python's index of an axis into the shape without the batch: axis 1 comes first, and 0 wraps around to the last. */
const place = (axis: number, rank: number): number => (axis - 1 < 0 ? axis - 1 + rank : axis - 1);

export const PReLU = layer("PReLU", {
  summary: "x where it is positive, alpha · x where it is not, with an alpha of its own for each element or channel.",
  args: { shared_axes: optional(axes()) },

  requires: ({ shared_axes }, x, at) => {
    const stray = shared_axes?.find((axis) => place(axis, x.rank - 1) < 0 || place(axis, x.rank - 1) >= x.rank - 1);
    const text = `the input has no axis ${stray} to share alpha along`;
    const where = { argument: "shared_axes", code: "incompatible-input" } as const;
    return [...check(stray === undefined, "axis-in-range", text, where), ...floatsInKeras2("PReLU", at)];
  },
  weights: ({ shared_axes }, x) => {
    const whole = [...x.slice(1)];
    const shared = shared_axes?.map((axis) => place(axis, x.rank - 1)) ?? [];
    const unclear = shared_axes === undefined;
    return {
      alpha: whole.map(
        (dim, i): Dim => (unclear ? unknown("not known along which axes") : shared.includes(i) ? 1 : dim),
      ),
    };
  },
  output: (_, x) => x,
  lower: (g, _, x, { alpha }, at) => {
    const input = floating(x);
    const below = g.multiply(g.unary("Relu", g.unary("Neg", input)), alpha);
    return masked(g.subtract(g.unary("Relu", input), below), at.masks[0]);
  },

  example: py`
    x = keras.Input((28, 28, 8))              # shape: (None, 28, 28, 8)
    y = layers.PReLU(shared_axes=[1, 2])(x)   # shape: (None, 28, 28, 8)  params: 8
  `,
});
