import { APPROXIMATE_GELU } from "../../../../lowering/activations.ts";
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { Arguments, Rule, Rules } from "./arguments.ts";

/** One value in, one value out, or one of two that broadcast. */

const LEFT = ["x1", "x", "a"];
const RIGHT = ["x2", "y", "b", "a"];

type Pair = readonly [Tensor | number, Tensor | number];
const isWhole = (it: Tensor | number): boolean =>
  typeof it === "number" ? Number.isInteger(it) : it.dtype !== "float32";
/** Both as floats where one is, or where that is what comes out: a plain 0.5 stays what it is beside whole numbers. */
function pairOf(g: Builder, a: Arguments, yields?: "bool"): Pair {
  const pair: Pair = [a.operand(...LEFT), a.operand(...RIGHT)];
  const whole = pair.every(isWhole) && (yields === "bool" || a.elementAt(0) !== "float32");
  return whole ? pair : floatsOf(g, pair);
}
const floatsOf = (g: Builder, pair: Pair): Pair => {
  const [x, y] = pair.map((it) => (typeof it === "number" ? g.constant(it) : g.float(it)));
  return [x ?? 0, y ?? 0];
};
const numbersOf = (g: Builder, a: Arguments): Pair => floatsOf(g, pairOf(g, a));

const binary =
  (op: string, yields?: "bool"): Rule =>
  (g, a) => {
    const [x, y] = pairOf(g, a, yields);
    return g.binary(op, x, y, yields);
  };
/** Of floats, whatever comes in. */
const ofFloats =
  (rule: (g: Builder, x: Tensor, y: Tensor) => Tensor, left = LEFT, right = RIGHT): Rule =>
  (g, a) => {
    const [x, y] = floatsOf(g, [a.operand(...left), a.operand(...right)]);
    return rule(g, x as Tensor, y as Tensor);
  };
const logical =
  (op: string): Rule =>
  (g, a) => {
    const inputs = a.all.map((it) => g.cast(it, "bool"));
    if (a.elementAt(0) !== "bool") return refuse(`${a.name} of whole numbers, bit by bit, is not lowered`);
    return g.node(op, inputs, {}, { shape: a.output, dtype: "bool" });
  };
const unary =
  (op: string): Rule =>
  (g, a) =>
    g.unary(op, a.floats);
const made =
  (rule: (g: Builder, x: Tensor) => Tensor): Rule =>
  (g, a) =>
    rule(g, a.floats);
const scaled = (by: number): Rule => made((g, x) => g.multiply(x, by));
const activation =
  (name: string): Rule =>
  (g, a) =>
    g.activation(a.x, name);

const floored = (g: Builder, x: Tensor, y: Tensor): Tensor => g.unary("Floor", g.divide(x, y));
const zero = (g: Builder, x: Tensor): Tensor => g.binary("Equal", x, 0, "bool");
/** `rule` where y is not 0, and 0 where it is. */
const unlessZero = (g: Builder, y: Tensor, value: Tensor): Tensor => g.where(zero(g, y), g.constant(0), value);
const softplus = (g: Builder, x: Tensor): Tensor => g.unary("Softplus", x);
const distance = (g: Builder, x: Tensor, y: Tensor): Tensor => g.unary("Abs", g.subtract(x, y));

/** The angle of (x, y): atan(y / x), turned by π on the left side. */
function angle(g: Builder, y: Tensor, x: Tensor): Tensor {
  const right = g.unary("Atan", g.divide(y, x));
  const turned = g.where(g.binary("Less", y, 0, "bool"), g.constant(-Math.PI), g.constant(Math.PI));
  const upright = g.multiply(g.unary("Sign", y), Math.PI / 2);
  const left = g.where(g.binary("Less", x, 0, "bool"), g.add(right, turned), right);
  return g.where(zero(g, x), upright, left);
}
/** max(x, y) + log(1 + exp(−|x − y|)) */
const logAdded = (g: Builder, x: Tensor, y: Tensor): Tensor =>
  g.add(g.maximum(x, y), softplus(g, g.unary("Neg", distance(g, x, y))));
