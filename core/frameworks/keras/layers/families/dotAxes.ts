/** Dot's axes, and whether its inputs agree on them. Source: keras.src.layers.merging.dot. */
import { NONE, printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { normaliseAxis, printShape, type Shape } from "../../../../tensor/shape.ts";
import { type Arg, check, type Given, type Violation } from "../../define.ts";
import { isList, isOpen, listOf } from "./arguments.ts";

type Pair = readonly [number, number];
/** A bool is a whole number to Python. */
const axisOf = (it: Given | undefined): number | undefined =>
  typeof it === "boolean" ? Number(it) : typeof it === "number" && Number.isInteger(it) ? it : undefined;

/** The axis of each input that is summed over; one number stands for both. */
export const axesArgument = (): Arg<Pair | undefined> => ({
  cases: (given) => {
    const both: readonly Given[] = isList(given) ? given : [given, given];
    const [a, b] = both.map(axisOf);
    return [a !== undefined && b !== undefined ? [a, b] : undefined];
  },
  refuses: (given) => {
    if (isList(given) && given.length !== 2) return "must be one axis, or one axis of each input";
    return listOf(given).every((it) => isOpen(it) || axisOf(it) !== undefined)
      ? undefined
      : "must be a whole number, or two of them";
  },
});
export const place = ([a, b]: Pair, xs: readonly Shape[]) => {
  const [i, j] = [normaliseAxis(a, xs[0]?.rank ?? 0), normaliseAxis(b, xs[1]?.rank ?? 0)];
  return i === undefined || j === undefined ? undefined : ([i, j] as const);
};

export function axesFit(axes: Pair, [x, y]: readonly Shape[]): readonly Violation[] {
  if (!x || !y) return [];
  const at = place(axes, [x, y]);
  const shapes = `${printShape(x)} and ${printShape(y)}`;
  if (!at) return check(false, "axis-in-range", `Dot: axes ${axes.join(" and ")} are not both there in ${shapes}.`);
  const m = x.at(at[0]);
  const n = y.at(at[1]);
  // One None and one number differ, since Keras compares them as they are.
  const differ =
    provablyDifferent(m, n) || (m === NONE && typeof n === "number") || (n === NONE && typeof m === "number");
  const sizes = `axis ${axes[0]} of ${printShape(x)} has ${printDim(m)} elements, axis ${axes[1]} of ${printShape(y)}`;
  return check(!differ, "dotted-axes-equal", `Dot sums over two axes of one size; ${sizes} has ${printDim(n)}.`, {
    code: "incompatible-shapes",
  });
}
