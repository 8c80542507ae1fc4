import * as combine from "../../../tensor/combine.ts";
import { type Conflict, isConflict } from "../../../tensor/conflict.ts";
import {
  type Dim,
  floorDivide,
  maximum,
  minimum,
  minus,
  NONE,
  plus,
  printDim,
  product,
  provablyDifferent,
  provablyLess,
  times,
  unknown,
} from "../../../tensor/dim.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { hasRank, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import type { Reader } from "../../operation/reader.ts";
import { alongOrFlat, broadcasted, conflict, like, vector, withRank } from "../../operation/shapes.ts";
import type { ShapeRule, Shapes } from "../../operation.ts";
import {
  countable,
  idsInRow,
  listedSizes,
  noList,
  pastCorner,
  placedWhole,
  placesAlong,
  rowsFit,
  within,
} from "./demands.ts";
import {
  int32,
  kept,
  mapped,
  numbersWhenRun,
  promoted,
  realPart,
  summed,
  toWideFloat,
  wholeWhenRun,
} from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** ⟨length⟩ of the diagonal `k` above (below) the main one of rows × columns. */
const diagonalLength = (rows: Dim, columns: Dim, k: number): Dim => {
  if (rows === NONE || columns === NONE) return NONE;
  const remaining = k > 0 ? minus(columns, k) : plus(rows, k);
  return maximum(minimum(remaining, minimum(rows, columns)), 0);
};
const squareOf = (n: Dim, k: number): Shape => new Shape(Array<Dim>(2).fill(n === NONE ? NONE : plus(n, Math.abs(k))));
/** The symbolic form lets a diagonal past a corner be empty. */
const cornered = (a: Reader, k: number, rows: Dim, columns: Dim): Conflict | undefined =>
  a.symbolic ? undefined : pastCorner(k, rows, columns);
const diag: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const k = a.integer("k");
    if (it.rank === 1) return squareOf(it.at(0), k);
    if (it.rank === 2) return cornered(a, k, it.at(0), it.at(1)) ?? new Shape([diagonalLength(it.at(0), it.at(1), k)]);
    return conflict("rank-is", `${printShape(it)}, where 1 or 2 axes can be`);
  });
/** The axes that are left when two go, and the two. */
function withoutTwo(
  a: Reader,
  it: Shape,
): { readonly rest: Shape; readonly rows: Dim; readonly columns: Dim } | undefined {
  const [i, j] = [normaliseAxis(a.integer("axis1"), it.rank), normaliseAxis(a.integer("axis2"), it.rank)];
  if (i === undefined || j === undefined || i === j) return undefined;
  return { rest: new Shape(it.dims.filter((_, k) => k !== i && k !== j)), rows: it.at(i), columns: it.at(j) };
}
const diagonal: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    const parts = withoutTwo(a, it);
    if (parts === undefined) return conflict("rank-at-least", `${printShape(it)}, where two axes are wanted`);
    const broken = cornered(a, a.integer("offset"), parts.rows, parts.columns);
    return broken ?? parts.rest.concat([diagonalLength(parts.rows, parts.columns, a.integer("offset"))]);
  });
const trace: ShapeRule = (a) =>
  withRank(
    a.shape("x"),
    (it) => withoutTwo(a, it)?.rest ?? conflict("rank-at-least", `${printShape(it)}, where two axes are wanted`),
  );
const deep = (shape: Shape): Shape =>
  shape.rank === 0
    ? new Shape([1, 1, 1])
    : shape.rank === 1
      ? new Shape([1, shape.at(0), 1])
      : shape.rank === 2
        ? shape.concat([1])
        : shape;

