/** Numbers as the table shows them: short, and of one width where they can be. */

export const count = (value: number): string => value.toLocaleString("en-US");

/** Four significant digits; very large and very small ones with an exponent. */
export function real(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return "–";
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace("-", "−").replace("e−", "e-");
  return value.toFixed(size >= 1000 ? 1 : size >= 100 ? 2 : 3).replace("-", "−");
}

export const share = (value: number): string =>
  value > 0 && value < 0.001 ? "<0.1%" : `${(value * 100).toFixed(value === 0 || value === 1 ? 0 : 1)}%`;

export const milliseconds = (value: number | undefined): string =>
  value === undefined ? "–" : value < 0.01 ? "<0.01" : value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
