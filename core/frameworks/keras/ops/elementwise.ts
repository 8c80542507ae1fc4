import { byteSize, isComplex, isFloat } from "../../../tensor/dtype.ts";
import { hasRank, printShape } from "../../../tensor/shape.ts";
import { arithmetic, COMPARISONS, converted } from "../../operation/facts.ts";
import type { Reader } from "../../operation/reader.ts";
import { along, broadcast, conflict, like } from "../../operation/shapes.ts";
import type { ShapeRule } from "../../operation.ts";
import {
  bool,
  boolToInt,
  divided,
  floating,
  given,
  kept,
  mapped,
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
const isNumberAmongSymbols = (a: Reader, names: readonly string[]): boolean =>
  a.symbolic && names.some((name) => a.operand(name).isNumber);
/** The symbolic form reads a shape that a plain number has not. */
const tensorsOnly =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    if (isNumberAmongSymbols(a, names)) return conflict("operands-are-tensors", "a number among symbolic tensors");
    return broadcast(...names)(a);
  };

/** The symbolic form looks at the first alone, its run at all of them. */
export const alike =
  (...names: readonly string[]): ShapeRule =>
  (a) => {
    const [first, ...others] = names.map((name) => a.shape(name)).map((it) => (hasRank(it) ? printShape(it) : ""));
    const isOdd = others.some((it) => it !== "()" && it !== first);
    return a.symbolic && isOdd ? a.doubts("its run broadcasts") : broadcast(...names)(a);
  };

/** One value in, one value out, or one of two that broadcast. */
export const ELEMENTWISE: Rules = {
  ...each(
    "arccos arccosh arcsin arcsinh arctan arctanh ceil cos cosh exp exp2 expm1 fabs floor log log10 log1p " +
      "log2 sin " +
      "sinc sinh sqrt tan tanh",
    x,
    floating(),
  ),
  angle: rule(
    x,
    mapped((it) => (isComplex(it) ? "float32" : toFloat(it)), "x"),
  ),
  ...each("erfc reciprocal", x, floating(), { requires: realWhenRun("x") }),
  ...each("cbrt deg2rad rad2deg i0", x, wideFloating()),
  ...each("absolute imag nan_to_num trunc", x, kept()),
  ...each("real round sign conjugate", x, kept(), { requires: numericWhenRun("x") }),
  negative: rule(x, kept(), { requires: signedWhenRun("x") }),
  ...each("erf erfinv rsqrt", x, kept(), { requires: realWhenRun("x") }),
  ...each("bitwise_invert bitwise_not", x, kept(), { requires: wholeWhenRun("x") }),
  ...each("isfinite isinf isnan isneginf isposinf isreal logical_not signbit", x, bool),
  abs: rule(x, mapped(realPart, "x"), { type: "Absolute" }),
  conj: rule(x, kept(), { type: "Conjugate", requires: numericWhenRun("x") }),
  square: rule(x, mapped(boolToInt, "x")),
  clip: rule(broadcast("x", "x_min", "x_max"), mapped(boolToInt, "x"), {
    unchecked: () => true,
    meant: (a) => a.shape("x"),
  }),
  copy: rule(x, kept()),
  cast: rule(x, given("float32"), { facts: converted("x", "dtype") }),
  saturate_cast: rule(x, given("float32")),
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
  ...each("gcd lcm", pair, both, { requires: wholeWhenRun("x1", "x2") }),
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
  ...each(
    "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift left_shift right_shift",
    (a) =>
      a.symbolic && ["x", "y"].some((name) => !a.operand(name).isNumber && isFloat(a.dtype(name) ?? "int32"))
        ? a.doubts("its run wants whole numbers")
        : tensorsOnly("x", "y")(a),
    promoted("x", "y"),
    { requires: wholeWhenRun("x", "y") },
  ),
};

/** Activations: the shape stays, and so does the type. */
export const ACTIVATIONS: Rules = {
  ...each(
    "celu elu gelu hard_shrink hard_sigmoid hard_silu hard_tanh log_sigmoid selu sigmoid silu " +
      "softplus softsign " +
      "sparse_plus sparse_sigmoid squareplus tanh_shrink",
    x,
    kept(),
    { requires: realWhenRun("x") },
  ),
  // Some backends take whole numbers too.
  soft_shrink: rule((a) => (realWhenRun("x")(a) ? a.doubts("whole numbers") : a.shape("x")), kept()),
  ...each("relu relu6", x, kept(), { requires: numericWhenRun("x") }),
  threshold: rule(alike("x", "threshold", "default_value"), kept()),
  leaky_relu: rule(x, (a) => (a.symbolic && a.dtype("x") === "bool" ? "bool" : floating()(a)), {
    requires: numericWhenRun("x"),
  }),
  ...each("softmax log_softmax sparsemax", along(), kept(), { requires: realWhenRun("x") }),
};
