import { masked, size } from "../../../lowering/builder.ts";
import { type Dim, mayDivide, NONE, printDim, provablyLess } from "../../../tensor/dim.ts";
import { type Arg, check, dimOf, flag, layer, NOT_A_SIZE, number, py } from "../define.ts";
import { axis, whole } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";
import { along, floating, known, placesOf, standardised } from "./families/scaling.ts";

/** A positive number, or -1: as many as there are channels. */
const groups = (): Arg<Dim> => {
  const { cases, refuses } = whole(1);
  return { cases, refuses: (given) => (given === -1 ? undefined : refuses?.(given)) };
};

export const GroupNormalization = layer("GroupNormalization", {
  summary: "Brings each group of channels of each sample to mean 0 and variance 1.",
  args: { groups: groups(), axis: axis(), epsilon: number(), center: flag(), scale: flag() },

  requires: (a, x, at) => {
    if (a.axis === undefined) return [];
    const [channels = NONE] = sizesAlong([a.axis], x);
    const [n, all] = [printDim(a.groups), printDim(channels)];
    const isFixed = a.groups !== -1 && dimOf(a.groups) !== NOT_A_SIZE;
    return [
      ...inRange([a.axis], x),
      ...check(at.eager !== true || a.axis !== -x.rank, "axis-behind-batch", "axis must be behind the batch axis", {
        argument: "axis",
      }),
      ...check(channels !== NONE, "channels-known", `axis ${a.axis} must have a size, and this one is None`),
      ...check(
        !isFixed || (!provablyLess(channels, a.groups) && mayDivide(a.groups, channels)),
        "channels-in-groups",
        `${all} channels cannot be shared out among ${n} groups: groups must divide the channels (the default is 32)`,
        { argument: "groups" },
      ),
      ...floatsInKeras2("GroupNormalization", at),
    ];
  },
  weights: (a, x) => {
    const along = sizesAlong(a.axis === undefined ? undefined : [a.axis], x);
    return { gamma: a.scale && along, beta: a.center && along };
  },
  output: (_, x) => x,
  lower: (g, a, x, { gamma, beta }, at) => {
    const axes = placesOf([known(a.axis, "axis")], x.shape.length);
    const [axis = 0] = axes;
    const count = a.groups === -1 ? (x.shape[axis] ?? 1) : size(a.groups);
    const grouped = g.reshape(floating(x), x.shape.toSpliced(axis, 1, count, (x.shape[axis] ?? 1) / count));
    const within = grouped.shape.map((_, i) => i).filter((i) => i !== 0 && i !== axis);
    const y = g.reshape(standardised(g, grouped, within, { epsilon: known(a.epsilon, "epsilon") }), x.shape);
    return masked(g.add(g.multiply(y, along(g, gamma, x, axes)), along(g, beta, x, axes)), at.masks[0]);
  },

  example: py`
    x = keras.Input((28, 28, 32))                # shape: (None, 28, 28, 32)
    y = layers.GroupNormalization(groups=8)(x)   # shape: (None, 28, 28, 32)  params: 64
  `,
});
