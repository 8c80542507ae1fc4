import type { Outputs, TensorFact } from "../analysis.ts";
import type { Exits } from "./exits.ts";
import type { Yielded } from "./generators.ts";
import type { State } from "./heap.ts";
import type { Ids } from "./ids.ts";
import type { Reading } from "./reading.ts";
import type { Context, Scope } from "./scope.ts";
import type { Place, Value } from "./values.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/**
 * An edit of the text at a place: replaces the span with `text`. With a `form`, the framework that proposed it says
 * what that means in the text as it stands (`Framework.expand`).
 */
export interface PlacedEdit {
  readonly place: Place;
  readonly text: string;
  readonly form?: string | undefined;
}
/** A repair as a rule proposes it; it is offered only if the analysis of the edited text agrees. */
export interface Repair {
  readonly title: string;
  readonly preferred: boolean;
  /** The program does afterwards what it did before, where it ran at all. */
  readonly keeps?: boolean | undefined;
  /** It makes what is wrong go, rather than right: any other that is found comes before it. */
  readonly isDoubtful?: boolean | undefined;
  readonly edits: readonly PlacedEdit[];
  /** The expression whose result and cost the title tells, where that is not the one that the fault stands at. */
  readonly toldAt?: Place | undefined;
}
/** A fault as a rule finds it. Faults of one code at one place are one, whatever contexts they were seen in. */
export interface Fault {
  readonly code: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly repairs: readonly Repair[];
  /** The calls that led to it, innermost first, where it stands in what was called. */
  readonly callers?: readonly Place[] | undefined;
  /** It stands in a branch that may not run: what is known of the program is a mixture there. */
  readonly isConditional?: boolean | undefined;
  /** Faults that this one is the cause of: they are not said for themselves. */
  readonly explains?: readonly { readonly code: string; readonly place: Place }[] | undefined;
}

/** What a call was, in the framework's words: the layer's type and what it costs. */
export interface Note {
  readonly kind: "layer" | "tensor" | "model" | "data";
  readonly type: string;
  /** Undefined where it is not known. */
  readonly params: number | undefined;
  /** The object that it is about, where that may change later: a model that grows. */
  readonly subject?: number | undefined;
  /** The object that it tells of, for a card: the layer that was called, the model that was made. */
  readonly about?: Value | undefined;
  /** The tensors that were given to the call. */
  readonly inputs?: readonly TensorFact[] | undefined;
}

/** Another program, which imports the file that is analysed: it ran for what it calls there. */
export interface Program {
  readonly path: string;
  /** How it left the heap. */
  readonly state: State;
}

export type Observation =
  | {
      readonly kind: "value";
      readonly place: Place;
      /** The calls that led there, innermost first. */
      readonly callers: readonly Place[];
      readonly outputs: Outputs;
      readonly note: Note;
      readonly reading?: Reading | undefined;
      readonly program?: Program | undefined;
    }
  | { readonly kind: "unknown"; readonly place: Place; readonly reason: string }
  | { readonly kind: "fault"; readonly fault: Fault }
  /** Something a framework gathers for itself: a model that was built. */
  | {
      readonly kind: "mark";
      readonly type: string;
      readonly place: Place;
      readonly data: object;
      readonly reading?: Reading | undefined;
      readonly program?: Program | undefined;
    };

/** How what ran apart left the heap, if this was seen there: a function that was read by itself, or another program. */
export const stateApart = (it: Observation): State | undefined =>
  it.kind === "value" || it.kind === "mark" ? (it.reading ?? it.program)?.state : undefined;
/** The program that is analysed has seen it itself. */
export const isOwn = (it: Extract<Observation, { kind: "value" | "mark" }>): boolean =>
  it.reading === undefined && it.program === undefined;

/** Code that was entered: the run holds only while `node` stands under `id`. */
export interface Entered {
  readonly id: number;
  readonly node: object;
}
/** What runs did, while it is added up. */
export interface Sum {
  readonly reads: number[];
  readonly writes: number[];
  readonly entered: Map<number, object>;
}
/** What a run did, with what the runs inside it did. */
export interface Deeds {
  readonly seen: readonly (Observation | Run)[];
  /** The runs inside it, seen or not. */
  readonly inner: readonly Run[];
  /** Ids that were looked at. The run holds wherever they are as they were before it. */
  readonly reads: Ids;
  /** Ids that it wrote, were it with what stood there. */
  readonly writes: Ids;
  readonly entered: readonly Entered[];
  /** Adds the ids of the code that was entered, and sums nothing up for it. */
  addEntered(ids: Set<number>): void;
  /** Says whether states were joined in it. */
  addTo(sum: Sum): boolean;
}

/**
 * The run of one statement (or of one round of a comprehension) in one context: from which state, to which, what was
 * seen.
 */
export interface Run {
  /** The statement's id. */
  readonly node: number;
  readonly context: Context;
  readonly scope: Scope;
  readonly mode: number;
  readonly before: State;
  readonly after: State;
  readonly exits: Exits | undefined;
  readonly result: Value | undefined;
  /** Where the generator around it yielded. */
  readonly yields: readonly Yielded[] | undefined;
  readonly steps: number;
  readonly did: Deeds;
}

/** All observations in the order in which they were made. */
export function observations(seen: readonly (Observation | Run)[], into: Observation[] = []): readonly Observation[] {
  for (const item of seen) {
    if ("kind" in item) into.push(item);
    else observations(item.did.seen, into);
  }
  return into;
}
