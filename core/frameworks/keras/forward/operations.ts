import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Step } from "../../../interpreter/trace.ts";
import { numberOf, type TensorValue, type Value } from "../../../interpreter/values.ts";
import { APPROXIMATE_GELU } from "../../../lowering/activations.ts";
import { type Attributes, type Builder, masked, refuse, type Tensor } from "../../../lowering/builder.ts";
import { type ElementType, elementType } from "../../../lowering/graph.ts";
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
  "!=": "not_equal",
  "==": "equal",
  "<": "less",
  "<=": "less_equal",
  ">": "greater",
  ">=": "greater_equal",
  "&": "logical_and",
  "|": "logical_or",
  "~": "logical_not",
  range: "arange",
  gather: "take",
  reduce_any: "any",
  reduce_all: "all",
  reduce_std: "std",
  reduce_variance: "var",
  reduce_logsumexp: "logsumexp",
};

/** The arguments of one operation, by any of the names that libraries give them. */
class Arguments {
  private readonly step: OperationStep;
  private readonly find: Find;
  private readonly g: Builder;
  private readonly m: Machine;
  constructor(m: Machine, g: Builder, step: OperationStep, find: Find) {
    this.m = m;
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
    return first === undefined ? refuse(`what ${this.step.name} is called on is not known`) : this.find(first);
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
    const list = value.kind === "tuple" || value.kind === "list" ? iterate(this.m, value).items : [value];
    return list.map((it) => {
      const axis = numberOf(it) ?? refuse(`its ${names[0]} is not known`);
      return axis < 0 ? axis + rank : axis;
    });
  }
  get output(): readonly number[] {
    const shape = this.step.outputs[0]?.shape;
    if (shape === undefined || !hasRank(shape)) return refuse(`what ${this.step.name} yields is not known`);
    return shape.dims.map((dim) => (typeof dim === "number" ? dim : refuse("a size of its output is not known")));
  }
  /** The output's element type. */
  get element(): ElementType {
    const dtype = this.step.outputs[0]?.dtype;
    return (dtype && elementType(dtype)) ?? refuse(`the dtype that ${this.step.name} yields is not known`);
  }
  /** Of a random tensor: the same numbers wherever this one is read. */
  random(from: string, otherwise: number, attribute: "scale" | "high", to: string): Attributes {
    const [a, b] = [this.number(otherwise, from), this.number(1, to)];
    return {
      [attribute === "scale" ? "mean" : "low"]: { float: a },
      [attribute]: { float: b },
      seed: { float: (this.step.outputs[0]?.id ?? 0) % 1e6 },
      shape: this.output,
    };
  }
  typed(x: Tensor): Tensor {
    return this.g.cast(x, this.element);
  }
}

type Rule = (g: Builder, a: Arguments) => Tensor;
const LEFT = ["x1", "x", "a"];
const RIGHT = ["x2", "y", "b"];

const binary =
  (op: string, yields?: "bool"): Rule =>
  (g, a) =>
    g.binary(op, a.operand(...LEFT), a.operand(...RIGHT), yields);
const logical =
  (op: string): Rule =>
  (g, a) =>
    g.node(
      op,
      a.all.map((it) => g.cast(it, "bool")),
      {},
      { shape: a.output, dtype: "bool" },
    );
const filled =
  (value: (a: Arguments) => number): Rule =>
  (g, a) =>
    g.broadcastTo(g.constant(value(a), a.element), a.output);
/** Whether any, or all, of bools are true: the largest, or the smallest, of 0 and 1. */
const decided =
  (op: "ReduceMax" | "ReduceMin"): Rule =>
  (g, a) => {
    const x = g.cast(g.cast(a.x, "bool"), "int32");
    const axes = a.axes(x.shape.length, "axis") ?? x.shape.map((_, i) => i);
    return g.cast(g.reduce(op, x, axes, a.flag("keepdims")), "bool");
  };
const best =
  (op: "ArgMax" | "ArgMin"): Rule =>
  (g, a) => {
    const x = g.float(a.x);
    const [axis = 0] = a.axes(x.shape.length, "axis") ?? refuse(`${op} over all axes is not lowered yet`);
    const keepdims = a.flag("keepdims") ? 1 : 0;
    return a.typed(g.node(op, [x], { axis, keepdims }, { shape: a.output, dtype: "int64" }));
  };
