import type { LayerReport, ModelReport, Outputs } from "../analysis.ts";
import type { CardDetails, CardSubject } from "../card.ts";
import type { Drawing } from "../graph/drawing.ts";
import type { Lowering, LoweringOptions } from "../lowering/lowering.ts";
import type { Expression, Module } from "../python/syntax.ts";
import type { Refactoring, RefactoringSite } from "../refactoring.ts";
import type { DType } from "../tensor/dtype.ts";
import type { AnyShape } from "../tensor/shape.ts";
import type { TensorType } from "../tensor/type.ts";
import type { Span } from "../text/span.ts";
import type { Machine } from "./machine.ts";
import type { Supposition } from "./reading.ts";
import type { Fault, Note, Observation, PlacedEdit, Severity } from "./record.ts";
import type { Args, Instance, Place, Value } from "./values.ts";

export type Mark = Extract<Observation, { kind: "mark" }>;
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}
/** A model as a framework knows it, places still relative to statements. */
export interface PlacedLayer extends Omit<LayerReport, "location" | "nested"> {
  readonly place: Place | undefined;
  readonly nested: readonly PlacedLayer[];
}
export interface PlacedModel extends Omit<ModelReport, "span" | "layers"> {
  /** The object's id. */
  readonly subject: number;
  readonly place: Place;
  /** The calls that led to it, innermost first. */
  readonly callers: readonly Place[];
  readonly layers: readonly PlacedLayer[];
  /** How many rows the models inside have. */
  readonly rowsInside: number;
  /** Of its outputs, where they are all of one. */
  readonly dtype: DType | undefined;
}

/** With the place where the thing was made. */
export interface PlacedDetails extends CardDetails {
  readonly place?: Place | undefined;
  /** Those of its arguments that the code gives in other words than by a literal. */
  readonly computed?: readonly PlacedArgument[] | undefined;
}
/** An argument as it was understood, and the code that gives it. */
export interface PlacedArgument {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

export interface Described {
  readonly outputs: Outputs;
  readonly note: Note;
}

/**
 * What a library brings to the language. The interpreter knows no library: it asks the frameworks in turn what a
 * qualified name means, and everything else follows from the values they give: a native function is called, a class of
 * theirs is subclassed and its members found by Python's own rules, a family of tensors answers for attributes and
 * operators.
 */
export interface Framework {
  readonly name: string;
  /** Top-level module names that are this framework's, installed or not: `numbers`. */
  readonly roots: readonly string[];
  /** Whether a module of its roots is read by its source, where the project has that. */
  readsSource?(module: string): boolean;
  /** Whether a module of another library is there wherever this one is: it needs that itself. */
  requires?(module: string): boolean;
  /** What `qualifiedName` (`numbers.Layer`) means; undefined where the framework has no such name. */
  resolve(machine: Machine, qualifiedName: string): Value | undefined;
  /** A program imports it: what the library reads then of its surroundings is read. */
  imported?(machine: Machine): void;
  /** Whether it certainly has no such name, where other versions of it have. */
  lacks?(qualifiedName: string): boolean;
  /**
   * Whether an object of its own certainly has no such attribute: then what tells of it, at the attribute's name, and
   * gives what was meant, where that is known.
   */
  lacksAttribute?(machine: Machine, object: Value, name: string): ((place: Place) => Value | undefined) | undefined;
  /** Told of a name of its own that a program imports, or asks a module for: what has gone can be reported there. */
  asked?(machine: Machine, qualifiedName: string, place: Place, isImport: boolean): void;
  /** What `from module import *` brings. */
  names?(module: string): readonly string[];
  /** Turns an edit of a form of its own into plain edits of the text; undefined where the text does not allow it. */
  expand?(
    edit: PlacedEdit,
    span: Span,
    source: { readonly text: string; readonly module: Module },
  ): readonly TextEdit[] | undefined;
  /** Other ways to write what stands at a place; whether they keep the models is tried by whoever asks. */
  refactorings?(site: RefactoringSite): readonly Refactoring[];
  /** The rules that it brings. */
  readonly rules?: readonly { readonly code: string; readonly severity: Severity; readonly summary: string }[];
  /** Faults that only the end of a program shows. `moduleOf` gives the text of a file as it stands. */
  conclude?(machine: Machine, marks: readonly Mark[], moduleOf: (path: string) => Module | undefined): readonly Fault[];
  /** The models that the marks of an analysis tell of, as they stand at its end. */
  models?(machine: Machine, marks: readonly Mark[]): readonly PlacedModel[];
  /** One of those models as a graph to run. */
  lower?(
    machine: Machine,
    marks: readonly Mark[],
    model: PlacedModel,
    options: LoweringOptions,
  ): Lowering<Place> | undefined;
  /** One of those models as it is drawn. */
  draw?(machine: Machine, marks: readonly Mark[], model: PlacedModel): Drawing<Place> | undefined;
  /** What a value is in this framework's words, where a call yields it: a model and its cost. */
  describe?(machine: Machine, value: Value): Described | undefined;
  /**
   * Told at the end of a program what comments say of the inputs of models that were made in it, by the statement that
   * they stand at: the one that made the model, or its class.
   */
  ended?(
    machine: Machine,
    marks: readonly Mark[],
    said: (statement: number) => readonly TensorType[] | undefined,
  ): void;
  /** What a card says of a value: of a layer, also at one of its calls. Asked after the analysis, of its last state. */
  card?(machine: Machine, value: Value, called: CardSubject | undefined): PlacedDetails | undefined;
  /** The things of this framework's that were made at a place, seen or not. */
  madeAt?(machine: Machine, place: Place): readonly Value[];
  /** A tensor that a function that nobody calls is given (`reading.ts`). */
  tensor?(machine: Machine, shape: AnyShape, dtype: DType | undefined): Value | undefined;
  /** What an annotation says of such a parameter. */
  annotated?(machine: Machine, annotation: Expression): Supposition | undefined;
  /**
   * Uses an object that nobody uses as the library would: calls a layer. `argumentsOf` are those of one of its methods.
   */
  exercise?(machine: Machine, self: Instance, argumentsOf: (method: string) => Args | undefined): void;
  /**
   * Told when a variable is bound at the module's top level or in a function: the first name of a model is its name.
   */
  bound?(machine: Machine, name: string, value: Value): void;
}
