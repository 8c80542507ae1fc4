import { refuse } from "../../../lowering/builder.ts";
import { Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Arg, check, dimOf, layer, py } from "../define.ts";
import { isList, isOpen } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";

/** Axes counted from 1, the batch left out; undefined where one is not known. */
const order = (): Arg<readonly number[] | undefined> => ({
  cases: (given) => {
    const axes = isList(given) ? given.map(dimOf) : [undefined];
    return [axes.every((axis) => typeof axis === "number") ? axes : undefined];
  },
  refuses: (given) => {
    if (!isList(given)) return isOpen(given) ? undefined : "must be a tuple of axes";
    const sorted = given.filter((axis) => typeof axis === "number").toSorted((a, b) => a - b);
    return given.some(isOpen) || (sorted.length === given.length && sorted.every((axis, i) => axis === i + 1))
      ? undefined
      : `must name the axes 1 to ${given.length} once each: the batch, axis 0, stays in front`;
  },
});

export const Permute = layer("Permute", {
  summary: "Puts the axes behind the batch into another order.",
  args: { dims: order() },

  requires: ({ dims }, x) =>
    check(
      dims === undefined || x.rank === dims.length + 1,
      "an-entry-per-axis",
      `dims has ${dims?.length} entries, and the input ${x.rank - 1} axes behind the batch`,
      { argument: "dims", code: "incompatible-input" },
    ),
  output: ({ dims }, x) =>
    dims === undefined ? unknownRank("the order is not known") : new Shape([0, ...dims].map((axis) => x.at(axis))),
  dtype: (_, at) => autocast(at),
  lower: (g, { dims = refuse("its order is not known") }, x) => g.transpose(x, 0, ...dims),

  example: py`
    x = keras.Input((10, 64))       # shape: (None, 10, 64)
    y = layers.Permute((2, 1))(x)   # shape: (None, 64, 10)  params: 0
  `,
});
