/** Attention in ONNX's operators. Sources: keras.src.layers.attention. */
import { type Builder, masked, needed, refuse, size, type Tensor } from "../../../../lowering/builder.ts";
import type { Dim } from "../../../../tensor/dim.ts";
import type { LoweringSite, WeightTensors } from "../../define.ts";
import { repeated } from "./resampling.ts";

/** Which keys each query sees, by their positions: a bool of (queries, keys). */
function ordered(g: Builder, queries: number, keys: number, sees: (query: number, key: number) => boolean): Tensor {
  const seen = Array.from({ length: queries * keys }, (_, i) => Number(sees(Math.floor(i / keys), i % keys)));
  return g.constant(seen, "bool", [queries, keys]);
}
/** Position i sees the positions up to i. */
const causal = (g: Builder, queries: number, keys: number): Tensor =>
  ordered(g, queries, keys, (query, key) => key <= query);
/** Position i sees those that are less than `width` away, on both sides. */
const near = (g: Builder, queries: number, keys: number, width: number): Tensor =>
  ordered(g, queries, keys, (query, key) => Math.abs(query - key) < width);
const both = (g: Builder, a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined =>
  a && b ? g.binary("And", a, b, "bool") : (a ?? b);
const wide = (g: Builder, mask: Tensor | undefined, axis: number): Tensor | undefined => mask && g.expand(mask, axis);

interface Scored {
  readonly "call.return_attention_scores": boolean;
  readonly "call.use_causal_mask": boolean;
}
type Score = (g: Builder, query: Tensor, key: Tensor) => Tensor;

/** Every query beside every key, added: (…, queries, keys, features). */
export const added: Score = (g, query, key) =>
  g.add(g.expand(query, query.shape.length - 1), g.expand(key, key.shape.length - 2));

/** The last two axes the other way round. */
export function turned(g: Builder, x: Tensor): Tensor {
  const last = x.shape.length - 1;
  return g.transpose(x, ...Array.from({ length: last - 1 }, (_, i) => i), last, last - 1);
}

/** Attention and AdditiveAttention: softmax(scores) · value. A masked value scores 10⁹ less, a masked query gives 0. */
export function attending(g: Builder, a: Scored, site: LoweringSite, score: Score) {
  const [query, value, key = value, surplus] = site.inputs.map((it) => g.float(it));
  if (query === undefined || value === undefined || key === undefined || surplus !== undefined)
    return refuse("it takes a query, a value and perhaps a key");
  const [queryMask, valueMask] = site.masks;
  if ((queryMask ?? valueMask) && query.shape.length !== 3) return refuse("masks of more axes are not lowered");
  const scores = score(g, query, key);
  const order = a["call.use_causal_mask"] ? causal(g, scores.shape.at(-2) ?? 1, scores.shape.at(-1) ?? 1) : undefined;
  const seen = both(g, wide(g, valueMask, 1), order);
  const bias = seen && g.multiply(g.subtract(g.cast(seen, "float32"), 1), 1e9);
  const weights = g.node("Softmax", [g.add(scores, bias)], { axis: scores.shape.length - 1 });
  const y = g.matmul(weights, value);
  const kept = queryMask ? g.multiply(y, g.cast(g.expand(queryMask, 2), "float32")) : y;
  const output = masked(kept, queryMask);
  return a["call.return_attention_scores"] ? [output, weights] : output;
}

/** The last axis to (heads, size): kernel [features, heads, size], bias [heads, size]. */
function projected(g: Builder, x: Tensor, name: string, w: WeightTensors): Tensor {
  const kernel = needed(w[`${name}/kernel`], "a kernel");
  const bias = w[`${name}/bias`];
  const [features = 1, ...out] = kernel.shape;
  const flat = out.reduce((a, b) => a * b, 1);
  const y = g.matmul(x, g.reshape(kernel, [features, flat]));
  return g.add(g.reshape(y, [...x.shape.slice(0, -1), ...out]), bias);
}
/** The heads back to the output's axes: kernel [heads, size, …output]. */
function gathered(g: Builder, x: Tensor, w: WeightTensors): Tensor {
  const kernel = needed(w["attention_output/kernel"], "a kernel");
  const [heads = 1, width = 1, ...out] = kernel.shape;
  const before = x.shape.slice(0, -2);
  const flat = out.reduce((a, b) => a * b, 1);
  const y = g.matmul(g.reshape(x, [...before, heads * width]), g.reshape(kernel, [heads * width, flat]));
  return g.add(g.reshape(y, [...before, ...out]), w["attention_output/bias"]);
}

interface Headed {
  /** Which axes attend to each other; null for all between the batch and the last. */
  readonly axes: readonly number[] | null;
  readonly key_dim: Dim;
  readonly use_gate: boolean;
  readonly sliding_window: Dim | null;
  readonly dropout: number | undefined;
  readonly "call.return_attention_scores": boolean;
  readonly "call.use_causal_mask": boolean;
}

/** (batch axes, attending axes) of a tensor of this rank, the features left out. */
function parted(rank: number, axes: readonly number[] | null): readonly [readonly number[], readonly number[]] {
  const all = Array.from({ length: rank - 1 }, (_, i) => i);
  const attending = axes?.map((axis) => (axis < 0 ? axis + rank : axis)) ?? all.slice(1);
  if (attending.some((axis) => axis < 1 || axis > rank - 2)) refuse("its attention_axes are not behind the batch");
  return [all.filter((axis) => !attending.includes(axis)), attending];
}

export function headed(g: Builder, a: Headed, site: LoweringSite, w: WeightTensors): readonly Tensor[] {
  const [query, value, key = value] = site.inputs.map((it) => g.float(it));
  if (query === undefined || value === undefined || key === undefined) return refuse("it takes a query and a value");
  const rank = query.shape.length;
  const [apart, attending] = parted(rank, a.axes);
  // (…apart, heads, positions, features)
  const brought = (x: Tensor) => {
    const sizesOf = (axes: readonly number[]) => axes.map((axis) => x.shape[axis] ?? 1);
    const positions = sizesOf(attending).reduce((m, n) => m * n, 1);
    const turned = g.transpose(x, ...apart, rank - 1, ...attending, rank);
    return g.reshape(turned, [...sizesOf([...apart, rank - 1]), positions, x.shape[rank] ?? 1]);
  };
  const q = brought(projected(g, query, "query", w));
  const heads = q.shape.at(-3) ?? 1;
  const shared = (x: Tensor) => repeated(g, x, x.shape.length - 3, heads / (x.shape.at(-3) ?? heads));
  const k = shared(brought(projected(g, key, "key", w)));
  const v = shared(brought(projected(g, value, "value", w)));
  const scores = g.matmul(g.divide(q, Math.sqrt(size(a.key_dim))), turned(g, k));
  const weights = weighed(g, a, scores, site, rank);
  const y = g.matmul(weights, v);
  const open = g.reshape(y, [
    ...y.shape.slice(0, -2),
    ...attending.map((axis) => query.shape[axis] ?? 1),
    y.shape.at(-1) ?? 1,
  ]);
  const order = [...apart, rank - 1, ...attending, rank];
  const back = g.transpose(open, ...order.map((_, axis) => order.indexOf(axis)));
  const gate = a.use_gate ? g.unary("Sigmoid", projected(g, query, "gate", w)) : undefined;
  const output = masked(gathered(g, g.multiply(back, gate), w), site.masks[0]);
  if (!a["call.return_attention_scores"]) return [output];
  const each = [query, value].flatMap((x) => attending.map((axis) => x.shape[axis] ?? 1));
  return [output, g.reshape(weights, [...weights.shape.slice(0, -2), ...each])];
}

/** A mask of (batch, heads, queries, keys): axes that it has not are put before its last two. */
const forHeads = (g: Builder, mask: Tensor): Tensor =>
  mask.shape.length < 4 ? forHeads(g, g.expand(mask, mask.shape.length - 2)) : g.cast(mask, "bool");

/**
 * Softmax over what may be seen. Where a query sees nothing, Keras's fused kernel spreads its attention evenly, and its
 * other way, which dropout and the asking for scores take, gives 0.
 */
function weighed(g: Builder, a: Headed, scores: Tensor, site: LoweringSite, rank: number): Tensor {
  const { masks } = site;
  const axis = scores.shape.length - 1;
  const [queries = 1, keys = 1] = scores.shape.slice(-2);
  const [query, value, key] = masks;
  const told = site.argument("attention_mask");
  const isMasked = told !== undefined || masks.some((mask) => mask !== undefined);
  const { sliding_window: width, "call.use_causal_mask": isCausal } = a;
  if ((isMasked || isCausal || width !== null) && (rank !== 3 || a.axes !== null))
    return refuse("masks of more axes are not lowered");
  const given = both(g, wide(g, query, 2), both(g, wide(g, value, 1), wide(g, key, 1)));
  const order = both(
    g,
    isCausal ? causal(g, queries, keys) : undefined,
    width === null ? undefined : near(g, queries, keys, size(width)),
  );
  const seen = both(g, both(g, given && g.expand(given, 1), told && forHeads(g, told)), order);
  if (seen === undefined) return g.node("Softmax", [scores], { axis });
  const weights = g.node("Softmax", [g.where(seen, scores, g.constant(-1e30))], { axis });
  const isFused = a.dropout === 0 && !a["call.return_attention_scores"];
  return isFused ? weights : g.multiply(weights, g.cast(seen, "float32"));
}
