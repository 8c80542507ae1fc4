/** What Reshape is given. */
import { type Dim, NONE, product } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { type Arg, dimOf, NOT_A_SIZE } from "../../define.ts";
import { isList, isOpen } from "./arguments.ts";

/** Sizes, one of them perhaps -1. What is not a whole number stands for `None`; undefined where nothing is known. */
export const target = (): Arg<readonly Dim[] | undefined> => ({
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

export const negatives = (sizes: readonly Dim[]) => sizes.filter((dim) => typeof dim === "number" && dim < 0);

/** Keras 2 leaves to the run what it makes of several open sizes, or of others below 0 than -1. */
export const isLoose = (sizes: readonly Dim[]): boolean => {
  const negative = negatives(sizes);
  return negative.length > 1 || negative.some((dim) => dim !== -1);
};

/** `(16, 3), 48 elements`; with an open size there is no count. */
export const counted = (shape: Shape): string => {
  const elements = product(shape.dims);
  const count = typeof elements === "number" && elements >= 0 ? `, ${elements} elements,` : "";
  return `${printShape(shape)}${count}`;
};