const isEither = (g: Builder, x: Tensor): Tensor => {
  const [nan, infinite] = ["IsNaN", "IsInf"].map((op) => g.node(op, [x], {}, { shape: x.shape, dtype: "bool" }));
  return g.node("Or", [nan, infinite], {}, { shape: x.shape, dtype: "bool" });
};
const asks =
  (op: string): Rule =>
  (g, a) =>
    g.node(op, [a.floats], {}, { shape: a.x.shape, dtype: "bool" });

/** x up to `max_value`, x from `threshold` on, and below it as a line. */
const rectified: Rule = (g, a) => {
  const slope = a.number(0, "negative_slope", "alpha");
  const threshold = a.number(0, "threshold");
  if (slope === 0 && threshold === 0 && !a.has("max_value")) return g.activation(a.x, "relu");
  const x = a.floats;
  const below = g.multiply(g.subtract(x, threshold), slope);
  const kept = g.where(g.binary("GreaterOrEqual", x, threshold, "bool"), x, below);
  return a.has("max_value") ? g.minimum(kept, a.number(0, "max_value")) : kept;
};
const beyond = (soft: boolean): Rule => {
  return (g, a) => {
    const [x, edge] = [a.floats, a.number(0.5, "threshold")];
    const moved = soft ? g.subtract(x, g.multiply(g.unary("Sign", x), edge)) : x;
    return g.multiply(g.float(g.binary("Greater", g.unary("Abs", x), edge, "bool")), moved);
  };
};

