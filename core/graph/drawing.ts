import type { TensorFact } from "../analysis.ts";

/** A model as it is drawn, as plain data: a node for each call, an edge for each tensor that a call takes. */
export interface DrawnNode<Where> {
  /** The place among the nodes of the layer that it runs in; it stands before. Undefined at the top. */
  readonly parent: number | undefined;
  /** An `output` is what the model gives. A layer that has nodes of its own, such as a nested model, is a layer too. */
  readonly kind: "input" | "layer" | "operation" | "output";
  readonly name: string;
  /** `Dense`, `GetItem`; empty for an output. */
  readonly type: string;
  /** The same for each call of one layer; undefined for what is none. */
  readonly layer: number | undefined;
  /** Where it was made; undefined for what Keras adds itself. */
  readonly location: Where | undefined;
  /** Where it was called, and the calls that led to where it was made. */
  readonly around: readonly Where[];
  /** Of one call; empty where it is not known. */
  readonly outputs: readonly TensorFact[];
  /** Undefined where they are not known. */
  readonly params: number | undefined;
  readonly trainable: boolean;
  /** Why it is not known what it gives, or whether it runs; a sentence without its full stop. */
  readonly problem: string | undefined;
}
export interface DrawnEdge {
  /** Places among the nodes; neither has nodes of its own. */
  readonly from: number;
  readonly to: number;
  /** Undefined where it is not known. */
  readonly tensor: TensorFact | undefined;
}
export interface Drawing<Where = unknown> {
  /** The model's name in the program. */
  readonly name: string;
  /** In the order in which they run; what a layer runs follows it. */
  readonly nodes: readonly DrawnNode<Where>[];
  readonly edges: readonly DrawnEdge[];
  /** Why its run was not followed, or only so far; a sentence without its full stop. */
  readonly problem: string | undefined;
}
