import type { Step } from "../../../interpreter/trace.ts";
import { numberOf, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { type Builder, refuse, type Tensor } from "../../../lowering/builder.ts";
import { elementType } from "../../../lowering/graph.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { indexedTensor } from "./indexing.ts";

export type OperationStep = Extract<Step, { kind: "operation" }>;
export type Find = (value: TensorValue) => Tensor;

/** Without the library's name: `keras.ops.add` and `+` are `add`, `tf.reduce_mean` is `mean`. */
export function operationName(name: string): string {
  const last = SIGNS[name] ?? name.slice(name.lastIndexOf(".") + 1);
  return ALIASES[last] ?? last;
}
const SIGNS: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "**": "power",
  "@": "matmul",
};
const ALIASES: Readonly<Record<string, string>> = {
  reduce_mean: "mean",
  reduce_sum: "sum",
  reduce_max: "max",
  reduce_min: "min",
  reduce_prod: "prod",
  concat: "concatenate",
  true_divide: "divide",
  pow: "power",
  absolute: "abs",
  negative: "neg",
  clip_by_value: "clip",
  permute_dimensions: "transpose",
  convert_to_tensor: "identity",
  stop_gradient: "identity",
  swish: "silu",
};

/** The arguments of one operation, by any of the names that libraries give them. */
class Arguments {
  private readonly step: OperationStep;
  private readonly find: Find;
  private readonly g: Builder;
  constructor(g: Builder, step: OperationStep, find: Find) {
    this.g = g;
    this.step = step;
    this.find = find;
  }

