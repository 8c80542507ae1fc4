/** The one door: everything a host may use of core. */
export type * from "./analysis.ts";
export { CUT, missingKey } from "./analysis.ts";
export { blamedAt } from "./blame.ts";
export type * from "./card.ts";
export type { LayerCosts, SummaryCosts } from "./graph/costs.ts";
export type { Drawing, DrawnEdge, DrawnNode } from "./graph/drawing.ts";
export type { SummaryModel, SummaryOptions } from "./graph/summary.ts";
export type { Column, Style as SummaryStyle, Text as SummaryText } from "./graph/table.ts";
export type { InputShapeEdit } from "./inputShapeEdit.ts";
export {
  type Attribute,
  bytes,
  type Constant,
  type ElementType,
  type GraphNode,
  type Tensor,
} from "./lowering/graph.ts";
export type {
  Initializer,
  InputKind,
  LoweredInput,
  LoweredRow,
  LoweredWeight,
  Lowering,
  LoweringOptions,
} from "./lowering/lowering.ts";
export { runOrder } from "./lowering/order.ts";
export type { SavedVariable, SavedWeights } from "./lowering/saved.ts";
export { type WholeGraph, type WholeTensor, wholeGraph } from "./lowering/whole.ts";
export type { Refactoring } from "./refactoring.ts";
export { isAtLeast, isGrave, type RuleInfo, SEVERITIES } from "./rules/registry.ts";
export { type Dim, printDim } from "./tensor/dim.ts";
export { byteSize } from "./tensor/dtype.ts";
export { type AnyShape, hasRank, printShape } from "./tensor/shape.ts";
export { type Change, findChange } from "./text/change.ts";
export { LineIndex } from "./text/lines.ts";
export { encloses, overlaps, type Span, sameSpan, shifted, touches } from "./text/span.ts";

import { type Analysis, type Answer, type Location, type Missing, missingKey, type Project } from "./analysis.ts";
import type { Card } from "./card.ts";
import { cardAt } from "./cardAt.ts";
import type { Finished } from "./cardMaker.ts";
import { definitionAt } from "./definitionAt.ts";
import { drawn } from "./drawn.ts";
import { createKeras } from "./frameworks/keras/index.ts";
import { readingOf, versionNote } from "./frameworks/keras/reading.ts";
import { KERAS_RULES } from "./frameworks/keras/rules/catalogue.ts";
import type { Version } from "./frameworks/keras/version.ts";
import { createNumpy } from "./frameworks/numpy/index.ts";
import { createPandas } from "./frameworks/pandas/index.ts";
import { createPictures } from "./frameworks/pictures/index.ts";
import { createPython } from "./frameworks/python/index.ts";
import { createSklearn } from "./frameworks/sklearn/index.ts";
import { createTensorflow } from "./frameworks/tensorflow/index.ts";
import type { Drawing } from "./graph/drawing.ts";
import { type InputShapeEdit, inputShapeEdit } from "./inputShapeEdit.ts";
import type { Framework } from "./interpreter/framework.ts";
import { lowered } from "./lowered.ts";
import type { Lowering, LoweringOptions } from "./lowering/lowering.ts";
import { published } from "./published.ts";
import { createParser, type PythonParser, type Wasm } from "./python/parser.ts";
import { refactored } from "./refactored.ts";
import type { Refactoring } from "./refactoring.ts";
import { LANGUAGE_RULES, type RuleInfo } from "./rules/registry.ts";
import { Session } from "./session.ts";
import type { Span } from "./text/span.ts";
import { verified } from "./verify.ts";

export type { Wasm };

/** Apart from all else: how wide characters are takes a fifth of the time that core takes to load. */
export const loadTables = () => import("./tables.ts");

export const RULES: readonly RuleInfo[] = [...LANGUAGE_RULES, ...KERAS_RULES];
/** The codes of all rules, as settings name them. */
export const RULE_CODES: ReadonlySet<string> = new Set(RULES.map(({ code }) => code));