/** Mean of the squared distances from the mean. */
function variance(g: Builder, a: Arguments): Tensor {
  const x = g.float(a.x);
  const axes = a.axes(x.shape.length, "axis") ?? x.shape.map((_, i) => i);
  const off = g.subtract(x, g.reduce("ReduceMean", x, axes, true));
  return g.reduce("ReduceMean", g.multiply(off, off), axes, a.flag("keepdims"));
}
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
  // Of one operand it is the sign.
  subtract: (g, a) => (a.value(...RIGHT) === undefined ? g.unary("Neg", a.x) : binary("Sub")(g, a)),
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
  not_equal: (g, a) => g.unary("Not", g.binary("Equal", a.operand(...LEFT), a.operand(...RIGHT), "bool")),
  logical_and: logical("And"),
  logical_or: logical("Or"),
  logical_not: logical("Not"),
  any: decided("ReduceMax"),
  all: decided("ReduceMin"),
  argmax: best("ArgMax"),
  argmin: best("ArgMin"),
  var: variance,
  std: (g, a) => g.unary("Sqrt", variance(g, a)),
  logsumexp: reduced("ReduceLogSumExp"),
  cumsum: (g, a) => {
    const { x } = a;
    const [axis = 0] = a.axes(x.shape.length, "axis") ?? refuse("cumsum over all axes is not lowered yet");
    return g.node("CumSum", [x, g.constant(axis, "int64")]);
  },
  take: (g, a) => {
    const [x, indices] = a.all;
    if (x === undefined || indices === undefined) return refuse("take of plain numbers is not lowered yet");
    const [axis = 0] = a.axes(x.shape.length, "axis") ?? [0];
    return g.gather(x, g.cast(indices, "int64"), axis);
  },
  one_hot: (g, a) => {
    const { x, output } = a;
    const depth = output.at(-1) ?? refuse("how many classes there are is not known");
    if (a.number(-1, "axis") !== -1) return refuse("one_hot along another axis is not lowered yet");
    const range = g.constant(
      Array.from({ length: depth }, (_, i) => i),
      "int64",
    );
    return a.typed(g.binary("Equal", g.expand(g.cast(x, "int64"), x.shape.length), range, "bool"));
  },
  l2_normalize: (g, a) => {
    const x = g.float(a.x);
    const axes = a.axes(x.shape.length, "axis") ?? x.shape.map((_, i) => i);
    const sum = g.reduce("ReduceSumSquare", x, axes, true);
    return g.divide(x, g.unary("Sqrt", g.maximum(sum, a.number(1e-12, "epsilon"))));
  },
  arange: (g, a) => {
    const [first, stop, step] = [a.number(0, "start"), a.value("stop", "limit"), a.number(1, "step", "delta")];
    const from = stop === undefined || stop.kind === "none" ? 0 : first;
    const [count = 0] = a.output;
    return g.constant(
      Array.from({ length: count }, (_, i) => from + i * step),
      a.element,
    );
  },
  normal: (g, a) => g.node("RandomNormal", [], a.random("mean", 0, "scale", "stddev"), { shape: a.output }),
  uniform: (g, a) => g.node("RandomUniform", [], a.random("minval", 0, "high", "maxval"), { shape: a.output }),
  zeros: filled(() => 0),
  ones: filled(() => 1),
  full: filled((a) => a.number(0, "fill_value")),
  fill: filled((a) => a.number(0, "value")),
  tile: (g, a) => {
    const { x, output } = a;
    const shape = [...Array<number>(output.length - x.shape.length).fill(1), ...x.shape];
    return g.tile(
      g.reshape(x, shape),
      output.map((n, i) => n / (shape[i] ?? 1)),
    );
  },
  flip: (g, a) => {
    const { x } = a;
    return (a.axes(x.shape.length, "axis") ?? x.shape.map((_, i) => i)).reduce((y, axis) => g.reverse(y, axis), x);
  },
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
  gelu: (g, a) => g.activation(a.x, a.flag("approximate") ? APPROXIMATE_GELU : "gelu"),
  ...Object.fromEntries(
    "sigmoid tanh relu6 elu selu silu softplus softsign log_sigmoid hard_sigmoid hard_silu mish exponential"
      .split(" ")
      .map((name) => [name, activation(name)]),
  ),
  GetItem: (g, a) => indexedTensor(g, a.x, a.value("index"), a.output),
};

/** What an operation on tensors becomes; refused by its name where there is no rule. */
export function lowerOperation(m: Machine, g: Builder, step: OperationStep, find: Find): readonly Tensor[] {
  const rule = RULES[operationName(step.name)];
  if (rule === undefined) return refuse(`${step.name} is not lowered yet`);
  if (step.outputs.length !== 1) return refuse(`${step.name} of several results is not lowered yet`);
  // Masks go through layers alone.
  return [masked(rule(g, new Arguments(m, g, step, find)), undefined)];
}