  value(...names: readonly string[]): Value | undefined {
    for (const name of names) {
      const value = this.step.argument(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  /** The only tensor, or the first. */
  get x(): Tensor {
    const [first] = this.step.inputs;
    return first === undefined ? refuse(`${this.step.name} is given no tensor`) : this.find(first);
  }
  get all(): readonly Tensor[] {
    return this.step.inputs.map(this.find);
  }
  /** A tensor, or a plain number. */
  operand(...names: readonly string[]): Tensor | number {
    const value = this.value(...names);
    if (value?.kind === "tensor") return this.find(value);
    return numberOf(value) ?? refuse(`an operand of ${this.step.name} is not known`);
  }
  number(otherwise: number, ...names: readonly string[]): number {
    const value = this.value(...names);
    return value === undefined || value.kind === "none"
      ? otherwise
      : (numberOf(value) ?? refuse(`its ${names[0]} is not known`));
  }
  flag(...names: readonly string[]): boolean {
    const value = this.value(...names);
    if (value === undefined || value.kind === "none") return false;
    return value.kind === "bool" ? value.value : refuse(`its ${names[0]} is not known`);
  }
  /** One axis or several, counted from 0; undefined for `None`, which is all of them. */
  axes(rank: number, ...names: readonly string[]): readonly number[] | undefined {
    const value = this.value(...names);
    if (value === undefined || value.kind === "none") return undefined;
    const list = value.kind === "tuple" ? value.items.map(numberOf) : [numberOf(value)];
    return list.map((it) => (it === undefined ? refuse(`its ${names[0]} is not known`) : it < 0 ? it + rank : it));
  }
  get output(): readonly number[] {
    const shape = this.step.outputs[0]?.shape;
    if (shape === undefined || !hasRank(shape)) return refuse(`what ${this.step.name} yields is not known`);
    return shape.dims.map((dim) => (typeof dim === "number" ? dim : refuse("a size of its output is not known")));
  }
  /** In the output's element type. */
  typed(x: Tensor): Tensor {
    const dtype = this.step.outputs[0]?.dtype;
    const element = dtype === undefined ? undefined : elementType(dtype);
    return element === undefined ? x : this.g.cast(x, element);
  }
}

type Rule = (g: Builder, a: Arguments, step: OperationStep) => Tensor;
const LEFT = ["x1", "x", "a"];
const RIGHT = ["x2", "y", "b"];

const binary =
  (op: string, yields?: "bool"): Rule =>
  (g, a) =>
    g.binary(op, a.operand(...LEFT), a.operand(...RIGHT), yields);
const unary =
  (op: string): Rule =>
  (g, a) =>
    g.unary(op, g.float(a.x));
const activation =
  (name: string): Rule =>
  (g, a) =>
    g.activation(a.x, name);
const reduced =
  (op: `Reduce${string}`): Rule =>
  (g, a) => {
    const { x } = a;
    const axes = a.axes(x.shape.length, "axis") ?? x.shape.map((_, i) => i);
    return g.reduce(op, op === "ReduceMean" ? g.float(x) : x, axes, a.flag("keepdims"));
  };
/** What keeps the order of the elements: the output's shape says all. */
const reshaped: Rule = (g, a) => g.reshape(a.x, a.output);
const along =
  (op: "Softmax" | "LogSoftmax"): Rule =>
  (g, a) => {
    const x = g.float(a.x);
    const axis = a.number(-1, "axis");
    return g.node(op, [x], { axis: axis < 0 ? axis + x.shape.length : axis });
  };

const RULES: Readonly<Record<string, Rule>> = {
  add: binary("Add"),
  subtract: binary("Sub"),
  multiply: binary("Mul"),
  divide: (g, a) => {
    const [x, y] = [a.operand(...LEFT), a.operand(...RIGHT)];
    return g.divide(typeof x === "number" ? x : g.float(x), typeof y === "number" ? y : g.float(y));
  },
  power: binary("Pow"),
  maximum: binary("Max"),
  minimum: binary("Min"),
  less: binary("Less", "bool"),
  less_equal: binary("LessOrEqual", "bool"),
  greater: binary("Greater", "bool"),
  greater_equal: binary("GreaterOrEqual", "bool"),
  equal: binary("Equal", "bool"),
  matmul: (g, a) => {
    const [x, y] = a.all;
    if (a.flag("transpose_a") || a.flag("transpose_b")) return refuse("a transposed product is not lowered yet");
    return x === undefined || y === undefined ? refuse("a product needs two tensors") : g.matmul(x, y);
  },
  exp: unary("Exp"),
  log: unary("Log"),
  sqrt: unary("Sqrt"),
  sin: unary("Sin"),
  cos: unary("Cos"),
  erf: unary("Erf"),
  floor: unary("Floor"),
  ceil: unary("Ceil"),
  rsqrt: (g, a) => g.divide(1, g.unary("Sqrt", g.float(a.x))),
  reciprocal: unary("Reciprocal"),
  abs: (g, a) => g.unary("Abs", a.x),
  neg: (g, a) => g.unary("Neg", a.x),
  sign: (g, a) => g.unary("Sign", a.x),
  square: (g, a) => g.multiply(a.x, a.x),
  identity: (_, a) => a.x,
  cast: (_, a) => a.typed(a.x),
  clip: (g, a) => g.minimum(g.maximum(a.x, a.operand("x_min", "clip_value_min")), a.operand("x_max", "clip_value_max")),
  mean: reduced("ReduceMean"),
  sum: reduced("ReduceSum"),
  max: reduced("ReduceMax"),
  min: reduced("ReduceMin"),
  prod: reduced("ReduceProd"),
  reshape: reshaped,
  expand_dims: reshaped,
  squeeze: reshaped,
  ravel: reshaped,
  flatten: reshaped,
  transpose: (g, a) => {
    const { x } = a;
    const backwards = x.shape.map((_, i) => x.shape.length - 1 - i);
    return g.transpose(x, ...(a.axes(x.shape.length, "axes", "perm", "pattern") ?? backwards));
  },
  swapaxes: (g, a) => {
    const { x } = a;
    const [i, j] = [a.number(0, "axis1"), a.number(0, "axis2")].map((it) => (it < 0 ? it + x.shape.length : it));
    const order = x.shape.map((_, axis) => (axis === i ? (j ?? axis) : axis === j ? (i ?? axis) : axis));
    return g.transpose(x, ...order);
  },
  concatenate: (g, a) => g.concat(a.all, a.number(0, "axis")),
  stack: (g, a) => {
    const axis = a.number(0, "axis");
    const rank = a.output.length;
    const at = axis < 0 ? axis + rank : axis;
    return g.concat(
      a.all.map((it) => g.expand(it, at)),
      at,
    );
  },
  broadcast_to: (g, a) => g.broadcastTo(a.x, a.output),
  zeros_like: (g, a) => g.broadcastTo(g.constant(0, a.x.dtype), a.output),
  ones_like: (g, a) => g.broadcastTo(g.constant(1, a.x.dtype), a.output),
  where: (g, a) => {
    const [condition, yes, no] = a.all;
    return condition === undefined || yes === undefined || no === undefined
      ? refuse("where needs three tensors to be lowered")
      : g.where(g.cast(condition, "bool"), yes, no);
  },
  softmax: along("Softmax"),
  log_softmax: along("LogSoftmax"),
  leaky_relu: (g, a) =>
    g.unary("LeakyRelu", g.float(a.x), { alpha: { float: a.number(0.2, "negative_slope", "alpha") } }),
  relu: (g, a) => (a.number(0, "negative_slope") === 0 ? g.activation(a.x, "relu") : refuse("a leaky relu")),
  gelu: (g, a) =>
    a.value("approximate")?.kind === "bool" && a.flag("approximate")
      ? g.node("Gelu", [g.float(a.x)], { approximate: "tanh" })
      : g.activation(a.x, "gelu"),
  ...Object.fromEntries(
    "sigmoid tanh relu6 elu selu silu softplus softsign log_sigmoid hard_sigmoid hard_silu mish exponential"
      .split(" ")
      .map((name) => [name, activation(name)]),
  ),
  GetItem: (g, a) => indexedTensor(g, a.x, a.value("index"), a.output),
};

/** What an operation on tensors becomes; refused by its name where there is no rule. */
export function lowerOperation(g: Builder, step: OperationStep, find: Find): readonly Tensor[] {
  const rule = RULES[operationName(step.name)];
  if (rule === undefined) return refuse(`${step.name} is not lowered yet`);
  if (step.outputs.length !== 1) return refuse(`${step.name} of several results is not lowered yet`);
  return [rule(g, new Arguments(g, step, find), step)];
}