export interface Core {
  /** Reads the project's file and whatever it imports. Pure: the same project always gives the same answer. */
  analyse(project: Project): Answer;
  /**
   * The same in slices: `pause` is asked every few lines that are parsed and after each newly evaluated statement, and
   * where it says true the generator yields; a host that has a newer text simply drops it.
   */
  analyseInSlices(project: Project, pause: () => boolean): Generator<void, Answer>;
  /**
   * What there is to say about the place at `offset` of the file's text, by its last finished analysis; undefined where
   * nothing is. Statements that were written since have no card yet.
   */
  card(path: string, offset: number): Card | undefined;
  /** Where what the expression at `span` calls is defined; undefined where that is not in the project. */
  definition(path: string, span: Span): Location | undefined;
  /**
   * The model that the last finished analysis of the file lists at `index`, ready to run; undefined where it lists none
   * there.
   */
  lower(path: string, index: number, options: LoweringOptions): Lowering<Location> | undefined;
  /** Such a model as it is drawn: what it runs, and which tensor goes where. */
  draw(path: string, index: number): Drawing<Location> | undefined;
  /**
   * The edit that makes the annotation say on what a model of the last report is called: `shapes` are as Keras prints
   * them, `(None, 28, 28, 1)`, several with `;` between them (docs/annotations.md). What is there is replaced.
   */
  setInputShape(path: string, model: number, shapes: string): InputShapeEdit;
  /**
   * Other ways to write the model at a place of the project's file, by its last finished analysis, which must be of
   * this text: only those under which every model stays what it is. Yields as `analyseInSlices` does.
   */
  refactor(project: Project, span: Span, pause?: () => boolean): Generator<void, readonly Refactoring[]>;
  /** Forgets a file that is closed. */
  forget(path: string): void;
}

/**
 * A version of Keras; with `?` where the release that is there is another than the one that Inlayer knows; `1` is a
 * Keras 2 that understands words of Keras 1.
 */
type Variant = "1" | `${Version}` | `${Version}?`;
const VARIANTS: readonly Variant[] = ["1", "2", "2?", "3", "3?"];
type Frameworks = Readonly<Record<Variant, readonly Framework[]>>;
/** What a script may import, in the order in which they are asked. */
export const frameworksFor = (version: Version, exact = true, first = false): readonly Framework[] => [
  createKeras(version, exact, first),
  createTensorflow(version),
  createNumpy(),
  createPandas(),
  createPictures(),
  createSklearn(),
  createPython(),
];
/** For each version of Keras. */
const everything = (): Frameworks => {
  const of = frameworksFor;
  return { "1": of(2, false, true), "2": of(2), "2?": of(2, false), "3": of(3), "3?": of(3, false) };
};

/**
 * A program of Keras 1 runs on no Keras that is known here, and how it was set up (channels first?) is not in its text:
 * what is found is told, and nothing is an alarm.
 */
const forInformation = (analysis: Analysis): Analysis => ({
  ...analysis,
  diagnostics: analysis.diagnostics.map((it) => ({ ...it, severity: "information" })),
});

/** `using` are the frameworks to read with instead of the usual ones. */
export async function createCore(wasm: Wasm, using?: readonly Framework[]): Promise<Core> {
  return new ReadyCore(
    await createParser(wasm),
    using === undefined ? everything() : { "1": using, "2": using, "2?": using, "3": using, "3?": using },
  );
}

/** Sessions are kept by the file and the version that it is read by. */
function closeIn(sessions: Map<string, Session>, path: string, version: Variant): void {
  const key = `${version} ${path}`;
  sessions.get(key)?.close();
  sessions.delete(key);
}