/** `hsplit`, `vsplit`, `dsplit`: along an axis of their own, which the tensor must have. */
const splitOn =
  (axis: number, least: number): ShapeRule =>
  (a): Shapes =>
    withRank(a.shape("x"), (it): Shapes => {
      if (it.rank < least) return conflict("rank-at-least", `${printShape(it)}, where ${least} are the least`);
      const at = axis === 1 && it.rank === 1 ? 0 : axis;
      const value = a.value("indices_or_sections");
      if (a.symbolic && value.kind === "int" && value.size === 0 && it.at(at) === NONE) return a.doubts("no sections");
      if (value.kind !== "int" && !inOrder(a, it.at(at)))
        return conflict("indices-in-order", `${printDim(it.at(at))} elements`);
      return value.kind === "int"
        ? (combine.splitEvenly(it, a.integer("indices_or_sections"), at) as Shapes)
        : (combine.splitAt(it, a.sizes("indices_or_sections"), at) as Shapes);
    });
/** Unlike NumPy, Keras and TensorFlow split only at indices that rise and lie within. */
export function inOrder(a: Reader, length: Dim): boolean {
  const indices = a.sizes("indices_or_sections").filter((it) => typeof it === "number");
  if (typeof length !== "number") return true;
  return indices.every((it, i) => it <= length && it >= (indices[i - 1] ?? 0));
}
const segments: ShapeRule = (a) =>
  withRank(a.shape("data"), (it) => {
    if (a.operand("segment_ids").isLiteral) return conflict("operands-are-tensors", "segment_ids");
    const ids = a.shape("segment_ids");
    if (hasRank(ids) && ids.rank === 1 && it.rank > 0 && provablyDifferent(ids.at(0), it.at(0)))
      return conflict("id-per-row", `${printShape(ids)} for ${printShape(it)}`);
    if (a.has("num_segments") && a.flag("sorted") && !a.symbolic)
      return a.doubts("TensorFlow takes no number of segments of ids in order");
    if (!a.has("num_segments") && !a.symbolic) {
      const last = Math.max(...(a.operand("segment_ids").values ?? []));
      return it.with(0, Number.isFinite(last) ? last + 1 : unknown("as many as the ids say"));
    }
    return it.with(0, a.size("num_segments"));
  });
const sliced: ShapeRule = (a) =>
  withRank(a.shape("inputs"), (it) => {
    const sizes = a.sizes("shape");
    if (sizes.length !== it.rank) return conflict("an-axis-per-index", `${sizes.length} sizes for ${printShape(it)}`);
    const starts = a.operand("start_indices").values;
    return it.map((dim, i) => {
      const size = sizes[i] ?? dim;
      if (size !== -1) return size;
      return dim === NONE || starts === undefined ? NONE : minus(dim, starts[i] ?? 0);
    });
  });
