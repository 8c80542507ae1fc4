import type { TensorValue, Value } from "../../interpreter/values.ts";
import { hasRank, type Shape } from "../../tensor/shape.ts";

/** A tensor whose axes are known, and that has some. */
export type Ranked = TensorValue & { readonly shape: Shape };
export const isRanked = (value: Value | undefined): value is Ranked =>
  value?.kind === "tensor" && hasRank(value.shape) && value.shape.rank > 0;
