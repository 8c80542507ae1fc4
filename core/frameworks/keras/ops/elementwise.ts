import { isConflict, type ShapeResult } from "../../../tensor/conflict.ts";
import { byteSize, isComplex, isFloat } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, printShape, type Shape } from "../../../tensor/shape.ts";
import { arithmetic, COMPARISONS, converted, halfToEven, wholeIn } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, broadcast, conflict, like } from "../../operation/shapes.ts";
import type { DTypeRule, ShapeRule } from "../../operation.ts";
import { all, noList } from "./demands.ts";
import {
  bool,
  boolToInt,
  divided,
  floating,
  given,
  kept,
  mapped,
  numbersWhenRun,
  numericWhenRun,
  promoted,
  realPart,
  realWhenRun,
  signedWhenRun,
  toFloat,
  toWideFloat,
  wholeWhenRun,
  wideFloating,
} from "./dtypes.ts";
import { each, type Rules, rule } from "./table.ts";

const x = like("x");
const pair = broadcast("x1", "x2");
const both = promoted("x1", "x2");
const numbers = { requires: numbersWhenRun("x") };
const isNumberAmongSymbols = (a: Reader, names: readonly string[]): boolean =>
  a.symbolic && names.some((name) => a.operand(name).isNumber);
/** The symbolic form reads a shape that a plain number has not. */
const tensorsOnly =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    if (isNumberAmongSymbols(a, names)) return conflict("operands-are-tensors", "a number among symbolic tensors");
    return broadcast(...names)(a);
  };

/** Of these neither may be a number in the symbolic form, which gives the first one's shape; the run broadcasts. */
const ofBits =
  (...tensors: readonly string[]): ShapeRule =>
  (a) => {
    if (a.symbolic && a.value("y").kind === "float") return conflict("operands-are-tensors", "y");
    const result = tensorsOnly(...tensors)(a);
    if (!a.symbolic || "conflict" in result) return a.symbolic ? result : broadcast("x", "y")(a);
    const isOdd = ["x", "y"].some((name) => isFloat(a.dtype(name) ?? "int32"));
    const [first, all] = [a.shape("x"), broadcast("x", "y")(a)];
    if (isOdd || "conflict" in all || !hasRank(first) || !hasRank(all as AnyShape))
      return a.doubts("its run refuses it");
    return printShape(first) === printShape(all as Shape) ? first : a.doubts("its run broadcasts");
  };

/** The symbolic form looks at the first alone, its run at all of them. */
export const alike =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    const [first, ...others] = names.map((name) => a.shape(name)).map((it) => (hasRank(it) ? printShape(it) : ""));
    const all = broadcast(...names)(a) as ShapeResult;
    const isOdd = others.some((it) => it !== "()" && it !== first);
    const isFirst = !isConflict(all) && hasRank(all) && printShape(all) === first;
    return a.symbolic && isOdd && !isFirst ? a.doubts("its run broadcasts") : all;
  };

/** A number becomes an int32 among narrower ones in the run, and int64 in the symbolic form. */
const amongTensors =
  (x: string, y: string): DTypeRule =>
  (a) => {
    const narrow = [x, y].some(
      (name) => !["int32", "int64"].includes(a.dtype(name) ?? "") && !a.operand(name).isNumber,
    );
    const isWhole = [x, y].every((name) => !isFloat(a.dtype(name) ?? "float32"));
    if (!narrow || ![x, y].some((name) => a.operand(name).isNumber)) return promoted(x, y)(a);
    return isWhole ? "int32" : undefined;
  };

/** Whether the call is symbolic the tensor alone says. */
const hasSymbolicX = (a: Reader): boolean => !a.symbolic || a.operand("x").tensor?.family.isSymbolic === true;
const bounded = broadcast("x", "x_min", "x_max");
/** The bounds become numbers of the tensor's own type when it runs. */
const isFractionOfWhole = (a: Reader): boolean =>
  !a.symbolic &&
  !isFloat(a.dtype("x") ?? "float32") &&
  ["x_min", "x_max"].some((name) => isFloat(a.dtype(name) ?? "int32"));

