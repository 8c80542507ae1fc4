import type { ShapeResult } from "../../../tensor/conflict.ts";
import { NONE, product, provablyDifferent } from "../../../tensor/dim.ts";
import { hasRank, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { converted, kept, sizeFacts } from "../../operation/facts.ts";
import type { SizeFacts } from "../../operation/operand.ts";
import { range, rangeFacts, spaced, spacedFacts } from "../../operation/ranges.ts";
import type { Reader } from "../../operation/reader.ts";
import { broadcast, conflict, filled, like, square } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { each, given, type Lines, line, same } from "../rules.ts";

const RANGE = { start: "start", stop: "limit", step: "delta" };
const rangeType: DTypeRule = (a) => {
  const names = ["start", "limit", "delta"].filter((name) => a.has(name));
  const tensors = names.filter((name) => !a.operand(name).isLiteral);
  return a.library.promoted((tensors.length > 0 ? tensors : names).map((name) => a.operand(name))) === undefined
    ? undefined
    : a.library.concrete((tensors.length > 0 ? tensors : names).flatMap((name) => a.operand(name).leaves));
};
const constant: ShapeRule = (a) => {
  const value = a.shape("value");
  if (!a.has("shape")) return value;
  const wanted = filled()(a) as ShapeResult;
  const held = hasRank(value) ? product(value) : 1;
  const fits = held === 1 || !(wanted instanceof Shape) || !provablyDifferent(held, product(wanted));
  return fits ? wanted : conflict("value-fills", `${printShape(value)} as ${printShape(wanted)}`);
};
const identity: ShapeRule = (a) => {
  const matrix = square("num_rows", "num_columns")(a);
  return a.has("batch_shape") && matrix instanceof Shape ? new Shape([...a.sizes("batch_shape"), ...matrix]) : matrix;
};
/** `tf.shape(x)`: a vector of the sizes. */
const sizes = (a: Reader): SizeFacts | undefined => {
  const shape = a.shape("input");
  return hasRank(shape) ? sizeFacts([...shape]) : undefined;
};
const shapeOf: ShapeRule = (a) => {
  const shape = a.shape("input");
  return hasRank(shape) ? new Shape([shape.rank]) : unknownRank(shape.reason);
};
/** Whole numbers in [minval, maxval). */
const drawn = (a: Reader): SizeFacts | undefined => {
  const [low, high] = [a.number("minval"), a.number("maxval")];
  const isWhole = a.type("dtype", "float32")?.startsWith("int") === true;
  return isWhole && low !== undefined && high !== undefined ? { range: [low, high - 1] } : undefined;
};
const UNIFORM = "shape, minval=0, maxval=None, dtype='float32', seed=None";

/** Tensors out of nothing, or with the shape of another; all in `tf` itself. */
export const CREATION: Lines = {
  constant: line("value, dtype=None, shape=None", constant, given(same("value")), { facts: constantFacts }),
  convert_to_tensor: line("value, dtype=None, dtype_hint=None", like("value"), given(same("value")), {
    facts: kept("value"),
  }),
  ...each("identity stop_gradient", "input", like("input"), same("input"), { facts: kept("input") }),
  cast: line("x, dtype", like("x"), given(same("x")), { facts: converted("x", "dtype") }),
  saturate_cast: line("value, dtype", like("value"), given(same("value"))),
  ...each("zeros ones", "shape, dtype='float32', name=None, layout=None", filled(), given("float32")),
  ...each("zeros_like ones_like", "input, dtype=None, name=None, layout=None", like("input"), given(same("input"))),
  fill: line("dims, value, name=None, layout=None", filled("dims"), same("value")),
  eye: line("num_rows, num_columns=None, batch_shape=None, dtype='float32'", identity, given("float32")),
  range: line("start, limit=None, delta=1, dtype=None", range(RANGE, true), given(rangeType), {
    facts: rangeFacts(RANGE),
  }),
  linspace: line(
    "start, stop, num, name=None, axis=0",
    spaced,
    (a) => (a.dtype("start") === "int32" ? "float64" : a.dtype("start")),
    { facts: spacedFacts(Math.fround) },
  ),
  shape: line("input, out_type=None", shapeOf, given("int32", "out_type"), { facts: sizes }),
  size: line("input, out_type=None", () => new Shape([]), given("int32", "out_type"), { facts: count }),
  rank: line(
    "input",
    () => new Shape([]),
    () => "int32",
    { facts: rank },
  ),
};
function constantFacts(a: Reader): SizeFacts | undefined {
  return a.has("shape") ? undefined : kept("value")(a);
}
function count(a: Reader): SizeFacts | undefined {
  const shape = a.shape("input");
  return hasRank(shape) ? sizeFacts([shape.dims.includes(NONE) ? NONE : product(shape)]) : undefined;
}
function rank(a: Reader): SizeFacts | undefined {
  const shape = a.shape("input");
  return hasRank(shape) ? sizeFacts([shape.rank]) : undefined;
}

/** As many as `shape` says for each rate. */
const ofRate =
  (...rates: readonly string[]): ShapeRule =>
  (a) => {
    const each = broadcast(...rates.filter((it) => a.has(it)))(a);
    return each instanceof Shape ? new Shape([...a.sizes("shape"), ...each]) : each;
  };

/** tf.random */
export const RANDOM: Lines = {
  ...each(
    "normal truncated_normal",
    "shape, mean=0.0, stddev=1.0, dtype='float32', seed=None",
    filled(),
    given("float32"),
  ),
  uniform: line(UNIFORM, filled(), given("float32"), { facts: drawn }),
  stateless_uniform: line(
    "shape, seed, minval=0, maxval=None, dtype='float32', name=None, alg='auto_select'",
    filled(),
    given("float32"),
  ),
  ...each(
    "stateless_normal stateless_truncated_normal",
    "shape, seed, mean=0.0, stddev=1.0, dtype='float32', name=None, alg='auto_select'",
    filled(),
    given("float32"),
  ),
  gamma: line("shape, alpha, beta=None, dtype='float32', seed=None", ofRate("alpha", "beta"), given("float32")),
  poisson: line("shape, lam, dtype='float32', seed=None", ofRate("lam"), given("float32")),
  ...each("stateless_gamma", "shape, seed, alpha, beta=None, dtype='float32'", filled(), given("float32")),
  stateless_categorical: line(
    "logits, num_samples, seed, dtype='int64'",
    (a) => {
      const logits = a.shape("logits");
      return hasRank(logits) ? new Shape([logits.batch, a.size("num_samples")]) : logits;
    },
    given("int64"),
  ),
  shuffle: line("value, seed=None", like("value"), same("value")),
  categorical: line(
    "logits, num_samples, dtype=None, seed=None",
    (a) => {
      const logits = a.shape("logits");
      return hasRank(logits) ? new Shape([logits.batch, a.size("num_samples")]) : logits;
    },
    given("int64"),
  ),
};
