import type { RowStatistics } from "../features/forward.ts";
import type { Numbers } from "./tensors.ts";

/**
 * Of a whole tensor, NaN and infinities counted and otherwise left out. The deviation is that of a population, as
 * NumPy's `std`. Of no finite number at all the four are NaN.
 */
export function statisticsOf(numbers: Numbers): RowStatistics {
  const values = numbers instanceof Float32Array ? numbers : Float64Array.from(numbers, Number);
  let [nan, infinite, zeros, sum, squares] = [0, 0, 0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // Tensors have millions of elements: an iterator would take ten times as long.
  const { length } = values;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    // Of NaN and of infinities the difference is NaN.
    if (value - value !== 0) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
      continue;
    }
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const count = length - nan - infinite;
  const mean = sum / count;
  // A second pass: squares of large numbers would swallow a small spread.
  for (let i = 0; i < length; i++) {
    const off = (values[i] as number) - mean;
    if (off - off === 0) squares += off * off;
  }
  const none = count === 0;
  const histogram = max > min ? histogramOf(values, min, max) : [];
  return {
    mean,
    std: Math.sqrt(squares / count),
    min: none ? Number.NaN : min,
    max: none ? Number.NaN : max,
    zeros: length === 0 ? 0 : zeros / length,
    nan,
    infinite,
    histogram,
  };
}

const PARTS = 16;
function histogramOf(values: Float32Array | Float64Array, min: number, max: number): readonly number[] {
  const counts = new Array<number>(PARTS).fill(0);
  const scale = PARTS / (max - min);
  const { length } = values;
  for (let i = 0; i < length; i++) {
    const part = ((values[i] as number) - min) * scale;
    if (part - part === 0)
      counts[Math.min(PARTS - 1, Math.floor(part))] = (counts[Math.min(PARTS - 1, Math.floor(part))] ?? 0) + 1;
  }
  return counts;
}
