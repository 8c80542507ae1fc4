import type { HintKind, Location, Outputs, ReadingReport, TensorFact } from "./analysis.ts";
import type { Dim } from "./tensor/dim.ts";
import type { DType } from "./tensor/dtype.ts";
import type { Span } from "./text/span.ts";

/** What there is to say of one place of the text when a person points at it: plain data, made when it is asked for. */
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
  /** Of an unknown: why; of a dimension, or of a variable: what it is and where it comes from. */
  readonly reason?: string | undefined;
  /** In order of first sight, at most 64. A layer that was never called, or a model without an input, has none. */
  readonly contexts: readonly CardContext[];
  /** Contexts beyond those listed. */
  readonly more: number;
  /** Ways to the like, side by side; the first is what stands there. For a Dense on an input of rank 3 and more. */
  readonly ways?: readonly Way[] | undefined;
}

/** What a thing costs. */
export interface CardCost {
  readonly params: number | undefined;
  /** Of the parameters, those that training changes. */
  readonly trainable?: number | undefined;
  /** What the weights take as they are stored. */
  readonly weightBytes?: number | undefined;
  /** Of a model none are listed. */
  readonly weights: readonly CardWeight[];
  /** The parameter count with its numbers: `(64 + 1) × 10 = 650`. */
  readonly formula?: string | undefined;
  /** Multiply–accumulates of one call on one sample, or on the batch where that is a number. */
  readonly macs?: Dim | undefined;
}

/** One of the contexts in which the expression was seen. */
export interface CardContext extends CardCost {
  readonly inputs: readonly TensorFact[];
  /** Undefined where nothing came out: a layer that was not called. */
  readonly outputs: Outputs | undefined;
  /** Bytes of the outputs, for one sample where the batch is not a number. */
  readonly bytes?: number | undefined;
  /** Arguments of the layer that something else than a literal gives. */
  readonly given?: readonly CardArgument[] | undefined;
  /** The calls that led here, innermost first. */
  readonly callers: readonly Location[];
  /** Of a function that nobody calls: what its parameters were taken for. */
  readonly reading?: ReadingReport | undefined;
}
/** `units` is `64`, which the code says as `config["units"]`. */
export interface CardArgument {
  readonly name: string;
  readonly value: string;
  readonly code: string;
  /** Where the variable that the code names is bound, if that is one place. */
  readonly binding?: Location | undefined;
}
export interface CardWeight {
  readonly name: string;
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  readonly trainable: boolean;
}
export interface Way {
  /** `Dense(10)`, `Flatten() → Dense(10)`. */
  readonly title: string;
  /** Undefined where it cannot be done; `mixes` then says why. */
  readonly outputs: Outputs | undefined;
  readonly params: number | undefined;
  /** What it mixes across the steps, in a few words. */
  readonly mixes: string;
  /** Python whose `model` does this alone, on such an input; undefined where a size or an argument is not known. */
  readonly program?: string | undefined;
}

/** One call of the thing that a card is about. */
export interface CardSubject {
  readonly inputs: readonly TensorFact[];
  readonly outputs: Outputs;
}
/** What a framework knows of a thing for its card. */
export interface CardDetails
  extends Pick<Card, "title" | "call" | "name" | "summary" | "documentation" | "ways">,
    CardCost {
  readonly kind: HintKind;
  /** Of a model: what it takes and gives as a whole. */
  readonly inputs?: readonly TensorFact[] | undefined;
  readonly outputs?: Outputs | undefined;
}
