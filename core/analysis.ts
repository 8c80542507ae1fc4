import type { DType } from "./tensor/dtype.ts";
import type { AnyShape } from "./tensor/shape.ts";
import type { Span } from "./text/span.ts";

/**
 * What goes in at the door and what comes out: plain data. Spans are half-open ranges of UTF-16 offsets in the text of
 * the file that they are in.
 */

export type KerasVersion = "auto" | 2 | 3;

export interface Settings {
  readonly keras: KerasVersion;
  /**
   * False: diagnostics come without fixes, which cost an analysis each. A span: those that touch it come with them.
   * `keeping`: only fixes that leave unchanged what the program does.
   */
  readonly fixes?: boolean | Span | "keeping" | undefined;
  /** The host answers what is asked of files and of the Python environment. */
  readonly facts?: boolean | undefined;
  /** By code; `off` for none. */
  readonly severities?: Readonly<Record<string, Severity | "off">> | undefined;
  /** The lowest severity that is told; all of them unless said. */
  readonly lowest?: Severity | undefined;
}

/** Something the analysis would read next. The host looks it up and asks again, until nothing is missing. */
export interface Missing {
  /**
   * A module that is imported; a file of data that the program opens; a model that it loads; what is known of the
   * Python environment; which programs import the file, and the text of one of those.
   */
  readonly kind: "module" | "data" | "model" | "environment" | "importers" | "file";
  /** The file that imports, opens or asks. */
  readonly from: string;
  /** The program that runs, by which modules are found, where it is not the file that is analysed. */
  readonly program?: string | undefined;
  /** Mostly the answer changes nothing, and nobody need wait for it. */
  readonly aside?: true;
  /**
   * Of a module the dotted name, leading dots as written: `..blocks.unet`; a package means its `__init__`. Of data the
   * path as written. The answer is the file's beginning, a character for each byte where it is no text; `CUT` stands
   * behind it where there is more. Of a model likewise the path, and the answer is its architecture, as JSON. The
   * environment has no name, and the answer is `{"keras": "2.15.0", "tensorflow": "2.15.1", "installed": true}`. Nor
   * have the importers: the answer is a list of paths, as JSON, the likeliest to use the file first. Of a file, its
   * path.
   */
  readonly name: string;
}
/** Ends the text of a file of data that is not whole. */
export const CUT = "\u0000";
export const missingKey = ({ kind, name, from, program }: Missing): string =>
  `${kind} ${name} from ${from}${program === undefined ? "" : `\nin ${program}`}`;

export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Project {
  /** The file to report on. */
  readonly file: Source;
  /** Answers by `missingKey`; null says that there is no such module in the project. */
  readonly answers: ReadonlyMap<string, Source | null>;
  readonly settings: Settings;
}

export interface Location {
  readonly path: string;
  readonly span: Span;
}

export interface TensorFact {
  readonly shape: AnyShape;
  /** Undefined where it is not known. */
  readonly dtype: DType | undefined;
}
/** One tensor, or several where the expression yields several. */
export type Outputs = TensorFact | readonly TensorFact[];

export type HintKind = "layer" | "tensor" | "model" | "data";
export interface HintContext {
  readonly outputs: Outputs;
  readonly params: number | undefined;
  /** The calls that led here, innermost first; empty at the module's top level. */
  readonly callers: readonly Location[];
  /** Of a function that nobody calls and that was read by itself: what its parameters were taken for. */
  readonly reading?: ReadingReport | undefined;
}
/** Under what suppositions a function was read that nobody calls. */
export interface ReadingReport {
  /** The function or the class. */
  readonly name: string;
  readonly parameters: readonly {
    readonly name: string;
    /** `a size`, `a tensor (None, h, w, c)`, `3, its default`; undefined where nothing is known of it. */
    readonly as: string | undefined;
  }[];
}
export interface Hint {
  readonly span: Span;
  readonly kind: HintKind;
  /** The layer's or the function's name: `Dense`. */
  readonly type: string;
  /** In order of first sight, at most 64. */
  readonly contexts: readonly HintContext[];
  /** Contexts beyond those listed. */
  readonly more: number;
}

export interface LayerReport {
  readonly name: string;
  readonly type: string;
  /** True for an operation on symbolic tensors: a row of the summary, but none of `model.layers`. */
  readonly isOperation?: boolean | undefined;
  /** Where it is made; in another file, if so. Undefined for what Keras adds itself. */
  readonly location: Location | undefined;
  readonly output: Outputs | undefined;
  readonly params: number | undefined;
  /** False where Keras has not created the weights: the summary says `0 (unbuilt)`. True unless said. */
  readonly built?: boolean | undefined;
  readonly trainable: boolean;
  /** Keras's own words for what feeds it: `dense[0][0]`. */
  readonly connectedTo: readonly string[];
  /** Of a layer of a nested model: what feeds it in the outermost one, where it stands there too. */
  readonly connectedOutside?: readonly string[] | undefined;
  /** The layers of a nested model. */
  readonly nested: readonly LayerReport[];
}
export interface ModelReport {
  /** The first variable that it was bound to. */
  readonly name: string;
  /** The others, such as the one that holds what a helper has called otherwise. */
  readonly otherNames?: readonly string[] | undefined;
  /** The name that Keras prints: `sequential_1`. */
  readonly kerasName: string;
  readonly kind: "sequential" | "functional" | "subclass";
  readonly span: Span;
  readonly inputs: readonly AnyShape[] | undefined;
  readonly outputs: readonly AnyShape[] | undefined;
  readonly params: number | undefined;
  readonly trainable: number | undefined;
  readonly nonTrainable: number | undefined;
  /** The memory that the weights take, for the summary; four bytes each, as float32 does, unless said. */
  readonly trainableBytes?: number | undefined;
  readonly nonTrainableBytes?: number | undefined;
  readonly layers: readonly LayerReport[];
}

export type Severity = "error" | "warning" | "information" | "hint";
export interface Edit {
  readonly location: Location;
  readonly newText: string;
}
export interface Fix {
  readonly title: string;
  readonly preferred: boolean;
  /** The program does afterwards what it did before, where it ran at all: it may be applied unseen. */
  readonly keeps?: boolean | undefined;
  readonly edits: readonly Edit[];
}
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** What is to blame. */
  readonly span: Span;
  /** Where it comes to light in this file, if a search found what is to blame elsewhere. */
  readonly crash?: Span | undefined;
  readonly message: string;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
  readonly fixes: readonly Fix[];
}

export interface UnknownNote {
  readonly span: Span;
  readonly reason: string;
}

export interface Analysis {
  readonly path: string;
  readonly models: readonly ModelReport[];
  readonly hints: readonly Hint[];
  readonly diagnostics: readonly Diagnostic[];
  readonly unknowns: readonly UnknownNote[];
}

export interface Answer {
  readonly analysis: Analysis;
  readonly missing: readonly Missing[];
}
