import type { HintKind, Location, Outputs, TensorFact } from "./analysis.ts";
import type { Dim } from "./tensor/dim.ts";
import type { Span } from "./text/span.ts";

/** What there is to say about one place of the text when a person points at it: plain data, made when it is asked for. */
export interface Card {
  /** The expression, or the part of it, that the card is about. */
  readonly span: Span;
  readonly kind: HintKind | "dimension" | "unknown";
  /** `Dense`, `Model`, `reshape`. */
  readonly title: string;
  /** The call with its arguments as they were understood: `Dense(units=64, activation="relu")`. */
  readonly call?: string | undefined;
  /** Keras's name of the layer: `dense_1`. */
  readonly name?: string | undefined;
  /** What it does to the axes, in a sentence. */
  readonly summary?: string | undefined;
  readonly documentation?: string | undefined;
  /** Of an unknown: why; of a dimension: where it comes from. */
  readonly reason?: string | undefined;
  readonly contexts: readonly CardContext[];
  readonly more: number;
  /** Ways to the like, side by side; the first is what stands there. For a Dense on an input of rank 3 and more. */
  readonly ways?: readonly Way[] | undefined;
}

/** One of the contexts in which the expression was seen. */
export interface CardContext {
  readonly inputs: readonly TensorFact[];
  readonly outputs: Outputs;
  readonly params: number | undefined;
  readonly weights: readonly CardWeight[];
  /** The parameter count with its numbers: `(64 + 1) × 10 = 650`. */
  readonly formula?: string | undefined;
  /** Multiply–accumulates of one call on one sample, or on the batch where that is a number. */
  readonly macs?: Dim | undefined;
  /** Bytes of the outputs, for one sample where the batch is not a number. */
  readonly bytes?: number | undefined;
  /** The calls that led here, innermost first. */
  readonly callers: readonly Location[];
}
export interface CardWeight {
  readonly name: string;
  readonly shape: readonly Dim[];
  readonly dtype: string;
  readonly trainable: boolean;
}
export interface Way {
  /** `Dense(10)`, `Flatten() → Dense(10)`. */
  readonly title: string;
  readonly outputs: Outputs;
  readonly params: number | undefined;
  /** What it mixes across the steps, in a few words. */
  readonly mixes: string;
}
