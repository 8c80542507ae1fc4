import { type Attributes, type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { type Arguments, type Rule, type Rules, table } from "./arguments.ts";

/** Tensors out of nothing: of one number, of numbers in a row, drawn ones. */

const filled =
  (value: (a: Arguments) => number): Rule =>
  (g, a) =>
    g.broadcastTo(g.constant(value(a), a.element), a.output);
/** 1 where the column is `k` behind the row, or no further. */
const unit =
  (isIn: (off: number, k: number) => boolean): Rule =>
  (g, a) => {
    const columns = a.output.at(-1) ?? 1;
    const rows = a.output.at(-2) ?? 1;
    const k = a.number(0, "k");
    const at = (i: number): number => (isIn((i % columns) - Math.floor(i / columns), k) ? 1 : 0);
    return g.broadcastTo(table(g, [rows, columns], at, a.element), a.output);
  };

const drawn = (g: Builder, op: string, attributes: Attributes, a: Arguments): Tensor =>
  g.node(op, [], { ...attributes, shape: a.output }, { shape: a.output });
const normal: Rule = (g, a) => drawn(g, "RandomNormal", a.random("mean", 0, "scale", "stddev"), a);
const uniform: Rule = (g, a) => drawn(g, "RandomUniform", a.random("minval", 0, "high", "maxval"), a);
/** What is not dropped is made larger by as much. */
const dropped: Rule = (g, a) => {
  const rate = a.number(0, "rate", "level");
  if (a.has("noise_shape")) return refuse("dropout with a noise shape is not lowered");
  const attributes = { low: { float: 0 }, high: { float: 1 }, ...a.seeded };
  const kept = g.float(g.binary("GreaterOrEqual", drawn(g, "RandomUniform", attributes, a), rate, "bool"));
  return g.divide(g.multiply(a.floats, kept), 1 - rate);
};

export const CREATION: Rules = {
  zeros: filled(() => 0),
  ones: filled(() => 1),
  empty: filled(() => 0),
  full: filled((a) => a.number(0, "fill_value", "value")),
  zeros_like: filled(() => 0),
  ones_like: filled(() => 1),
  empty_like: filled(() => 0),
  full_like: filled((a) => a.number(0, "fill_value")),
  constant: (g, a) => g.broadcastTo(a.tensor("value", "x", "object", "initial_value", "a"), a.output),
  eye: unit((off, k) => off === k),
  tri: unit((off, k) => off <= k),
  arange: (g, a) => {
    const [first, stop, step] = [a.number(0, "start"), a.value("stop", "limit"), a.number(1, "step", "delta")];
    const from = stop === undefined || stop.kind === "none" ? 0 : first;
    return table(g, a.output, (i) => from + i * step, a.element);
  },
  linspace: (g, a) => {
    const ends = [a.tensor("start"), a.tensor("stop")].map((it) => g.float(it));
    const [from, to] = ends;
    if (from === undefined || to === undefined || ends.some((it) => it.shape.length > 0))
      return refuse("linspace between arrays is not lowered");
    const [n = 1] = a.output;
    const value = a.value("endpoint");
    const steps = value?.kind === "bool" && !value.value ? n : n - 1;
    const shares = table(g, a.output, (i) => (steps === 0 ? 0 : i / steps), "float32");
    return g.add(from, g.multiply(shares, g.subtract(to, from)));
  },
  normal,
  uniform,
  truncated_normal: (g, a) => {
    const [mean, deviation] = [a.number(0, "mean"), a.number(1, "stddev")];
    const values = normal(g, a) as Tensor;
    return g.minimum(g.maximum(values, mean - 2 * deviation), mean + 2 * deviation);
  },
  randint: (g, a) => g.unary("Floor", uniform(g, a) as Tensor),
  dropout: dropped,
};
