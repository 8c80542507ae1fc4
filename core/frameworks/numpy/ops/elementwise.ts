import { fixed } from "../../../interpreter/rounding.ts";
import { applied, arithmetic, computed } from "../../operation/facts.ts";
import { broadcast, like } from "../../operation/shapes.ts";
import type { DTypeRule } from "../../operation.ts";
import {
  always,
  byteOfBool,
  divided,
  each,
  floated,
  floatedBoth,
  given,
  isNumber,
  isOrdered,
  type Lines,
  line,
  magnitude,
  mapped,
  notBools,
  ONE,
  same,
  TWO,
  together,
} from "../rules.ts";

const bool = always("bool");
const pair = broadcast("x1", "x2");
const both = together("x1", "x2");

/** Functions of one number, whose result is rounded. */
const numbers = (dtype: DTypeRule, rules: Readonly<Record<string, (x: number) => number>>): Lines =>
  Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, line(ONE, like(), dtype, { facts: computed(rule) })]),
  );
/** As NumPy and Python round. */
export const halfToEven = (x: number): number => Number(fixed(x, 0));

/** Of each element, or of two. */
export const ELEMENTWISE: Lines = {
  ...each(
    "sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh deg2rad rad2deg degrees radians",
    ONE,
    like(),
    given(mapped(floated, same("x"))),
  ),
  ...numbers(given(mapped(floated, same("x"))), {
    exp: Math.exp,
    exp2: (x) => 2 ** x,
    expm1: Math.expm1,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    log1p: Math.log1p,
    sqrt: Math.sqrt,
  }),
  ...each("abs absolute", ONE, like(), given(mapped(magnitude, same("x"))), { facts: applied(Math.abs) }),
  ...each("positive sign", ONE, like(), given(same("x")), { requires: isNumber("x") }),
  negative: line(ONE, like(), given(same("x")), { requires: isNumber("x"), facts: applied((x) => -x) }),
  reciprocal: line(ONE, like(), given(mapped(byteOfBool, same("x")))),
  ...numbers(given(mapped(byteOfBool, same("x"))), { square: (x) => x * x }),
  ...each("fabs conj conjugate", ONE, like(), given(same("x"))),
  ...Object.assign(
    {},
    ...(["ceil", "floor", "trunc"] as const).map((name) =>
      each(name, ONE, like(), given(same("x")), {
        requires: isOrdered("x"),
        facts: applied(Math[name]),
      }),
    ),
  ),
  rint: line(ONE, like(), given(mapped(floated, same("x"))), { facts: applied(halfToEven) }),
  cbrt: line(ONE, like(), given(mapped(floated, same("x"))), { requires: isOrdered("x") }),
  ...each("isnan isinf isfinite logical_not signbit", ONE, like(), bool),
  ...each("invert bitwise_not", ONE, like(), same("x")),
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
  add: line(TWO, pair, both, { facts: arithmetic("+", "x1", "x2") }),
  subtract: line(TWO, pair, both, { requires: notBools("x1", "x2"), facts: arithmetic("-", "x1", "x2") }),
  multiply: line(TWO, pair, both, { facts: arithmetic("*", "x1", "x2") }),
  floor_divide: line(TWO, pair, mapped(byteOfBool, both), { facts: arithmetic("//", "x1", "x2") }),
  maximum: line(TWO, pair, both, { facts: arithmetic("max", "x1", "x2") }),
  minimum: line(TWO, pair, both, { facts: arithmetic("min", "x1", "x2") }),
  ...each("mod remainder", TWO, pair, mapped(byteOfBool, both), { facts: arithmetic("%", "x1", "x2") }),
  power: line(TWO, pair, mapped(byteOfBool, both), { facts: arithmetic("**", "x1", "x2") }),
  fmod: line(TWO, pair, mapped(byteOfBool, both)),
  ...each("fmax fmin", TWO, pair, both),
  ...each("divide true_divide", TWO, pair, mapped(divided, both), { facts: arithmetic("/", "x1", "x2") }),
  ...each("arctan2 hypot logaddexp", TWO, pair, floatedBoth("x1", "x2")),
  ...each("equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor", TWO, pair, bool),
  ...each("bitwise_and bitwise_or bitwise_xor", TWO, pair, both),
};