export const ELEMENTWISE: Rules = {
  add: binary("Add"),
  // Of one operand it is the sign.
  subtract: (g, a) => (a.value(...RIGHT) === undefined ? g.unary("Neg", a.x) : binary("Sub")(g, a)),
  multiply: (g, a) => (a.elementAt(0) === "bool" ? logical("And")(g, a) : binary("Mul")(g, a)),
  divide: (g, a) => {
    const [x, y] = numbersOf(g, a);
    return g.divide(x, y);
  },
  floor_divide: ofFloats(floored),
  mod: ofFloats((g, x, y) => g.subtract(x, g.multiply(floored(g, x, y), y))),
  fmod: ofFloats((g, x, y) => {
    const whole = g.divide(x, y);
    return g.subtract(x, g.multiply(g.multiply(g.unary("Floor", g.unary("Abs", whole)), g.unary("Sign", whole)), y));
  }),
  power: binary("Pow"),
  maximum: binary("Max"),
  minimum: binary("Min"),
  less: binary("Less", "bool"),
  less_equal: binary("LessOrEqual", "bool"),
  greater: binary("Greater", "bool"),
  greater_equal: binary("GreaterOrEqual", "bool"),
  equal: binary("Equal", "bool"),
  not_equal: (g, a) => g.unary("Not", binary("Equal", "bool")(g, a) as Tensor),
  logical_and: logical("And"),
  logical_or: logical("Or"),
  logical_xor: logical("Xor"),
  logical_not: logical("Not"),
  divide_no_nan: ofFloats((g, x, y) => unlessZero(g, y, g.divide(x, y))),
  multiply_no_nan: ofFloats((g, x, y) => unlessZero(g, y, g.multiply(x, y))),
  xlogy: ofFloats((g, x, y) => unlessZero(g, x, g.multiply(x, g.unary("Log", y)))),
  xdivy: ofFloats((g, x, y) => unlessZero(g, x, g.divide(x, y))),
  reciprocal_no_nan: made((g, x) => unlessZero(g, x, g.unary("Reciprocal", x))),
  squared_difference: ofFloats((g, x, y) => g.multiply(g.subtract(x, y), g.subtract(x, y))),
  hypot: ofFloats((g, x, y) => g.unary("Sqrt", g.add(g.multiply(x, x), g.multiply(y, y)))),
  ldexp: ofFloats((g, x, y) => g.multiply(x, g.binary("Pow", 2, y))),
  heaviside: ofFloats((g, x, y) => g.where(zero(g, x), y, g.float(g.binary("Greater", x, 0, "bool")))),
  logaddexp: ofFloats(logAdded),
  arctan2: ofFloats(angle),
  "tf.atan2": ofFloats(angle, ["y"], ["x"]),
  isclose: (g, a) => {
    const [x, y] = numbersOf(g, a) as readonly [Tensor, Tensor];
    const near = g.add(g.multiply(g.unary("Abs", y), a.number(1e-5, "rtol")), a.number(1e-8, "atol"));
    return g.binary("LessOrEqual", distance(g, x, y), near, "bool");
  },
  scalar_mul: (g, a) => g.multiply(a.tensor("x"), a.operand("scalar")),
  add_n: (g, a) => a.list("inputs").reduce((sum, it) => g.add(sum, it)),

  ...Object.fromEntries(
    (
      "exp:Exp log:Log sqrt:Sqrt sin:Sin cos:Cos tan:Tan sinh:Sinh cosh:Cosh arcsin:Asin arccos:Acos arctan:Atan " +
      "arcsinh:Asinh arccosh:Acosh arctanh:Atanh erf:Erf floor:Floor ceil:Ceil reciprocal:Reciprocal"
    )
      .split(" ")
      .map((it) => it.split(":"))
      .map(([name = "", op = ""]) => [name, unary(op)]),
  ),
  rsqrt: made((g, x) => g.divide(1, g.unary("Sqrt", x))),
  exp2: made((g, x) => g.unary("Exp", g.multiply(x, Math.LN2))),
  expm1: made((g, x) => g.subtract(g.unary("Exp", x), 1)),
  log1p: made((g, x) => g.unary("Log", g.add(x, 1))),
  log2: made((g, x) => g.multiply(g.unary("Log", x), Math.LOG2E)),
  log10: made((g, x) => g.multiply(g.unary("Log", x), Math.LOG10E)),
  erfc: made((g, x) => g.subtract(1, g.unary("Erf", x))),
  cbrt: made((g, x) => g.multiply(g.unary("Sign", x), g.binary("Pow", g.unary("Abs", x), 1 / 3))),
  trunc: made((g, x) => g.multiply(g.unary("Sign", x), g.unary("Floor", g.unary("Abs", x)))),
  deg2rad: scaled(Math.PI / 180),
  rad2deg: scaled(180 / Math.PI),
  sinc: made((g, x) => {
    const turned = g.multiply(x, Math.PI);
    return g.where(zero(g, x), g.constant(1), g.divide(g.unary("Sin", turned), turned));
  }),
  round: (g, a) => {
    const scale = 10 ** a.number(0, "decimals");
    const rounded = g.unary("Round", scale === 1 ? a.floats : g.multiply(a.floats, scale));
    return scale === 1 ? rounded : g.divide(rounded, scale);
  },
  abs: (g, a) => g.unary("Abs", a.x),
  neg: (g, a) => g.unary("Neg", a.x),
  sign: (g, a) => g.unary("Sign", a.x),
  signbit: (g, a) => g.binary("Less", a.x, 0, "bool"),
  square: (g, a) => g.multiply(a.x, a.x),
  isnan: asks("IsNaN"),
  isinf: asks("IsInf"),
  isfinite: (g, a) => g.unary("Not", isEither(g, a.floats)),
  nan_to_num: (g, a) => {
    if (a.has("posinf") || a.has("neginf")) return refuse("nan_to_num with infinities of its own is not lowered");
    const x = a.floats;
    const isNan = g.node("IsNaN", [x], {}, { shape: x.shape, dtype: "bool" });
    const largest = 3.4028234663852886e38;
    const filled = g.where(isNan, g.constant(a.number(0, "nan")), x);
    return g.maximum(g.minimum(filled, largest), -largest);
  },
  identity: (_, a) => a.x,
  "ops.identity": (g, a) => g.float(g.constant(unit(a.number(0, "n")), "float32", a.output)),
  cast: (g, a) => g.cast(a.x, a.element),
  saturate_cast: (g, a) => {
    const [, sign, bits] = /^(u?)int(8|16|32)$/.exec(a.dtypeAt(0) ?? "") ?? [];
    if (bits === undefined) return g.cast(a.x, a.element);
    const highest = 2 ** (Number(bits) - (sign === "u" ? 0 : 1)) - 1;
    // What is nearest below in float32, or the cast would pass the end.
    const end = bits === "32" ? highest - 127 : highest;
    return g.cast(g.minimum(g.maximum(a.floats, sign === "u" ? 0 : -highest - 1), end), a.element);
  },
  clip: (g, a) => {
    const ends = [a.operand("x_min", "clip_value_min", "min_value", "a_min")];
    ends.push(a.operand("x_max", "clip_value_max", "max_value", "a_max"));
    const [low = 0, high = 0] = ends;
    const x = ends.every(isWhole) ? a.x : a.floats;
    return g.minimum(g.maximum(x, low), high);
  },
  where: (g, a) => {
    if (!a.has("x1", "x", "then_expression")) return refuse("the places that are true are not lowered");
    const names = [
      ["x1", "x", "then_expression"],
      ["x2", "y", "else_expression"],
    ];
    const [yes, no] = names.map((them) => {
      const value = a.operand(...them);
      return typeof value === "number" ? g.constant(value, a.element) : g.cast(value, a.element);
    });
    const condition = g.cast(a.tensor("condition"), "bool");
    return yes === undefined || no === undefined ? refuse("where needs three tensors") : g.where(condition, yes, no);
  },
  "K.switch": (g, a) => ELEMENTWISE["where"]?.(g, a) ?? a.x,
  "K.in_train_phase": (_, a) => a.tensor("alt"),

  // ---- activations
  leaky_relu: (g, a) => g.unary("LeakyRelu", a.floats, { alpha: { float: a.number(0.2, "negative_slope", "alpha") } }),
  // The old backend's is steeper than the activation.
  "K.hard_sigmoid": (g, a) => g.minimum(g.maximum(g.add(g.multiply(a.floats, 0.2), 0.5), 0), 1),
  relu: rectified,
  elu: (g, a) => g.unary("Elu", a.floats, { alpha: { float: a.number(1, "alpha") } }),
  celu: (g, a) => g.unary("Celu", a.floats, { alpha: { float: a.number(1, "alpha") } }),
  silu: (g, a) => g.multiply(a.floats, g.unary("Sigmoid", g.multiply(a.floats, a.number(1, "beta")))),
  gelu: (g, a) => g.activation(a.x, a.flag("approximate") ? APPROXIMATE_GELU : "gelu"),
  threshold: (g, a) => {
    const x = a.floats;
    const isAbove = g.binary("Greater", x, a.number(0, "threshold"), "bool");
    return g.where(isAbove, x, g.constant(a.number(0, "default_value")));
  },
  hard_shrink: beyond(false),
  soft_shrink: beyond(true),
  squareplus: (g, a) => {
    const x = a.floats;
    const root = g.unary("Sqrt", g.add(g.multiply(x, x), a.number(4, "b")));
    return g.divide(g.add(x, root), 2);
  },
  crelu: (g, a) => g.unary("Relu", g.concat([a.floats, g.unary("Neg", a.floats)], a.number(-1, "axis"))),
  ...Object.fromEntries(
    (
      "sigmoid tanh relu6 selu softplus softsign log_sigmoid hard_sigmoid hard_silu hard_tanh mish exponential " +
      "tanh_shrink sparse_plus sparse_sigmoid glu"
    )
      .split(" ")
      .map((name) => [name, activation(name)]),
  ),
};

const unit = (n: number): readonly number[] => Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
