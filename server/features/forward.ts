import type { Location, Lowering, WholeGraph } from "../../core/index.ts";
import type { PictureInput } from "../engine/pictures/picture.ts";

/** What came out of one layer. Numbers are of the whole tensor; NaN and infinities are counted, not averaged in. */
export interface RowStatistics {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** From 0 to 1. */
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
  /**
   * How many of at most 65,536 finite numbers, taken evenly, lie in each of as many equal parts of [min, max]; none
   * where all are the same.
   */
  readonly histogram: readonly number[];
}
/** One layer that ran, or why it did not. */
export interface ForwardedRow {
  /** Its place among all rows: a layer is told of after the layers that it runs, whose rows follow it. */
  readonly index: number;
  /** How many layers it stands in, the model not counted. */
  readonly depth: number;
  readonly name: string;
  readonly type: string;
  /** Where its construction stands, if it is known. */
  readonly location: Location | undefined;
  /** What the hints say, for this batch size. */
  readonly predicted: string;
  /** What came out; undefined where it did not run, and then its `problem` says why, or the run's. */
  readonly actual: string | undefined;
  readonly params: number | undefined;
  /** Multiply–accumulates on one sample; undefined where they are not known. */
  readonly macs: number | undefined;
  /** Of what came out. */
  readonly bytes: number | undefined;
  /** Milliseconds, with those of the layers that it runs; undefined where the engine does not say. */
  readonly time: number | undefined;
  readonly statistics: RowStatistics | undefined;
  /** Refused, or not reached, and why; a sentence. */
  readonly problem: string | undefined;
  /** Why something else came out than was predicted, where it is no defect. */
  readonly differs?: string | undefined;
}
/** A tensor's numbers, row by row. */
export interface TensorNumbers {
  readonly shape: readonly number[];
  readonly numbers: Float32Array | Int32Array | BigInt64Array | Uint8Array;
}
export interface RunOptions {
  /** Of what is drawn: inputs and weights that are not given. */
  readonly seed: number;
  /** By the names of tensors in the lowering. */
  readonly inputs?: ReadonlyMap<string, TensorNumbers["numbers"] | PictureInput> | undefined;
  readonly weights?: ReadonlyMap<string, TensorNumbers["numbers"]> | undefined;
  /** What the model gives is wanted too. */
  readonly wanted?: boolean | undefined;
}
export interface Forwarded {
  readonly rows: readonly ForwardedRow[];
  /** What the model gave, where that was wanted, as far as it ran. */
  readonly outputs?: readonly TensorNumbers[] | undefined;
  /** The input that was made: `random_normal (2, 10, 5)`. */
  readonly input: string;
  /** Why it did not run to the end. */
  readonly problem: string | undefined;
}

/** Runs a model that core made ready. What goes wrong is a problem in words; a fault of the engine itself rejects. */
export interface Engine {
  run(
    lowering: Lowering<Location>,
    options: RunOptions,
    row: (row: ForwardedRow) => void,
    signal: AbortSignal,
  ): Promise<Forwarded>;
  /** The bytes of a file of ONNX. Rejects where it is cancelled. */
  write(graph: WholeGraph, options: RunOptions, signal: AbortSignal): Promise<Uint8Array>;
}
