import { arithmetic } from "../../operation/facts.ts";
import { broadcast, like } from "../../operation/shapes.ts";
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

/** Of each element, or of two. */
export const ELEMENTWISE: Lines = {
  ...each(
    "exp exp2 expm1 log log2 log10 log1p sqrt sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh " +
      "arctanh " +
      "deg2rad rad2deg degrees radians",
    ONE,
    like(),
    given(mapped(floated, same("x"))),
  ),
  ...each("abs absolute", ONE, like(), given(mapped(magnitude, same("x")))),
  ...each("negative positive sign", ONE, like(), given(same("x")), { requires: isNumber("x") }),
  ...each("square reciprocal", ONE, like(), given(mapped(byteOfBool, same("x")))),
  ...each("fabs conj conjugate", ONE, like(), given(same("x"))),
  ...Object.assign(
    {},
    ...(["ceil", "floor", "trunc"] as const).map((name) =>
      each(name, ONE, like(), given(same("x")), {
        requires: isOrdered("x"),
        facts: (a) => ({ values: a.operand("x").values?.map(Math[name]) }),
      }),
    ),
  ),
  rint: line(ONE, like(), given(mapped(floated, same("x")))),
  cbrt: line(ONE, like(), given(mapped(floated, same("x"))), { requires: isOrdered("x") }),
  ...each("isnan isinf isfinite logical_not signbit", ONE, like(), bool),
  ...each("invert bitwise_not", ONE, like(), same("x")),
  ...each(
    "round around",
    "a, decimals=0, out=None",
    like("a"),
    mapped((it) => (it === "bool" ? "float16" : it), same("a")),
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
  ...each("mod remainder fmod power", TWO, pair, mapped(byteOfBool, both)),
  ...each("fmax fmin", TWO, pair, both),
  ...each("divide true_divide", TWO, pair, mapped(divided, both)),
  ...each("arctan2 hypot logaddexp", TWO, pair, floatedBoth("x1", "x2")),
  ...each("equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor", TWO, pair, bool),
  ...each("bitwise_and bitwise_or bitwise_xor", TWO, pair, both),
};