class ReadyCore implements Core {
  private readonly parser: PythonParser;
  private readonly frameworks: Frameworks;
  private readonly sessions = new Map<string, Session>();
  /** Where repairs are tried, so that the texts that people see are not disturbed. */
  private readonly trials = new Map<string, Session>();
  /** Where refactorings are tried: fixes may be tried at the same time. */
  private readonly drafts = new Map<string, Session>();
  /** Each file's last analysis that came to its end. */
  private readonly finished = new Map<string, Finished>();

  constructor(parser: PythonParser, using: Frameworks) {
    this.parser = parser;
    this.frameworks = using;
  }

  analyse(project: Project): Answer {
    const run = this.analyseInSlices(project, () => false);
    for (;;) {
      const { done, value } = run.next();
      if (done === true) return value;
    }
  }

  *analyseInSlices(project: Project, pause: () => boolean): Generator<void, Answer> {
    const environment: Missing = { kind: "environment", from: project.file.path, name: "", aside: true };
    const told = project.answers.get(missingKey(environment));
    const reading = readingOf(project, told?.text);
    const version = reading.first ? "1" : (`${reading.version}${reading.exact ? "" : "?"}` as const);
    const frameworks = this.frameworks[version];
    const session = this.sessionIn(this.sessions, project.file.path, version);
    const machine = yield* session.run(project, pause);
    const { state, record: seen, ran } = machine;
    const { analysis: found, faults } = published(
      machine,
      project,
      session,
      frameworks,
      versionNote(project.file, reading, session.documentOf(project.file.path)?.module, told?.text),
    );
    const analysis = reading.first ? forInformation(found) : found;
    const { path, text } = project.file;
    this.finished.set(path, { path, text, report: analysis, session, frameworks, machine, state, seen, ran });
    const missing = [...session.missing.values()];
    const asks = project.settings.facts === true && told === undefined ? [...missing, environment] : missing;
    if (missing.some((it) => it.aside !== true) || project.settings.fixes === false) return { analysis, missing: asks };
    const trial = this.sessionIn(this.trials, project.file.path, version);
    const tried = yield* verified(analysis, faults, { project, session, trial, pause, frameworks });
    // All is tried: what was read for it is as much again as the file's own reading.
    if (project.settings.fixes === true) closeIn(this.trials, project.file.path, version);
    return { analysis: tried, missing: asks };
  }

  card(path: string, offset: number): Card | undefined {
    const last = this.finished.get(path);
    return last && cardAt(last, offset);
  }

  definition(path: string, span: Span): Location | undefined {
    const last = this.finished.get(path);
    return last && definitionAt(last, span);
  }

  lower(path: string, index: number, options: LoweringOptions): Lowering<Location> | undefined {
    const last = this.finished.get(path);
    return last && lowered(last, index, options);
  }

  draw(path: string, index: number): Drawing<Location> | undefined {
    const last = this.finished.get(path);
    return last && drawn(last, index);
  }

  setInputShape(path: string, model: number, shapes: string): InputShapeEdit {
    const last = this.finished.get(path);
    return last === undefined ? { problem: "the file has not been read yet" } : inputShapeEdit(last, model, shapes);
  }

  *refactor(project: Project, span: Span, pause = () => false): Generator<void, readonly Refactoring[]> {
    const { path, text } = project.file;
    const last = this.finished.get(path);
    if (last === undefined || last.text !== text) return [];
    const version = VARIANTS.find((it) => this.frameworks[it] === last.frameworks) ?? "3";
    return yield* refactored(last, project, span, { session: this.sessionIn(this.drafts, path, version), pause });
  }

  forget(path: string): void {
    this.finished.delete(path);
    for (const sessions of [this.sessions, this.trials, this.drafts]) {
      for (const variant of VARIANTS) closeIn(sessions, path, variant);
    }
  }

  private sessionIn(sessions: Map<string, Session>, path: string, version: Variant): Session {
    const key = `${version} ${path}`;
    const known = sessions.get(key);
    if (known !== undefined) return known;
    const made = new Session(this.parser, this.frameworks[version]);
    sessions.set(key, made);
    return made;
  }
}
