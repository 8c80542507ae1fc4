/** Keras's activations in ONNX's operators. Formulas: keras.src.activations. */
import type { Builder } from "./builder.ts";
import type { Tensor } from "./graph.ts";
import { refuse } from "./refusal.ts";

type Rule = (g: Builder, x: Tensor) => Tensor;
const one =
  (op: string, attributes: Readonly<Record<string, { readonly float: number }>> = {}): Rule =>
  (g, x) =>
    g.unary(op, x, attributes);
/** min(max(x, low), high) */
const clipped = (g: Builder, x: Tensor, low: number, high: number): Tensor => g.minimum(g.maximum(x, low), high);
const last = (op: string): Rule => {
  return (g, x) => g.node(op, [x], { axis: x.shape.length - 1 });
};
const sigmoid = one("Sigmoid");
const silu: Rule = (g, x) => g.multiply(x, sigmoid(g, x));
/** ReLU6(x + 3) / 6 */
const sixth: Rule = (g, x) => g.divide(clipped(g, g.add(x, 3), 0, 6), 6);
/** As a line between 0 and 1: `slope` · x + 0.5. Keras 3 made it flatter. */
export const HARD_SIGMOID_SLOPE = { 2: 0.2, 3: 1 / 6 } as const;
const hardSigmoid: Rule = (g, x) =>
  g.keras === 3 ? sixth(g, x) : clipped(g, g.add(g.multiply(x, HARD_SIGMOID_SLOPE[2]), 0.5), 0, 1);
const hardSilu: Rule = (g, x) => g.multiply(x, sixth(g, x));
const softplus = one("Softplus");
/** log(1 + exp(x)) overflows nowhere in this form. */
const logSigmoid: Rule = (g, x) => g.unary("Neg", softplus(g, g.unary("Neg", x)));
/** Where |x| ≤ 0.5 it is 0; beyond it, x itself (hard), or moved by 0.5 towards 0 (soft). */
const shrunk = (soft: boolean): Rule => {
  return (g, x) => {
    const beyond = g.binary("Greater", g.unary("Abs", x), 0.5, "bool");
    const moved = soft ? g.subtract(x, g.multiply(g.unary("Sign", x), 0.5)) : x;
    return g.multiply(g.cast(beyond, "float32"), moved);
  };
};

/** `keras.ops.gelu`: by tanh, unless it is told otherwise; the activation `gelu` is exact. */
export const APPROXIMATE_GELU = "keras.ops>gelu";

const RULES = {
  relu: one("Relu"),
  relu6: (g, x) => clipped(g, x, 0, 6),
  leaky_relu: one("LeakyRelu", { alpha: { float: 0.2 } }),
  elu: one("Elu", { alpha: { float: 1 } }),
  selu: one("Selu", { alpha: { float: 1.6732632423543772 }, gamma: { float: 1.0507009873554805 } }),
  celu: one("Celu", { alpha: { float: 1 } }),
  sigmoid,
  tanh: one("Tanh"),
  softmax: last("Softmax"),
  log_softmax: last("LogSoftmax"),
  softplus,
  softsign: one("Softsign"),
  exponential: one("Exp"),
  gelu: (g, x) => {
    const erf = g.unary("Erf", g.multiply(x, Math.SQRT1_2));
    return g.multiply(g.multiply(x, g.add(erf, 1)), 0.5);
  },
  [APPROXIMATE_GELU]: (g, x) => g.node("Gelu", [x], { approximate: "tanh" }),
  silu,
  swish: silu,
  mish: one("Mish"),
  hard_sigmoid: hardSigmoid,
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: (g, x) => clipped(g, x, -1, 1),
  tanh_shrink: (g, x) => g.subtract(x, g.unary("Tanh", x)),
  hard_shrink: shrunk(false),
  soft_shrink: shrunk(true),
  squareplus: (g, x) => g.divide(g.add(x, g.unary("Sqrt", g.add(g.multiply(x, x), 4))), 2),
  log_sigmoid: logSigmoid,
  sparse_plus: (g, x) => {
    const middle = g.multiply(g.multiply(g.add(x, 1), g.add(x, 1)), 0.25);
    const inner = g.where(g.binary("Less", x, 1, "bool"), middle, x);
    return g.multiply(g.cast(g.binary("Greater", x, -1, "bool"), "float32"), inner);
  },
  sparse_sigmoid: (g, x) => clipped(g, g.multiply(g.add(x, 1), 0.5), 0, 1),
  glu: (g, x) => {
    const half = (x.shape.at(-1) ?? 0) / 2;
    const [a, b] = g.split(x, -1, [half, half]);
    return a === undefined || b === undefined ? refuse("glu halves an even axis") : g.multiply(a, sigmoid(g, b));
  },
  linear: (_, x) => x,
} satisfies Readonly<Record<string, Rule>>;
export type Activation = keyof typeof RULES;

/** ONNX Runtime's Relu and its like take floats alone: whole numbers are clipped instead. */
export function activated(g: Builder, x: Tensor, name: string | null | undefined): Tensor {
  if (name === null || name === "linear") return x;
  if (name === undefined) return refuse("its activation is not one of Keras's names");
  if (name === "relu" && x.dtype !== "float32") return g.maximum(x, 0);
  const rule = (RULES as Readonly<Record<string, Rule>>)[name];
  return rule === undefined ? refuse(`the activation ${name} is not lowered yet`) : rule(g, g.float(x));
}
