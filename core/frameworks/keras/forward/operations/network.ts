import { type Builder, type DataFormat, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { Shape } from "../../../../tensor/shape.ts";
import { convolved, depthwise, pooled, pooledTo, separated, spread } from "../../layers/families/windows.ts";
import { type Arguments, type Rule, type Rules, table } from "./arguments.ts";
import { swappedLast } from "./shaping.ts";

/** Networks' own functions: windows that slide, normalisations, losses. */

const format = (a: Arguments): DataFormat => (a.channelsFirst ? "channels_first" : "channels_last");
/** One number for each spatial axis; TensorFlow may count the batch and the channels too. */
function perAxis(a: Arguments, rank: number, otherwise: readonly number[], ...names: readonly string[]) {
  const list = a.numbers(...names);
  if (list === undefined) return otherwise;
  if (list.length === 1) return Array<number>(rank).fill(list[0] ?? 1);
  if (list.length === rank + 2) return a.channelsFirst ? list.slice(2) : list.slice(1, -1);
  return list;
}
const ones = (rank: number): readonly number[] => Array<number>(rank).fill(1);

function windowOf(a: Arguments, kernel: readonly number[]) {
  const rank = kernel.length;
  const padding = a.text("valid", "padding").toLowerCase();
  if (padding !== "valid" && padding !== "same") return refuse(`${a.name} with the padding ${padding} is not lowered`);
  return {
    kernel_size: new Shape(kernel),
    strides: new Shape(perAxis(a, rank, ones(rank), "strides", "stride")),
    dilation_rate: new Shape(perAxis(a, rank, ones(rank), "dilation_rate", "dilations")),
    padding: padding as "valid" | "same",
    data_format: format(a),
    activation: null,
  };
}
const inputOf = (a: Arguments): Tensor => a.tensor("inputs", "input", "x", "value");
const channelsOf = (a: Arguments, x: Tensor): number => x.shape[a.channelsFirst ? 1 : x.shape.length - 1] ?? 1;

const convolution: Rule = (g, a) => {
  const [x, kernel] = [inputOf(a), g.float(a.tensor("kernel", "filters"))];
  const groups = channelsOf(a, x) / (kernel.shape.at(-2) ?? 1);
  return convolved(g, windowOf(a, kernel.shape.slice(0, -2)), x, { kernel }, groups);
};
const pooling =
  (kind: "Max" | "Average"): Rule =>
  (g, a) => {
    const x = inputOf(a);
    const rank = x.shape.length - 2;
    const size = perAxis(a, rank, ones(rank), "pool_size", "ksize");
    // Keras's steps are as long as the window unless said.
    const strides = new Shape(perAxis(a, rank, size, "strides"));
    return pooled(g, kind, { ...windowOf(a, size), strides }, x);
  };
const adaptive =
  (kind: "Max" | "Average"): Rule =>
  (g, a) => {
    const x = inputOf(a);
    return pooledTo(g, kind, x, format(a), perAxis(a, x.shape.length - 2, [], "output_size"));
  };
/** Blocks of the image become channels, or the other way; within a block row by row, then channels. */
const blocks =
  (opens: boolean): Rule =>
  (g, a) => {
    const [x, n] = [a.floats, a.number(1, "block_size")];
    return g.channelsFirst(x, format(a), (it) => {
      const [batch = 1, channels = 1, rows = 1, columns = 1] = it.shape;
      if (opens) {
        const shape = [batch, channels / (n * n), rows * n, columns * n];
        return g.node("DepthToSpace", [it], { blocksize: n, mode: "DCR" }, { shape });
      }
      const cut = g.reshape(it, [batch, channels, rows / n, n, columns / n, n]);
      return g.reshape(g.transpose(cut, 0, 3, 5, 1, 2, 4), [batch, channels * n * n, rows / n, columns / n]);
    });
  };

/** One number for each channel, where they stand. */
function onAxis(g: Builder, value: Tensor | undefined, x: Tensor, axis: number): Tensor | undefined {
  if (value === undefined || value.shape.length !== 1) return value;
  return g.reshape(
    value,
    x.shape.map((_, i) => (i === axis ? (value.shape[0] ?? 1) : 1)),
  );
}
const biased: Rule = (g, a) => {
  const x = a.tensor("value", "x");
  const axis = a.channelsFirst ? 1 : x.shape.length - 1;
  return g.add(x, onAxis(g, a.tensor("bias"), x, axis));
};
const normalized: Rule = (g, a) => {
  const x = g.float(a.tensor("x"));
  const axis = a.axis(-1, x.shape.length, "axis");
  const [mean, variance, shift, scale] = [["mean"], ["variance", "var"], ["offset", "beta"], ["scale", "gamma"]].map(
    (names) => onAxis(g, a.optional(...names), x, axis),
  );
  const root = g.unary(
    "Sqrt",
    g.add(g.float(variance ?? g.constant(1)), a.number(1e-3, "epsilon", "variance_epsilon")),
  );
  return g.add(g.multiply(g.divide(g.subtract(x, mean ?? g.constant(0)), root), scale), shift);
};
const layerNormalized =
  (centred: boolean): Rule =>
  (g, a) => {
    const x = a.floats;
    const axes = a.axes(x.shape.length, "axis") ?? [x.shape.length - 1];
    const off = centred ? g.subtract(x, g.reduce("ReduceMean", x, axes, true)) : x;
    const spread = g.reduce("ReduceMean", g.multiply(off, off), axes, true);
    const y = g.divide(off, g.unary("Sqrt", g.add(spread, a.number(1e-7, "epsilon"))));
    return g.add(g.multiply(y, a.optional("gamma", "scale")), a.optional("beta"));
  };
const unit: Rule = (g, a) => {
  const x = a.floats;
  const order = a.number(2, "order");
  const axes = a.axes(x.shape.length, "axis") ?? [x.shape.length - 1];
  if (order !== 1 && order !== 2) return refuse(`a norm of order ${order} is not lowered`);
  const norm = g.reduce(order === 2 ? "ReduceL2" : "ReduceL1", x, axes, true);
  return g.divide(x, g.maximum(norm, a.number(1e-12, "epsilon")));
};

/** 0.7 of the largest float32, below 0. */
const UNSEEN = -0.7 * 3.4028234663852886e38;
/** (batch, steps, heads, size): softmax(q · k · scale + bias) · v */
function attended(g: Builder, a: Arguments): Tensor {
  if (a.has("attn_logits_soft_cap")) return refuse("attention with a cap is not lowered");
  const [q, k, v] = ["query", "key", "value"].map((name) => g.transpose(g.float(a.tensor(name)), 0, 2, 1, 3));
  if (q === undefined || k === undefined || v === undefined) return refuse("attention needs three tensors");
  const repeat = (q.shape[1] ?? 1) / (k.shape[1] ?? 1);
  if (repeat !== 1) return refuse("attention of grouped heads is not lowered");
  const scale = a.number(1 / Math.sqrt(q.shape.at(-1) ?? 1), "scale");
  const scores = g.add(g.multiply(g.matmul(q, swappedLast(g, k)), scale), a.optional("bias"));
  const [steps = 1, others = 1] = scores.shape.slice(2);
  const seen = [
    ...(a.has("mask") ? [g.cast(a.tensor("mask"), "bool")] : []),
    ...(a.flag("is_causal")
      ? [table(g, [1, 1, steps, others], (at) => Number(at % others <= Math.floor(at / others)), "bool")]
      : []),
  ];
  // Next to nothing is left of what is not seen; where that is all, everything counts alike.
  const left = seen.reduce((it, mask) => g.where(mask, it, g.constant(UNSEEN)), scores);
  const weights = g.node("Softmax", [left], { axis: 3 });
  return g.transpose(g.matmul(weights, v), 0, 2, 1, 3);
}

const softplus = (g: Builder, x: Tensor): Tensor => g.unary("Softplus", x);
/** max(x, 0) − x · z + log(1 + exp(−|x|)) */
const binaryLoss = (g: Builder, labels: Tensor, logits: Tensor): Tensor => {
  const rest = softplus(g, g.unary("Neg", g.unary("Abs", logits)));
  return g.add(g.subtract(g.unary("Relu", logits), g.multiply(logits, labels)), rest);
};

export const NETWORK: Rules = {
  conv: convolution,
  depthwise_conv: (g, a) => {
    const kernel = g.float(a.tensor("kernel", "filter"));
    return depthwise(g, windowOf(a, kernel.shape.slice(0, -2)), inputOf(a), { kernel });
  },
  separable_conv: (g, a) => {
    const [first, second] = [g.float(a.tensor("depthwise_kernel")), g.float(a.tensor("pointwise_kernel"))];
    const window = windowOf(a, first.shape.slice(0, -2));
    return separated(g, window, inputOf(a), { depthwise_kernel: first, pointwise_kernel: second });
  },
  conv_transpose: (g, a) => {
    const kernel = g.float(a.tensor("kernel", "filters"));
    return spread(g, windowOf(a, kernel.shape.slice(0, -2)), inputOf(a), { kernel }, a.output);
  },
  max_pool: pooling("Max"),
  average_pool: pooling("Average"),
  adaptive_max_pool: adaptive("Max"),
  adaptive_average_pool: adaptive("Average"),
  depth_to_space: blocks(true),
  space_to_depth: blocks(false),
  bias_add: biased,
  batch_normalization: normalized,
  layer_normalization: layerNormalized(true),
  rms_normalization: layerNormalized(false),
  normalize: unit,
  dot_product_attention: attended,
  local_response_normalization: (g, a) => {
    const [size, bias] = [2 * a.number(5, "depth_radius") + 1, a.number(1, "bias")];
    const how = { size, bias: { float: bias }, beta: { float: a.number(0.5, "beta") } };
    const alpha = { float: a.number(1, "alpha") * size };
    return g.channelsFirst(a.floats, "channels_last", (it) => g.node("LRN", [it], { ...how, alpha }));
  },
  sigmoid_cross_entropy_with_logits: (g, a) => binaryLoss(g, g.float(a.tensor("labels")), g.float(a.tensor("logits"))),
  softmax_cross_entropy_with_logits: (g, a) => {
    const logits = g.float(a.tensor("logits"));
    const axis = a.axis(-1, logits.shape.length, "axis");
    const logs = g.node("LogSoftmax", [logits], { axis });
    return g.unary("Neg", g.reduce("ReduceSum", g.multiply(logs, g.float(a.tensor("labels"))), [axis]));
  },
};
