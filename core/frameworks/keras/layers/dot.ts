import { needed, refuse } from "../../../lowering/builder.ts";
import { product, times } from "../../../tensor/dim.ts";
import { Shape, unknownRank } from "../../../tensor/shape.ts";
import { check, flag, merging, py } from "../define.ts";
import { numbersInKeras2 } from "./families/autocast.ts";
import { axesArgument, axesFit, place } from "./families/dotAxes.ts";
import { batchesAgree, dtypesMeet, listed, meeting } from "./families/elementwise.ts";
import { batchDot } from "./families/merged.ts";
import { unitLength } from "./families/scaling.ts";

export const Dot = merging("Dot", {
  summary: "Sums the products of two tensors over one axis of each, sample by sample.",
  args: { axes: axesArgument(), normalize: flag() },
  requires: ({ axes }, xs, at) => [
    ...check(xs.length === 2, "input-count", `Dot takes exactly 2 inputs; these are ${listed(xs)}.`),
    ...(axes === undefined || xs.length !== 2 ? [] : axesFit(axes, xs)),
    ...(at.eager ? batchesAgree(xs) : []),
    ...dtypesMeet("Dot", at),
    ...numbersInKeras2("Dot", at),
  ],
  output: ({ axes }, xs) => {
    const at = axes && place(axes, xs);
    if (!at || !xs[0] || !xs[1]) return unknownRank("the axes are not known");
    const dims = [...xs[0].remove(at[0]), ...xs[1].remove(at[1]).slice(1)];
    return new Shape(dims.length === 1 ? [...dims, 1] : dims);
  },
  dtype: (_, at) => meeting(at),
  lower: (g, { axes, normalize }, [x, y]) => {
    const [a, b] = [g.float(needed(x)), g.float(needed(y))];
    const [i, j] = (axes && place(axes, [new Shape(a.shape), new Shape(b.shape)])) ?? refuse("its axes are not known");
    if (!normalize) return batchDot(g, a, b, i, j);
    return batchDot(g, unitLength(g, a, [i]), unitLength(g, b, [j]), i, j);
  },
  macs: ({ axes }, [x], y) => (axes && x ? times(product([...y].slice(1)), x.at(axes[0])) : 0),
  example: py`
    a = keras.Input((10, 8))         # shape: (None, 10, 8)
    b = keras.Input((5, 8))          # shape: (None, 5, 8)
    y = layers.Dot(axes=2)([a, b])   # shape: (None, 10, 5)  params: 0
  `,
});
