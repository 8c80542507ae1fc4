import { needed } from "../../../lowering/builder.ts";
import { isConflict } from "../../../tensor/conflict.ts";
import { type Dim, isSize, NONE, product, unknown } from "../../../tensor/dim.ts";
import { reshaped } from "../../../tensor/reshape.ts";
import { type AnyShape, hasRank, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Arg, check, dimOf, layer, NOT_A_SIZE, py } from "../define.ts";
import { isList, isOpen } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";

/** Sizes, one of them perhaps -1. What is not a whole number stands for `None`; undefined where nothing is known. */
const target = (): Arg<readonly Dim[] | undefined> => ({
  takes: "size",
  cases: (given) => [isList(given) ? given.map(dimOf).map((dim) => (dim === NOT_A_SIZE ? NONE : dim)) : undefined],
  refuses: (given) => {
    // Python takes a string for a list of letters.
    if (!isList(given))
      return isOpen(given) || typeof given === "string" ? undefined : "must be a tuple of sizes, without the batch";
    const sizes = given.map(dimOf);
    if (sizes.some((dim) => typeof dim === "number" && dim < -1)) return "must have no negative size but one -1";
    return sizes.filter((dim) => dim === -1).length > 1 ? "may leave only one size open, as -1" : undefined;
  },
});

const negatives = (sizes: readonly Dim[]) => sizes.filter((dim) => typeof dim === "number" && dim < 0);

/** Keras 2 leaves to the run what it makes of several open sizes, or of others below 0 than -1. */
const isLoose = (sizes: readonly Dim[]): boolean => {
  const negative = negatives(sizes);
  return negative.length > 1 || negative.some((dim) => dim !== -1);
};

/** `(16, 3), 48 elements`; with an open size there is no count. */
const counted = (shape: Shape): string => {
  const elements = product(shape.dims);
  const count = typeof elements === "number" && elements >= 0 ? `, ${elements} elements,` : "";
  return `${printShape(shape)}${count}`;
};

export const Reshape = layer("Reshape", {
  summary: "Rearranges the elements of each sample into `target_shape`; -1 stands for what is left.",
  args: { target_shape: target() },

  requires: ({ target_shape }, x, at) => {
    const sample = x.slice(1);
    if (at.keras === 2 && target_shape !== undefined && isLoose(target_shape))
      return check(
        sample.dims.includes(NONE) || negatives(target_shape).length < 2,
        "one-size-open",
        "only one size may be left open, as -1",
        {
          argument: "target_shape",
          code: "bad-reshape",
        },
      );
    const whole = check(at.keras !== 2 || !target_shape?.includes(NONE), "sizes-whole", "sizes must be whole numbers", {
      argument: "target_shape",
    });
    const conflict = target_shape && isConflict(reshaped(sample, target_shape));
    const text = `${counted(sample)} into ${counted(new Shape(target_shape ?? []))}`;
    if (whole.length > 0) return whole;
    return check(
      conflict !== true,
      "elements-kept",
      `${text} does not go: the number of elements must stay the same; the batch axis is not among them`,
      { argument: "target_shape", code: "bad-reshape" },
    );
  },
  output: ({ target_shape }, x): AnyShape => {
    if (target_shape === undefined) return unknownRank("the target shape is not known");
    if (isLoose(target_shape)) return x.slice(0, 1).concat(target_shape.map(() => unknown("several sizes are open")));
    const result = reshaped(x.slice(1), target_shape);
    // After a fault: the shape that was meant.
    const meant = target_shape.map((dim) => (isSize(dim) && dim !== -1 ? dim : unknown("what is left does not fit")));
    return isConflict(result) || !hasRank(result) ? new Shape([x.batch, ...meant]) : new Shape([x.batch, ...result]);
  },
  dtype: (_, at) => autocast(at),
  lower: (g, _, x, __, at) => g.reshape(x, needed(at.outputs[0])),

  example: py`
    x = keras.Input((4, 6))          # shape: (None, 4, 6)
    y = layers.Reshape((3, 8))(x)    # shape: (None, 3, 8)  params: 0
    z = layers.Reshape((2, -1))(x)   # shape: (None, 2, 12)  params: 0
  `,
});
