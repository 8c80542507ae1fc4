/**
 * An ONNX graph as plain data, for operator set 21 of the standard domain. Every tensor has a name, a size for each
 * axis and an element type: a graph is made for one batch size, and nothing in it waits for the run.
 */
import { type DType, isFloat } from "../tensor/dtype.ts";

export const OPSET = 21;

/**
 * What the elements are when it runs. All floats run as float32, whatever the policy: half precision would need casts
 * around most of the engine's operators, and says nothing else about a model.
 */
export type ElementType = "float32" | "int32" | "int64" | "bool";

/** What a dtype of Keras runs as; undefined where it cannot. */
export function elementType(dtype: DType): ElementType | undefined {
  if (dtype === "bool") return "bool";
  if (isFloat(dtype)) return "float32";
  if (dtype === "int64" || dtype === "uint32" || dtype === "uint64") return "int64";
  return dtype.startsWith("int") || dtype.startsWith("uint") ? "int32" : undefined;
}
export const BYTES: Readonly<Record<ElementType, number>> = { float32: 4, int32: 4, int64: 8, bool: 1 };

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  /** Which entries count, where Keras carries that along: a bool of the first axes, mostly (batch, steps). */
  readonly mask?: Tensor | undefined;
  /** Of a mask: it was there when a graph was built, and is taken off its tensor before the graph's run comes to it. */
  readonly lost?: boolean;
}
/** The same with another mask, or with none. */
export const masked = (x: Tensor, mask: Tensor | undefined): Tensor => ({ ...x, mask });
/** Number of elements. */
export const elements = ({ shape }: Pick<Tensor, "shape">): number => shape.reduce((product, n) => product * n, 1);
export const bytes = (tensor: Tensor): number => elements(tensor) * BYTES[tensor.dtype];

/** A whole number, a list of them, a string, or floats, which ONNX keeps apart from whole numbers. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  /** Of a Cast: what it gives. */
  | { readonly element: ElementType }
  | { readonly floats: readonly number[] };

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of tensors; `""` where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** What it gives, and what the engine holds beside that while it runs; undefined for one that gives a view. */
  readonly bytes?: number | undefined;
}
/** A tensor whose numbers the lowering itself knows: axes, pads, an epsilon. int64 values are safe integers. */
export interface Constant extends Tensor {
  readonly values: readonly number[];
}
