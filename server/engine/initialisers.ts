import type { Initializer, Tensor } from "../../core/index.ts";
import { Random } from "./random.ts";
import { elements, type Numbers, numbersFor } from "./tensors.ts";

/** Weights before any training. Formulas: keras.src.initializers.random_initializers and constant_initializers. */

export function initialised(weight: Tensor & { readonly initializer: Initializer }, seed: number): Numbers {
  const values = numbersFor(weight.dtype, elements(weight));
  if (!(values instanceof Float32Array)) return values;
  const { name, args, values: stated } = weight.initializer;
  if (stated?.length === values.length) {
    values.set(stated);
    return values;
  }
  const fill = FILLS[name] ?? FILLS["glorot_uniform"];
  fill?.(values, { random: new Random(seed, weight.name), shape: weight.shape, args });
  return values;
}

interface Situation {
  readonly random: Random;
  readonly shape: readonly number[];
  readonly args: Initializer["args"];
}
type Fill = (into: Float32Array, at: Situation) => void;

const numberIn = (args: Initializer["args"], name: string, otherwise: number): number => {
  const value = args[name];
  return typeof value === "number" ? value : otherwise;
};
const each = (into: Float32Array, next: () => number): void => {
  for (let i = 0; i < into.length; i++) into[i] = next();
};

/** How many numbers enter and leave one output: `compute_fans` in keras.src.initializers.random_initializers. */
export function fans(shape: readonly number[]): readonly [number, number] {
  const [a = 1, b = 1] = shape;
  if (shape.length < 1) return [1, 1];
  if (shape.length === 1) return [a, a];
  if (shape.length === 2) return [a, b];
  const field = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  return [field * (shape.at(-2) ?? 1), field * (shape.at(-1) ?? 1)];
}

/** What a normal distribution cut off at 2 deviations keeps of its deviation. */
const KEPT = 0.87962566103423978;

function scaled(scale: number, mode: string, distribution: string): Fill {
  return (into, { random, shape }) => {
    const [input, output] = fans(shape);
    const fan = mode === "fan_in" ? input : mode === "fan_out" ? output : (input + output) / 2;
    const variance = scale / Math.max(1, fan);
    if (distribution === "uniform") {
      const limit = Math.sqrt(3 * variance);
      each(into, () => random.uniform(-limit, limit));
    } else if (distribution === "untruncated_normal") each(into, () => random.normal() * Math.sqrt(variance));
    else each(into, () => (random.truncated() * Math.sqrt(variance)) / KEPT);
  };
}

/** Above it an orthogonal matrix takes seconds, and normal numbers of the same length are all but orthogonal. */
const MOST_ORTHOGONAL = 768;

/** Rows, or columns where there are fewer, are of length 1 and at right angles to each other (Gram–Schmidt). */
const orthogonal: Fill = (into, { random, shape, args }) => {
  const columns = shape.at(-1) ?? 1;
  const rows = into.length / columns;
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const gain = numberIn(args, "gain", 1);
  const vectors: Float32Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float32Array.from({ length }, () => random.normal());
    if (count <= MOST_ORTHOGONAL) for (const other of vectors) subtract(vector, other, dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector)) || 1;
    for (let j = 0; j < length; j++) vector[j] = (vector[j] ?? 0) / norm;
    vectors.push(vector);
  }
  for (const [i, vector] of vectors.entries()) {
    for (let j = 0; j < length; j++) into[rows > columns ? j * columns + i : i * columns + j] = (vector[j] ?? 0) * gain;
  }
};
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
function subtract(from: Float32Array, other: Float32Array, times: number): void {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0) - times * (other[i] ?? 0);
}

const FILLS: Readonly<Record<string, Fill>> = {
  zeros: (into) => into.fill(0),
  ones: (into) => into.fill(1),
  constant: (into, { args }) => into.fill(numberIn(args, "value", 0)),
  identity: (into, { shape, args }) => {
    const [rows = 1, columns = 1] = shape;
    for (let i = 0; i < Math.min(rows, columns); i++) into[i * columns + i] = numberIn(args, "gain", 1);
  },
  random_normal: (into, { random, args }) => {
    const [mean, deviation] = [numberIn(args, "mean", 0), numberIn(args, "stddev", 0.05)];
    each(into, () => mean + deviation * random.normal());
  },
  truncated_normal: (into, { random, args }) => {
    const [mean, deviation] = [numberIn(args, "mean", 0), numberIn(args, "stddev", 0.05)];
    each(into, () => mean + deviation * random.truncated());
  },
  random_uniform: (into, { random, args }) => {
    const [low, high] = [numberIn(args, "minval", -0.05), numberIn(args, "maxval", 0.05)];
    each(into, () => random.uniform(low, high));
  },
  variance_scaling: (into, at) => {
    const { mode = "fan_in", distribution = "truncated_normal" } = at.args;
    scaled(numberIn(at.args, "scale", 1), String(mode), String(distribution))(into, at);
  },
  glorot_uniform: scaled(1, "fan_avg", "uniform"),
  glorot_normal: scaled(1, "fan_avg", "truncated_normal"),
  he_uniform: scaled(2, "fan_in", "uniform"),
  he_normal: scaled(2, "fan_in", "truncated_normal"),
  lecun_uniform: scaled(1, "fan_in", "uniform"),
  lecun_normal: scaled(1, "fan_in", "truncated_normal"),
  orthogonal,
  /** An LSTM's bias: of the gates i f c o, f begins open. */
  unit_forget_bias: (into) => into.fill(1, into.length / 4, into.length / 2),
};
