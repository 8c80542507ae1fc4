import type { RowStatistics } from "../features/forward.ts";
import type { Numbers } from "./tensors.ts";

/**
 * Of a whole tensor, NaN and infinities counted and otherwise left out. The deviation is that of a population, as
 * NumPy's `std`. Of no finite number at all the four are NaN.
 */
export function statisticsOf(numbers: Numbers): RowStatistics {
  const values = numbers instanceof BigInt64Array ? Float64Array.from(numbers, Number) : numbers;
  let [nan, infinite, zeros, sum, squares] = [0, 0, 0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (Number.isNaN(value)) nan++;
    else if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) infinite++;
    else {
      if (value === 0) zeros++;
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    }
  }
  const count = values.length - nan - infinite;
  const mean = sum / count;
  // A second pass: squares of large numbers would swallow a small spread.
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const none = count === 0;
  return {
    mean,
    std: Math.sqrt(squares / count),
    min: none ? Number.NaN : min,
    max: none ? Number.NaN : max,
    zeros: values.length === 0 ? 0 : zeros / values.length,
    nan,
    infinite,
  };
}
