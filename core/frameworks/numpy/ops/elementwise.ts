import { isComplex, isFloat, isInteger } from "../../../tensor/dtype.ts";
import { applied, arithmetic, computed, halfToEven } from "../../operation/facts.ts";
import { broadcast, like } from "../../operation/shapes.ts";
import type { DTypeRule, Rule } from "../../operation.ts";
import {
  always,
  byteOfBool,
  divided,
  each,
  floated,
  floatedBoth,
  isNumber,
  isOrdered,
  isWhole,
  type Lines,
  line,
  magnitude,
  mapped,
  notBools,
  same,
  TWO,
  together,
  ufuncs,
} from "../rules.ts";

const bool = always("bool");
const pair = broadcast("x1", "x2");
const both = together("x1", "x2");
const plain = ufuncs();
/** Only floats have a form. */
const floats = ufuncs((dtype) => isFloat(dtype) || isComplex(dtype));
const bits = ufuncs((dtype) => dtype === "bool" || isInteger(dtype));
const truths = ufuncs((dtype) => dtype === "bool", false);
const ofTwo = (make: typeof plain, names: string, dtype: DTypeRule, more: Partial<Rule> = {}): Lines =>
  make(names, pair, dtype, more, TWO);

/** Functions of one number, whose result is rounded. */
const numbers = (make: typeof plain, dtype: DTypeRule, rules: Readonly<Record<string, (x: number) => number>>): Lines =>
  Object.assign(
    {},
    ...Object.entries(rules).map(([name, rule]) => make(name, like(), dtype, { facts: computed(rule) })),
  );
const floating = mapped(floated, same("x"));
/** Of each element, or of two. */
export const ELEMENTWISE: Lines = {
  ...floats(
    "sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh asin acos atan asinh acosh atanh " +
      "deg2rad rad2deg degrees radians fabs",
    like(),
    floating,
  ),
  ...numbers(floats, floating, {
    exp: Math.exp,
    exp2: (x) => 2 ** x,
    expm1: Math.expm1,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    log1p: Math.log1p,
    sqrt: Math.sqrt,
  }),
  ...plain("abs absolute", like(), mapped(magnitude, same("x")), { facts: applied(Math.abs) }),
  ...plain("positive sign", like(), same("x"), { requires: isNumber("x") }),
  ...plain("negative", like(), same("x"), { requires: isNumber("x"), facts: applied((x) => -x) }),
  ...plain("reciprocal conj conjugate", like(), mapped(byteOfBool, same("x"))),
  ...numbers(plain, mapped(byteOfBool, same("x")), { square: (x) => x * x }),
  ...Object.assign(
    {},
    ...(["ceil", "floor", "trunc"] as const).map((name) =>
      plain(name, like(), same("x"), { requires: isOrdered("x"), facts: applied(Math[name]) }),
    ),
  ),
  ...floats("rint", like(), floating, { facts: applied(halfToEven) }),
  ...floats("cbrt", like(), floating, { requires: isOrdered("x") }),
  ...truths("isnan isinf isfinite logical_not signbit", like(), bool),
  ...bits("invert bitwise_not bitwise_invert", like(), same("x"), { requires: isWhole("x") }),
  ...each(
    "round around",
    "a, decimals=0, out=None",
    like("a"),
    mapped((it) => (it === "bool" ? "float16" : it), same("a")),
    { facts: (a) => (a.number("decimals") === 0 ? applied(halfToEven, "a")(a) : undefined) },
  ),
  clip: line("a, a_min=None, a_max=None, out=None, *, min=None, max=None", like("a"), (a) =>
    a.library.promoted(["a", "a_min", "a_max"].filter((name) => a.has(name)).map((name) => a.operand(name))),
  ),
  nan_to_num: line("x, copy=True, nan=0.0, posinf=None, neginf=None", like(), same("x")),
  ...ofTwo(plain, "add", both, { facts: arithmetic("+", "x1", "x2") }),
  ...ofTwo(plain, "subtract", both, { requires: notBools("x1", "x2"), facts: arithmetic("-", "x1", "x2") }),
  ...ofTwo(plain, "multiply", both, { facts: arithmetic("*", "x1", "x2") }),
  ...ofTwo(plain, "floor_divide", mapped(byteOfBool, both), { facts: arithmetic("//", "x1", "x2") }),
  ...ofTwo(plain, "maximum", both, { facts: arithmetic("max", "x1", "x2") }),
  ...ofTwo(plain, "minimum", both, { facts: arithmetic("min", "x1", "x2") }),
  ...ofTwo(plain, "mod remainder", mapped(byteOfBool, both), { facts: arithmetic("%", "x1", "x2") }),
  ...ofTwo(plain, "power", mapped(byteOfBool, both), { facts: arithmetic("**", "x1", "x2") }),
  ...ofTwo(plain, "fmod", mapped(byteOfBool, both)),
  ...ofTwo(plain, "fmax fmin", both),
  ...ofTwo(floats, "divide true_divide", mapped(divided, both), { facts: arithmetic("/", "x1", "x2") }),
  ...ofTwo(floats, "arctan2 atan2 hypot logaddexp copysign", floatedBoth("x1", "x2")),
  ...ofTwo(truths, "equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor", bool),
  ...ofTwo(bits, "bitwise_and bitwise_or bitwise_xor", both, { requires: isWhole("x1", "x2") }),
};
