import type { ElementType } from "../../core/index.ts";

/** A tensor's numbers in row-major order; of a bool 0 and 1. */
export type Numbers = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Number of elements. */
export const elements = ({ shape }: { readonly shape: readonly number[] }): number =>
  shape.reduce((product, n) => product * n, 1);

/** Zeros. */
export function numbersFor(dtype: ElementType, count: number): Numbers {
  switch (dtype) {
    case "float32":
      return new Float32Array(count);
    case "int32":
      return new Int32Array(count);
    case "int64":
      return new BigInt64Array(count);
    case "bool":
      return new Uint8Array(count);
  }
}
export function numbersOf(dtype: ElementType, values: Iterable<number>, count: number): Numbers {
  if (dtype === "float32" && values instanceof Float32Array && values.length === count) return values;
  const numbers = numbersFor(dtype, count);
  let i = 0;
  for (const value of values) {
    if (numbers instanceof BigInt64Array) numbers[i++] = BigInt(Math.trunc(value));
    else numbers[i++] = value;
  }
  return numbers;
}
export const rawBytes = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** As Python prints it. */
export const printSizes = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
