import type { DType } from "../../tensor/dtype.ts";
import type { DTypeRule } from "../operation.ts";

/** Result types that every library has: an operand's own, what operands become together, one and the same. */
export const same =
  (x: string): DTypeRule =>
  (a) =>
    a.dtype(x);
export const together =
  (...names: readonly string[]): DTypeRule =>
  (a) =>
    a.promoted(...names);
export const always =
  (dtype: DType): DTypeRule =>
  () =>
    dtype;
