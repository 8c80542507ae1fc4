import type { DType } from "./dtype.ts";
import type { AnyShape } from "./shape.ts";

/** What is known of a tensor without its numbers. No dtype: not known. */
export interface TensorType {
  readonly shape: AnyShape;
  readonly dtype: DType | undefined;
}
