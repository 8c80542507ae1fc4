import * as axes from "../../../tensor/axes.ts";
import type { Conflict } from "../../../tensor/conflict.ts";
import { minus } from "../../../tensor/dim.ts";
import { type DType, isInteger } from "../../../tensor/dtype.ts";
import { hasRank, isOther, normaliseAxis, printShape, Shape } from "../../../tensor/shape.ts";
import { reducedTo, summedUp, sumOf } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import { alongOrFlat, broadcast, conflict, isConflict, reduce, withRank } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { numpyResultType } from "../promotion.ts";
import {
  always,
  averaged,
  divided,
  each,
  given,
  isNumber,
  type Lines,
  line,
  magnitude,
  mapped,
  same,
  summed,
  together,
} from "../rules.ts";

const bool = always("bool");

const A = "a, axis=None, out=None, keepdims=False";
const SUMMED = "a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True";
const EXTREME = `${A}, initial=None, where=True`;
const quotient = (sum: number | undefined, count: number): number | undefined => sum && sum / count;
const anyAxes = reduce("a");
/** One axis, or a tuple of them. */
const over: ShapeRule = (a) => {
  if (a.value("axis").kind === "list") return conflict("axes-in-tuple", "a list");
  const shape = a.shape("a");
  // Some of them take the first axis of a number for none.
  return a.has("axis") && hasRank(shape) && shape.rank === 0 ? a.doubts("an axis of a number") : anyAxes(a);
};
const overOne: ShapeRule = (a) => (a.value("axis").kind === "tuple" ? conflict("axis-alone", "a tuple") : over(a));
const counting: DTypeRule = always("int64");
/** A list of quantiles is an array of its own type; a lone one, and whole ones unless they are per cent, give way. */
const quantileType =
  (whole: boolean): DTypeRule =>
  (a) => {
    const [own, q] = [mapped(averaged, same("a"))(a) as DType | undefined, a.operand("q")];
    if (own === undefined || q.isNumber) return own;
    const asked = a.library.concrete(q.leaves);
    return asked && (whole && isInteger(asked) ? own : numpyResultType([own, averaged(asked)]));
  };
const quantile: ShapeRule = (a) => {
  const rest = anyAxes(a) as ReturnType<typeof axes.reduced>;
  return isConflict(rest) ? rest : withRank(rest, (it) => withRank(a.shape("q"), (q) => new Shape([...q, ...it])));
};
/** Between two quantiles lies what their difference says. */
const subtracted = { requires: (a: Reader) => (a.dtype("a") === "bool" ? conflict("dtype-fits", "bool") : undefined) };
/** Weights of all elements, or of those along the axes. */
const weightsFit = (a: Reader): Conflict | undefined => {
  const [shape, weights] = [a.shape("a"), a.shape("weights")];
  if (!a.has("weights") || !hasRank(shape) || !hasRank(weights) || !isOther(shape, weights)) return undefined;
  const found = a.has("axis") ? axes.normaliseAxes(a.axes("axis") ?? [], shape.rank) : undefined;
  if (found !== undefined && isConflict(found)) return found;
  const fits = found !== undefined && !isOther(new Shape(found.map((axis) => shape.at(axis))), weights);
  return fits ? undefined : conflict("shapes-equal", `${printShape(weights)} to weigh ${printShape(shape)}`);
};
/** A number is summed up, and its place found, as a vector's of one. */
const running: ShapeRule = (a) => {
  const shape = a.shape("a");
  return hasRank(shape) && shape.rank === 0 ? new Shape([1]) : alongOrFlat("a")(a);
};
/** Over one axis, some or all. */
export const REDUCTION: Lines = {
  ...each("prod nanprod", SUMMED, over, given(mapped(summed, same("a")))),
  ...each("sum nansum", SUMMED, over, given(mapped(summed, same("a"))), { facts: reducedTo(sumOf) }),
  ...each(
    "mean nanmean",
    "a, axis=None, dtype=None, out=None, keepdims=False, *, where=True",
    over,
    given(mapped(averaged, same("a"))),
    { facts: reducedTo((values) => quotient(sumOf(values), values.length)) },
  ),
  ...each(
    "std var nanstd nanvar",
    "a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True",
    over,
    given(mapped((it) => magnitude(averaged(it)), same("a"))),
  ),
  ...each("max amax nanmax", EXTREME, over, same("a"), { facts: reducedTo((values) => Math.max(...values)) }),
  ...each("min amin nanmin", EXTREME, over, same("a"), { facts: reducedTo((values) => Math.min(...values)) }),
  ptp: line(A, over, same("a"), { requires: isNumber("a") }),
  ...each("all any", `${A}, *, where=True`, over, bool),
  ...each("argmax argmin nanargmax nanargmin", "a, axis=None, out=None, *, keepdims=False", overOne, counting),
  ...each(
    "median nanmedian",
    "a, axis=None, out=None, overwrite_input=False, keepdims=False",
    anyAxes,
    mapped(averaged, same("a")),
  ),
  quantile: line(
    "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False",
    quantile,
    quantileType(true),
    subtracted,
  ),
  percentile: line(
    "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False",
    quantile,
    quantileType(false),
    subtracted,
  ),
  average: line(
    "a, axis=None, weights=None, returned=False, *, keepdims=False",
    (a) => {
      const mean = over(a) as ReturnType<typeof axes.reduced>;
      return isConflict(mean) || !a.flag("returned") ? mean : [mean, mean];
    },
    (a) => {
      const mean = (a.has("weights") ? mapped(divided, together("a", "weights")) : mapped(averaged, same("a")))(a);
      return a.flag("returned") ? [mean as DType | undefined, mean as DType | undefined] : mean;
    },
    { yields: "tuple", requires: weightsFit },
  ),
  count_nonzero: line("a, axis=None, *, keepdims=False", over, counting),
  ...each("cumsum nancumsum", "a, axis=None, dtype=None, out=None", running, given(mapped(summed, same("a"))), {
    facts: summedUp("a"),
  }),
  ...each("cumprod nancumprod", "a, axis=None, dtype=None, out=None", running, given(mapped(summed, same("a")))),
  sort: line("a, axis=-1, kind=None, order=None", alongOrFlat("a"), same("a")),
  argsort: line("a, axis=-1, kind=None, order=None", running, counting),
  diff: line(
    "a, n=1, axis=-1",
    (a) =>
      withRank(a.shape("a"), (it) => {
        const index = normaliseAxis(a.integer("axis"), it.rank);
        if (index === undefined) return conflict("axis-in-range", `axis ${a.integer("axis")} of ${printShape(it)}`);
        return it.with(index, minus(it.at(index), a.integer("n")));
      }),
    same("a"),
  ),
  norm: line(
    "x, ord=None, axis=None, keepdims=False",
    reduce(),
    mapped((it) => (it === "bool" || it.includes("int") ? "float64" : it), same("x")),
  ),
  isclose: line("a, b, rtol=1e-05, atol=1e-08, equal_nan=False", broadcast("a", "b"), bool),
};
