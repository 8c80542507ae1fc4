import { reduced } from "../../../tensor/axes.ts";
import { type Conflict, conflict, isConflict, type ShapeResult, withRank } from "../../../tensor/conflict.ts";
import { type DType, isFloat } from "../../../tensor/dtype.ts";
import { hasRank, printShape, Shape } from "../../../tensor/shape.ts";
import { productOf } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import { alongOrFlat, reduce, reduceAway, scalar } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import { broadcasting } from "./demands.ts";
import { bool, boolToInt, divided, floating, given, int32, kept, realWhenRun, summed } from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

/** One result for each quantile asked for, in front. */
const quantiles: ShapeRule = (a) => {
  const rest = reduce()(a) as ShapeResult;
  if (isConflict(rest)) return rest;
  return withRank(rest, (it) => withRank(a.shape("q"), (q) => new Shape([...q, ...it])));
};

/** Of all axes at once TensorFlow's norm is that of a vector or of a matrix. */
const vectorOrMatrix = (a: Reader): Conflict | undefined => {
  const shape = a.shape("x");
  if (a.symbolic || a.has("axis") || a.has("ord") || !hasRank(shape) || shape.rank <= 2) return undefined;
  return conflict("rank-is", `the norm over all axes of ${printShape(shape)}, where 1 or 2 can be`);
};

/** Weights of a shape of their own belong to one axis. */
const averaged: ShapeRule = (a) => {
  const [shape, weights] = [a.shape("x"), a.shape("weights")];
  const isOdd = a.has("weights") && hasRank(shape) && hasRank(weights) && ![1, shape.rank].includes(weights.rank);
  return isOdd ? a.doubts("weights of other axes") : reduceAway()(a);
};
/** Where something is left out, TensorFlow takes some whole numbers and refuses others. */
const ofFloats =
  (then: ShapeRule): ShapeRule =>
  (a) => {
    const dtype = a.dtype("x");
    return a.symbolic || dtype === undefined || isFloat(dtype) ? then(a) : a.doubts("whole numbers");
  };

/** Over one axis, some or all. */
export const REDUCTION: Rules = {
  ...each("sum nansum nanprod", reduce(), summed),
  // TensorFlow's does not heed the type asked for.
  prod: rule(
    reduce(),
    (a) => {
      const own = summed(a);
      return !a.has("dtype") || a.type("dtype", undefined) === own ? own : undefined;
    },
    { facts: productOf("x") },
  ),
  ...each("max min amax amin nanmax nanmin ptp", reduce(), kept()),
  ...each("mean std var median nanmean nanstd nanvar", reduce(), floating()),
  nanmedian: rule(ofFloats(reduce()), floating()),
  logsumexp: rule(reduce(), floating(), { requires: realWhenRun("x") }),
  norm: rule(reduce(), floating(), { requires: vectorOrMatrix }),
  ...each("all any", reduce(), bool),
  ...each("argmax argmin nanargmax nanargmin", reduce(), int32),
  count_nonzero: rule(reduceAway(), int32),
  average: rule(averaged, (a) => (a.has("weights") ? divided("x", "weights")(a) : floating()(a))),
  ...each("quantile percentile", quantiles, floating()),
  ...each("nanquantile nanpercentile", ofFloats(quantiles), floating()),
  argsort: rule(alongOrFlat(), int32),
  sort: rule(alongOrFlat(), kept()),
  ...each("cumsum cumprod nancumsum nancumprod", alongOrFlat(), (a) => {
    const dtype = given(kept())(a) as DType | undefined;
    return dtype && boolToInt(dtype);
  }),
  moments: rule(
    (a) => {
      const dtype = a.dtype("x");
      if (a.flag("synchronized") && dtype !== undefined && !isFloat(dtype)) return a.doubts("its type over devices");
      const shape = reduced(a.shape("x"), a.axes("axes"), a.flag("keepdims"));
      return isConflict(shape) ? shape : [shape, shape];
    },
    kept(),
    { yields: "tuple" },
  ),
  allclose: rule(scalar, bool, { type: "AllClose", requires: broadcasting("x1", "x2") }),
};
