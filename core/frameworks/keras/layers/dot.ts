import { NONE, printDim, product, provablyDifferent, times } from "../../../tensor/dim.ts";
import { normaliseAxis, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Arg, check, flag, type Given, merging, py, type Violation } from "../define.ts";
import { isList, isOpen, listOf } from "./families/arguments.ts";
import { listed, meeting } from "./families/elementwise.ts";

type Pair = readonly [number, number];
const isInteger = (it: Given): it is number => typeof it === "number" && Number.isInteger(it);

/** The axis of each input that is summed over; one number stands for both. */
const axesArgument = (): Arg<Pair | undefined> => ({
  cases: (given) => {
    const both: readonly Given[] = isList(given) ? given : [given, given];
    const [a, b] = both;
    return [a !== undefined && b !== undefined && isInteger(a) && isInteger(b) ? [a, b] : undefined];
  },
  refuses: (given) => {
    if (isList(given) && given.length !== 2) return "must be one axis, or one axis of each input";
    return listOf(given).every((it) => isOpen(it) || isInteger(it))
      ? undefined
      : "must be a whole number, or two of them";
  },
});
const place = ([a, b]: Pair, xs: readonly Shape[]) => {
  const [i, j] = [normaliseAxis(a, xs[0]?.rank ?? 0), normaliseAxis(b, xs[1]?.rank ?? 0)];
  return i === undefined || j === undefined ? undefined : ([i, j] as const);
};

function fits(axes: Pair, [x, y]: readonly Shape[]): readonly Violation[] {
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

export const Dot = merging("Dot", {
  summary: "Sums the products of two tensors over one axis of each, sample by sample.",
  args: { axes: axesArgument(), normalize: flag() },
  requires: ({ axes }, xs) => [
    ...check(xs.length === 2, "input-count", `Dot takes exactly 2 inputs; these are ${listed(xs)}.`),
    ...(axes === undefined || xs.length !== 2 ? [] : fits(axes, xs)),
  ],
  output: ({ axes }, xs) => {
    const at = axes && place(axes, xs);
    if (!at || !xs[0] || !xs[1]) return unknownRank("the axes are not known");
    const dims = [...xs[0].remove(at[0]), ...xs[1].remove(at[1]).slice(1)];
    return new Shape(dims.length === 1 ? [...dims, 1] : dims);
  },
  dtype: (_, at) => meeting(at),
  macs: ({ axes }, [x], y) => (axes && x ? times(product([...y].slice(1)), x.at(axes[0])) : 0),
  example: py`
    a = keras.Input((10, 8))           # shape: (None, 10, 8)
    b = keras.Input((5, 8))            # shape: (None, 5, 8)
    y = layers.Dot(axes=2)([a, b])     # shape: (None, 10, 5)  params: 0
  `,
});
