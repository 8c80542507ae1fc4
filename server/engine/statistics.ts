import type { RowStatistics } from "../features/forward.ts";
import type { Numbers } from "./tensors.ts";

/**
 * Of a whole tensor, NaN and infinities counted and otherwise left out. The deviation is that of a population, as
 * NumPy's `std`. Of no finite number at all the four are NaN.
 */
export function statisticsOf(numbers: Numbers): RowStatistics {
  const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers as ArrayLike<number>, Number);
  const [first = 0] = values;
  const found = sumsOf(values, first);
  // One NaN makes every sum one.
  if (Number.isFinite(found.squares)) return described(found, values, { first, nan: 0, infinite: 0 });
  const finite = values.filter((it) => Number.isFinite(it));
  const nan = values.reduce((count, it) => count + (Number.isNaN(it) ? 1 : 0), 0);
  const [start = 0] = finite;
  const others = { first: start, nan, infinite: values.length - finite.length - nan };
  return { ...described(sumsOf(finite, start), finite, others), zeros: zerosIn(found, values) };
}

interface Sums {
  readonly zeros: number;
  /** Of what each number is above the first: squares of large numbers would swallow a small spread. */
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}
/** Tensors have millions of elements: one pass, and nothing in it that a processor would have to guess. */
function sumsOf(values: Float32Array, first: number): Sums {
  let [zeros, sum, squares] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const { length } = values;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    const off = value - first;
    sum += off;
    squares += off * off;
    min = Math.min(min, value);
    max = Math.max(max, value);
    zeros += Number(value === 0);
  }
  return { zeros, sum, squares, min, max };
}
const zerosIn = ({ zeros }: Sums, { length }: Float32Array): number => (length === 0 ? 0 : zeros / length);

function described(
  sums: Sums,
  values: Float32Array,
  { first, nan, infinite }: { readonly first: number; readonly nan: number; readonly infinite: number },
): RowStatistics {
  const { sum, squares, min, max } = sums;
  const count = values.length;
  const off = sum / count;
  const zeros = zerosIn(sums, values);
  if (count === 0) return { mean: off, std: off, min: off, max: off, zeros, nan, infinite, histogram: [] };
  const std = Math.sqrt(Math.max(0, squares / count - off * off));
  const histogram = max > min ? histogramOf(values, min, max) : [];
  return { mean: first + off, std, min, max, zeros, nan, infinite, histogram };
}

const PARTS = 16;
/** As many numbers show how all lie; of more, every second one, every third one … */
const SAMPLE = 2 ** 16;
function histogramOf(values: Float32Array, min: number, max: number): readonly number[] {
  const counts = new Array<number>(PARTS).fill(0);
  const scale = PARTS / (max - min);
  const { length } = values;
  const step = Math.ceil(length / SAMPLE);
  for (let i = 0; i < length; i += step) {
    const place = Math.min(PARTS - 1, Math.floor(((values[i] as number) - min) * scale));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}
