import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import type { Arguments, Rule, Rules } from "./arguments.ts";

/** What lies at a part of the way through the elements in their order. */

/** The places that a share of the way falls between, and how far it is from the first to the second. */
const PLACES: Readonly<Record<string, (at: number) => readonly [low: number, high: number, share: number]>> = {
  linear: (at) => [Math.floor(at), Math.ceil(at), at - Math.floor(at)],
  lower: (at) => [Math.floor(at), Math.floor(at), 0],
  higher: (at) => [Math.ceil(at), Math.ceil(at), 0],
  midpoint: (at) => [Math.floor(at), Math.ceil(at), 0.5],
};

/** The elements along the axes, the smallest first, on a last axis of their own. */
function sorted(g: Builder, a: Arguments): Tensor {
  const x = a.floats;
  const axes = a.along(x, "axis");
  const rest = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const turned = g.transpose(x, ...rest, ...axes);
  const kept = rest.map((i) => x.shape[i] ?? 1);
  const n = axes.reduce((count, i) => count * (x.shape[i] ?? 1), 1);
  const flat = g.reshape(turned, [...kept, n]);
  const yields = { shape: flat.shape, dtype: flat.dtype };
  const size = g.constant([n], "int64");
  const [values] = g.several("TopK", [flat, size], { axis: kept.length, largest: 0, sorted: 1 }, [
    yields,
    { shape: flat.shape, dtype: "int64" },
  ]);
  return values ?? refuse("what is in order is missing");
}

const shares =
  (of: (a: Arguments) => readonly number[]): Rule =>
  (g, a) => {
    const method = a.text("linear", "method", "interpolation");
    const places = PLACES[method];
    // A graph of Keras 3.15 forgets what a quantile, and no percentile, is told here.
    if (places === undefined || (method !== "linear" && a.name === "keras.ops.quantile"))
      return refuse(`${a.name} by ${method} is not lowered`);
    const x = sorted(g, a);
    const last = x.shape.length - 1;
    const n = x.shape[last] ?? 1;
    const each = of(a).map((share) => {
      const [low, high, part] = places(share * (n - 1));
      const [from, to] = [g.take(x, last, low), g.take(x, last, high)];
      return low === high ? from : g.add(from, g.multiply(g.subtract(to, from), part));
    });
    return g.reshape(
      g.concat(
        each.map((it) => g.expand(it, 0)),
        0,
      ),
      a.output,
    );
  };
const asked = (a: Arguments): readonly number[] => a.numbers("q") ?? refuse(`how much ${a.name} asks for is not known`);

export const QUANTILES: Rules = {
  quantile: shares(asked),
  percentile: shares((a) => asked(a).map((it) => it / 100)),
  median: shares(() => [0.5]),
};