/** One value in, one value out, or one of two that broadcast. */
export const ELEMENTWISE: Rules = {
  ...each(
    "arccos arccosh arcsin arcsinh arctan arctanh cos cosh exp exp2 expm1 fabs log log10 log1p " +
      "log2 sin " +
      "sinc sinh sqrt tan tanh",
    x,
    floating(),
    numbers,
  ),
  ceil: rule(x, floating(), { ...numbers, facts: wholeIn(Math.ceil) }),
  floor: rule(x, floating(), { ...numbers, facts: wholeIn(Math.floor) }),
  angle: rule(
    x,
    mapped((it) => (isComplex(it) ? "float32" : toFloat(it)), "x"),
    numbers,
  ),
  ...each("erfc reciprocal", x, floating(), { requires: realWhenRun("x") }),
  ...each("cbrt deg2rad rad2deg i0", x, wideFloating(), numbers),
  ...each("imag nan_to_num", x, kept()),
  absolute: rule(x, kept(), numbers),
  trunc: rule(x, kept(), { ...numbers, facts: wholeIn(Math.trunc) }),
  round: rule(x, kept(), {
    requires: numericWhenRun("x"),
    facts: (a) => (a.number("decimals") === 0 ? wholeIn(halfToEven)(a) : undefined),
  }),
  ...each("real sign conjugate", x, kept(), { requires: numericWhenRun("x") }),
  negative: rule(x, kept(), { requires: signedWhenRun("x") }),
  ...each("erf erfinv rsqrt", x, kept(), { requires: realWhenRun("x") }),
  ...each("bitwise_invert bitwise_not", x, kept(), { requires: wholeWhenRun("x") }),
  ...each("isfinite isinf isnan isneginf isposinf isreal", x, bool),
  ...each("logical_not signbit", x, bool, numbers),
  abs: rule(x, mapped(realPart, "x"), { ...numbers, type: "Absolute" }),
  conj: rule(x, kept(), { type: "Conjugate", requires: numericWhenRun("x") }),
  square: rule(x, mapped(boolToInt, "x"), numbers),
  clip: rule(
    (a) => (isFractionOfWhole(a) || !hasSymbolicX(a) ? a.doubts("fractions for whole numbers") : bounded(a)),
    mapped(boolToInt, "x"),
    {
      unchecked: () => true,
      meant: (a) => a.shape("x"),
    },
  ),
  copy: rule(x, kept()),
  cast: rule(x, given("float32"), { facts: converted("x", "dtype") }),
  saturate_cast: rule(x, given("float32"), { requires: noList("x", false) }),
  view: rule((a) => {
    const [own, asked] = [a.dtype("x"), a.type("dtype", a.dtype("x"))];
    const sizes = [own, asked].map((it) => it && byteSize(it));
    return sizes[0] === sizes[1] ? a.shape("x") : a.doubts("elements of another size");
  }, given(kept())),
  stop_gradient: rule(like("variable"), kept("variable")),

  add: rule(pair, both, { facts: arithmetic("+", "x1", "x2") }),
  subtract: rule(pair, both, { facts: arithmetic("-", "x1", "x2") }),
  multiply: rule(pair, both, { facts: arithmetic("*", "x1", "x2") }),
  floor_divide: rule(pair, both, { facts: arithmetic("//", "x1", "x2") }),
  maximum: rule(pair, both, { facts: arithmetic("max", "x1", "x2") }),
  minimum: rule(pair, both, { facts: arithmetic("min", "x1", "x2") }),
  mod: rule(pair, mapped(boolToInt, "x1", "x2"), { facts: arithmetic("%", "x1", "x2") }),
  fmod: rule(pair, mapped(boolToInt, "x1", "x2")),
  ldexp: rule(
    (a) => (isNumberAmongSymbols(a, ["x1", "x2"]) ? a.doubts("a number among symbolic tensors") : pair(a)),
    divided("x1", "x2"),
  ),
  ...each("fmax fmin power", pair, both),
  ...each("gcd lcm", pair, amongTensors("x1", "x2"), { requires: wholeWhenRun("x1", "x2") }),
  ...each("divide true_divide divide_no_nan arctan2 logaddexp logaddexp2 nextafter", pair, divided("x1", "x2")),
  ...each(
    "heaviside hypot",
    tensorsOnly("x1", "x2"),
    mapped((it) => (it === "bool" ? it : toWideFloat(it)), "x1", "x2"),
  ),
  ...each("logical_and logical_or logical_xor isclose", pair, bool),
  ...Object.fromEntries(
    Object.entries(COMPARISONS).map(([name, op]) => [name, rule(pair, bool, { facts: arithmetic(op, "x1", "x2") })]),
  ),
  ...each("bitwise_and bitwise_or bitwise_xor", ofBits("x", "y"), promoted("x", "y"), {
    requires: wholeWhenRun("x", "y"),
  }),
  // By a whole number of places the symbolic form shifts too.
  ...each(
    "bitwise_left_shift bitwise_right_shift left_shift right_shift",
    ofBits("x"),
    (a) => (a.symbolic && a.operand("y").isNumber ? a.dtype("x") : a.promoted("x", "y")),
    { requires: wholeWhenRun("x", "y") },
  ),
};

/** Activations: the shape stays, and so does the type. */
export const ACTIVATIONS: Rules = {
  ...each(
    "celu elu gelu hard_shrink hard_sigmoid hard_silu hard_tanh log_sigmoid selu sigmoid silu " +
      "softplus softsign " +
      "sparse_sigmoid squareplus tanh_shrink",
    x,
    kept(),
    { requires: realWhenRun("x") },
  ),
  sparse_plus: rule(x, kept(), { requires: all(realWhenRun("x"), noList("x")) }),
  // Some backends take whole numbers too.
  soft_shrink: rule((a) => (realWhenRun("x")(a) ? a.doubts("whole numbers") : a.shape("x")), kept(), {
    requires: all(noList("x"), numericWhenRun("x")),
  }),
  ...each("relu relu6", x, kept(), { requires: numericWhenRun("x") }),
  threshold: rule(
    (a) =>
      !a.symbolic && realWhenRun("x")(a) !== undefined && a.dtype("x") !== "bool"
        ? a.doubts("whole numbers are compared with whole ones")
        : alike("x", "threshold", "default_value")(a),
    kept(),
    { requires: noList("x") },
  ),
  leaky_relu: rule(x, (a) => (a.symbolic && a.dtype("x") === "bool" ? "bool" : floating()(a)), {
    requires: numericWhenRun("x"),
  }),
  softmax: rule(along(), kept(), { requires: all(realWhenRun("x"), noList("x", false)) }),
  ...each("log_softmax sparsemax", along(), kept(), { requires: realWhenRun("x") }),
};