/** The symbolic form tells the shape of the first choice; what runs broadcasts all of them, and the conditions. */
const selected: ShapeRule = (a) => {
  const [choices, conditions] = [a.operands("choicelist"), a.operands("condlist")];
  const all = [...conditions, ...choices, a.operand("default")].map((it) => it.shape);
  const [first] = choices;
  const result = broadcasted(all);
  if (a.symbolic && first?.isNumber === true) return conflict("operands-are-tensors", "a number to choose");
  if (first === undefined) return a.doubts("nothing to choose from");
  if (!a.symbolic) return result;
  if (isConflict(result) || !hasRank(result) || !hasRank(first.shape)) return a.doubts("its run broadcasts");
  return printShape(result) === printShape(first.shape) ? first.shape : a.doubts("its run broadcasts");
};
const uniqueShape: ShapeRule = (a): Shapes =>
  withRank(a.shape("x"), (it): Shapes => {
    const size: Dim = a.has("size")
      ? a.size("size")
      : a.symbolic
        ? NONE
        : unknown("how many different values there are");
    const axis = a.has("axis") ? normaliseAxis(a.integer("axis"), it.rank) : undefined;
    if (a.has("axis") && axis === undefined)
      return conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(it)}`);
    const shapes = [axis === undefined ? new Shape([size]) : it.with(axis, size)];
    if (a.flag("return_index")) shapes.push(new Shape([size]));
    if (a.flag("return_inverse")) shapes.push(axis === undefined ? it : new Shape([it.at(axis)]));
    if (a.flag("return_counts")) shapes.push(new Shape([size]));
    return shapes.length === 1 ? (shapes[0] ?? it) : shapes;
  });
const nonzero: ShapeRule = (a): Shapes =>
  withRank(a.shape("x"), (it): Shapes => {
    const count: Dim = a.symbolic ? NONE : unknown("how many elements are not zero");
    return it.dims.map(() => new Shape([count]));
  });
const pairOf = (a: Reader, name: string): readonly Dim[] => {
  const sizes = a.sizes(name);
  return sizes.length === 1 ? [sizes[0] ?? 1, sizes[0] ?? 1] : sizes;
};
/** Sliding blocks as columns: (N, C, H, W) → (N, C·k·k, count). */
const unfolded: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    if (it.rank !== 4) return conflict("rank-is", `${printShape(it)}, where 4 axes are wanted`);
    const [kernel, dilation, padding, stride] = ["kernel_size", "dilation", "padding", "stride"].map((n) =>
      pairOf(a, n),
    );
    const along = (i: number): Dim =>
      slots(it.at(2 + i), kernel?.[i] ?? 1, dilation?.[i] ?? 1, padding?.[i] ?? 0, stride?.[i] ?? 1);
    const windows: readonly Dim[] = [along(0), along(1)];
    if (windows.some((n) => provablyLess(n, 1))) return a.doubts("a window that does not fit");
    return new Shape([it.at(0), times(it.at(1), product(kernel ?? [])), product(windows)]);
  });
const FOLDING = ["output_size", "kernel_size", "dilation", "padding", "stride"];
/** How many windows there are along an axis. */
const slots = (n: Dim, kernel: Dim, dilation: Dim, padding: Dim, stride: Dim): Dim =>
  plus(floorDivide(minus(minus(plus(n, times(padding, 2)), times(dilation, minus(kernel, 1))), 1), stride), 1);
const folded: ShapeRule = (a) =>
  withRank(a.shape("x"), (it) => {
    if (it.rank !== 3) return conflict("rank-is", `${printShape(it)}, where 3 axes are wanted`);
    const channels = it.at(1) === NONE ? NONE : floorDivide(it.at(1), product(pairOf(a, "kernel_size")));
    const blocks = [0, 1].map((i) => {
      const [output, kernel, dilation, padding, stride] = FOLDING.map((name) => pairOf(a, name)[i] ?? 1);
      return slots(output ?? 1, kernel ?? 1, dilation ?? 1, padding ?? 0, stride ?? 1);
    });
    if (!a.symbolic && provablyDifferent(product(blocks), it.at(2)))
      return conflict("blocks-divide", `${printShape(it)} into ${printDim(product(blocks))} blocks`);
    return new Shape([it.at(0), channels, ...pairOf(a, "output_size")]);
  });

/** Vectors of 3 along one axis, or of 2, of which only the third of the product is left. */
const crossed: ShapeRule = (a) => {
  if (a.has("axis") || ["axisa", "axisb", "axisc"].some((name) => a.integer(name) !== -1))
    return a.doubts("a cross product along another axis");
  const [x, y] = [a.shape("x1"), a.shape("x2")];
  if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
  const sizes = [x.last, y.last];
  if (sizes.some((size) => typeof size === "number" && size !== 2 && size !== 3))
    return conflict("vectors-of-three", `${printShape(x)} and ${printShape(y)}`);
  const rest = broadcasted([x.slice(0, -1), y.slice(0, -1)]);
  if ("conflict" in rest || !hasRank(rest)) return rest;
  if (sizes.includes(3)) return rest.concat([3]);
  // The symbolic form looks for the axis of the vectors in what has none any more.
  return a.symbolic && rest.rank === 0 ? conflict("axis-in-range", "axis -1 of ()") : rest;
};

/** A target for each row of predictions. */
const inTop: ShapeRule = (a) => {
  const [targets, predictions] = [a.shape("targets"), a.shape("predictions")];
  const fits =
    !hasRank(targets) ||
    !hasRank(predictions) ||
    (targets.rank === 1 && predictions.rank === 2 && !provablyDifferent(targets.at(0), predictions.at(0)));
  if (fits) return targets;
  return a.symbolic
    ? a.doubts("its run wants a target for each row")
    : conflict("target-per-row", `${printShape(targets)} for ${printShape(predictions)}`);
};

/** Parts of tensors, and tensors put together of parts. */
export const SELECTION: Rules = {
  diag: rule(diag, kept()),
  diagflat: rule((a) => withRank(a.shape("x"), (it) => squareOf(product(it), a.integer("k"))), kept()),
  diagonal: rule(diagonal, kept()),
  trace: rule(trace, summed),
  dstack: rule(
    (a) =>
      combine.concatenated(
        a.operands("xs").map((it) => withRank(it.shape, deep)),
        2,
      ),
    (a) => a.library.promoted(a.operands("xs")),
    {
      requires: (a) =>
        a.symbolic && a.operands("xs").some((it) => it.isLiteral) ? conflict("operands-are-tensors", "xs") : undefined,
    },
  ),
  vsplit: rule(splitOn(0, 2), kept(), { yields: "list" }),
  hsplit: rule(splitOn(1, 1), kept(), { yields: "list" }),
  dsplit: rule(splitOn(2, 3), kept(), { yields: "list" }),
  ...each("segment_sum segment_max segment_min segment_prod", segments, kept("data"), { requires: idsInRow }),
  scatter: rule((a) => new Shape(a.sizes("shape")), kept("values"), {
    requires: rowsFit(
      "indices",
      "values",
      (a) => new Shape(a.sizes("shape")),
      () => true,
    ),
  }),
  scatter_update: rule(like("inputs"), kept("inputs"), {
    requires: rowsFit(
      "indices",
      "updates",
      (a) => a.shape("inputs"),
      (a) => a.has("reduction"),
    ),
  }),
  slice_update: rule(like("inputs"), kept("inputs"), { requires: placedWhole }),
  slice: rule(sliced, kept("inputs"), { requires: within((a) => a.sizes("shape")) }),
  argpartition: rule((a) => {
    const x = a.shape("x");
    if (a.integer("kth") < 0 || (!a.symbolic && hasRank(x) && x.rank > 2))
      return a.doubts("TensorFlow parts rows alone");
    return alongOrFlat()(a);
  }, int32),
  bincount: rule(
    (a) => withRank(a.shape("x"), (it) => it.slice(0, -1).concat([a.symbolic ? NONE : unknown("the largest value")])),
    (a) => (a.has("weights") ? a.dtype("weights") : "int32"),
  ),
  histogram: rule((a) => [new Shape([a.size("bins")]), new Shape([plus(a.size("bins"), 1)])], kept(), {
    yields: "tuple",
    requires: countable,
  }),
  select: rule(selected, (a) => {
    const choices = [...a.operands("choicelist"), a.operand("default")];
    // Numbers alone are of NumPy's type.
    if (choices.every((it) => it.isNumber)) return "float64";
    const [first] = choices.filter((it) => !it.isNumber);
    return first && a.library.concrete(first.leaves);
  }),
  correlate: rule(
    (a) => {
      const [x, y] = [a.shape("x1"), a.shape("x2")];
      if (!hasRank(x) || !hasRank(y)) return hasRank(x) ? y : x;
      if ((x.rank !== 1 || y.rank !== 1) && !a.symbolic && x.last === 1)
        return a.doubts("TensorFlow takes rows of one element");
      if (x.rank !== 1 || y.rank !== 1)
        return conflict("rank-is", `${printShape(x)} and ${printShape(y)}, where one axis is wanted`);
      const [longer, shorter]: readonly [Dim, Dim] = [maximum(x.at(0), y.at(0)), minimum(x.at(0), y.at(0))];
      const mode = a.text("mode");
      if (!["valid", "same", "full"].includes(mode)) return a.doubts(`no mode ${mode}`);
      if (a.symbolic && longer === NONE) return conflict("sizes-known", printShape(x));
      if (mode === "same") return new Shape([longer]);
      return new Shape([mode === "full" ? minus(plus(longer, shorter), 1) : plus(minus(longer, shorter), 1)]);
    },
    mapped((it) => (it === "int64" ? "float64" : isFloat(it) ? it : "float32"), "x1", "x2"),
  ),
  digitize: rule(vector("bins", like()), int32, { requires: (a) => (a.symbolic ? noList("bins")(a) : undefined) }),
  in_top_k: rule(inTop, () => "bool", { type: "InTopK", requires: wholeWhenRun("targets") }),
  nonzero: rule(nonzero, int32, { yields: "tuple" }),
  unique: rule(uniqueShape, (a) => [a.dtype("x"), "int32", "int32", "int32"], { yields: "tuple" }),
  rot90: rule(
    (a) =>
      withRank(a.shape("array"), (it) => {
        const [i, j] = a.axes("axes") ?? [];
        if (it.rank < 2 || i === undefined || j === undefined)
          return conflict("rank-at-least", `${printShape(it)}, where two axes are wanted`);
        const stray = [i, j].find((axis) => axis >= it.rank || axis < -it.rank);
        if (stray !== undefined) return conflict("axis-in-range", `axis ${stray} of ${printShape(it)}`);
        if (normaliseAxis(i, it.rank) === normaliseAxis(j, it.rank)) return conflict("axes-distinct", `${i} and ${j}`);
        const swapped = it.with(i, it.at(j)).with(j, it.at(i));
        return a.integer("k") % 2 === 0 ? it : swapped;
      }),
    kept("array"),
  ),
  cross: rule(crossed, promoted("x1", "x2")),
  trapezoid: rule(
    (a) => withRank(a.shape("y"), (it) => it.remove(a.integer("axis"))),
    mapped((it) => (it.includes("int") || it === "bool" ? "float32" : it), "y"),
    { requires: placesAlong },
  ),
  vander: rule(
    vector("x", (a) => withRank(a.shape("x"), (it) => it.concat([a.has("N") ? a.size("N") : it.at(0)]))),
    kept(),
    { requires: noList("x") },
  ),
  corrcoef: rule(
    (a) =>
      withRank(a.shape("x"), (it) => {
        if (it.rank > 2 && !a.symbolic) return conflict("rank-is", `${printShape(it)}, where a matrix has 2 axes`);
        if (it.rank > 2 || (it.rank === 1 && a.symbolic)) return a.doubts("its run wants two axes");
        if (it.rank === 1) return conflict("rank-is", `${printShape(it)}, where a matrix has 2 axes`);
        return it.rank < 1 ? new Shape([]) : new Shape([it.at(0), a.symbolic && it.at(1) === NONE ? NONE : it.at(0)]);
      }),
    mapped(toWideFloat, "x"),
    { requires: noList("x", false) },
  ),
  unravel_index: rule((a) => a.sizes("shape").map(() => a.shape("indices")), kept("indices"), {
    yields: "list",
    requires: listedSizes,
  }),
  view_as_complex: rule(
    (a) =>
      withRank(a.shape("x"), (it) =>
        it.rank > 0 && !provablyDifferent(it.last, 2)
          ? it.slice(0, -1)
          : conflict("shapes-equal", `${printShape(it)}, whose last axis holds the two parts of a number`),
      ),
    () => "complex64",
  ),
  view_as_real: rule(
    (a) => withRank(a.shape("x"), (it) => it.concat([2])),
    mapped((it) => (it === "bool" ? undefined : realPart(it)), "x"),
    { requires: numbersWhenRun("x") },
  ),
  unfold: rule(unfolded, kept()),
  fold: rule(folded, kept()),
};
