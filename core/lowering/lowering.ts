import type { Constant, GraphNode, Tensor } from "./graph.ts";
import type { SavedWeights } from "./saved.ts";

/** A model made ready to run, as plain data: a graph in rows, one for each call of a layer or operation. */

/** A weight's first numbers, by Keras's name in snake case: `glorot_uniform`, with its arguments. */
export interface Initializer {
  readonly name: string;
  readonly args: Readonly<Record<string, string | number | boolean>>;
  /** The numbers themselves, row by row, where the program states them. */
  readonly values?: readonly number[] | undefined;
}
export interface LoweredWeight extends Tensor {
  /** The layer's name. */
  readonly owner: string;
  /** Keras's name of the variable within it: `kernel`, `forward/bias`. */
  readonly weight: string;
  readonly initializer: Initializer;
}

/** What an input is, which says what numbers stand for it. */
export type InputKind =
  | { readonly kind: "float" }
  /** In [0, 1], or in [0, 255] where the model scales it itself. */
  | { readonly kind: "image"; readonly highest: 1 | 255 }
  /** Whole numbers in [lowest, highest]. An Embedding that masks zeros is given none. */
  | { readonly kind: "tokens"; readonly lowest: number; readonly highest: number }
  | { readonly kind: "integer"; readonly highest: number }
  | { readonly kind: "bool" };
export interface LoweredInput extends Tensor {
  /** The InputLayer's name, or the parameter's place. */
  readonly input: string;
  readonly kind: InputKind;
  /** An axis other than the batch whose size nobody states was taken to be this long. */
  readonly assumed: readonly { readonly axis: number; readonly size: number }[];
}

export interface LoweredRow<Where> {
  readonly name: string;
  /** `Dense`, `GetItem`. */
  readonly type: string;
  /**
   * How many layers it stands in, the model itself not counted. The rows of what a layer runs, a model or one with a
   * `call` of its own, follow behind its row; it is done when they are.
   */
  readonly depth: number;
  /** An operation on tensors rather than a layer. */
  readonly isOperation: boolean;
  /** Where it was made; undefined for what Keras adds itself. */
  readonly location: Where | undefined;
  /** What the hints say, for this batch; undefined where a size is not known. */
  readonly predicted: readonly (readonly number[])[] | undefined;
  /** Where what comes out is found, in the order of `predicted`; none where there is a problem. */
  readonly outputs: readonly Tensor[];
  /** Undefined where they are not known. */
  readonly params: number | undefined;
  /** Multiply–accumulates on one sample, with those of the rows inside it; undefined where they are not known. */
  readonly macs: number | undefined;
  /** Nodes that it is made of. One that passes its input on has none. */
  readonly nodes: readonly GraphNode[];
  /** Why it cannot run, as a sentence without its full stop. */
  readonly problem: string | undefined;
  /** Why it gives another shape than is predicted, where Keras itself announces another. */
  readonly differs?: string | undefined;
}

/** Bytes that a run needs. Rows run one after the other; only the present one's weights are held. */
export interface Memory {
  /** Of all weights together. */
  readonly weights: number;
  /** Of all rows' outputs together. */
  readonly activations: number;
  /** The most that rows hold at once: a row's weights, and all tensors that it or a later row reads, copies counted. */
  readonly peak: number;
}

export interface Lowering<Where = unknown> {
  /** The model's name in the program. */
  readonly name: string;
  readonly batch: number;
  /** The version of ONNX's operator set that the nodes are of. */
  readonly opset: number;
  readonly inputs: readonly LoweredInput[];
  readonly weights: readonly LoweredWeight[];
  readonly constants: readonly Constant[];
  readonly rows: readonly LoweredRow<Where>[];
  /** What the model itself gives, as far as it is reached. */
  readonly outputs: readonly Tensor[];
  /** Where a file of weights has them. */
  readonly saved: SavedWeights;
  readonly memory: Memory;
  /** Why there is nothing to run: its input is not known, its `call` raises. */
  readonly problem: string | undefined;
  /** What the problem is about is made there: the model, or an input of it. */
  readonly location: Where | undefined;
  /** The program does not say the shape of an input, and data that are given would. */
  readonly lacksShape: boolean;
}

export interface LoweringOptions {
  /** Samples, for an input that does not say how many it takes. */
  readonly batch: number;
  /** The shapes of data that is at hand, by the inputs' names or places: for axes that the program leaves open. */
  readonly shapes?: Readonly<Record<string, readonly number[]>> | undefined;
  /** Variables of the program that hold its inputs, in order; its own data. */
  readonly data?: readonly string[] | undefined;
  /** The length of such axes where no data is at hand. */
  readonly length?: number | undefined;
}
/** The size of an axis other than the batch of which the program says `None`. */
export const OPEN_AXIS = 16;
