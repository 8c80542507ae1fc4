import type {
  Diagnostic,
  Fix,
  Hint,
  HintContext,
  LayerReport,
  Location,
  ModelReport,
  Outputs,
  ReadingReport,
  Span,
  UnknownNote,
} from "../../core/index.ts";
import { printShape } from "../../core/index.ts";
import { commonParams } from "../features/labels.ts";
import type { FileAnalysis } from "../workspace/analyse.ts";
import type { Document, Position } from "../workspace/document.ts";

/** One file of the report. Its form is a contract: docs/json.md, docs/json.schema.json. */
export type FileReport = ReturnType<typeof reportFile>;

export const FORMAT_VERSION = 1;

/** How a file is called in the report. */
export type NameOf = (path: string) => string;

type Printed = string | readonly string[];

const shapesOf = (outputs: Outputs): Printed =>
  "shape" in outputs ? printShape(outputs.shape) : outputs.map(({ shape }) => printShape(shape));
const dtypesOf = (outputs: Outputs): string | null | readonly (string | null)[] =>
  "shape" in outputs ? (outputs.dtype ?? null) : outputs.map(({ dtype }) => dtype ?? null);

/** Places as the contract writes them, in the file of the report or in one that it imports. */
class Places {
  private readonly path: string;
  private readonly documents: ReadonlyMap<string, Document>;
  private readonly nameOf: NameOf;
  constructor({ analysis, documents }: FileAnalysis, nameOf: NameOf) {
    this.path = analysis.path;
    this.documents = documents;
    this.nameOf = nameOf;
  }
  at(offset: number, path = this.path): Position {
    return this.documents.get(path)?.positionAt(offset) ?? { line: 1, column: 1 };
  }
  span({ start, end }: Span, path = this.path) {
    const last = this.at(end, path);
    return { ...this.at(start, path), endLine: last.line, endColumn: last.column };
  }
  location({ path, span }: Location) {
    return { path: this.nameOf(path), ...this.at(span.start, path) };
  }
  isHere({ path }: Location): boolean {
    return path === this.path;
  }
}

export const bySpan = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
  a.span.start - b.span.start || a.span.end - b.span.end;

function reportLayer(layer: LayerReport, places: Places) {
  const here = layer.location && places.isHere(layer.location) ? places.at(layer.location.span.start) : undefined;
  return {
    name: layer.name,
    type: layer.type,
    ...(here ?? { line: null, column: null }),
    output: layer.output ? shapesOf(layer.output) : null,
    params: layer.params ?? null,
  };
}

function reportModel(model: ModelReport, places: Places) {
  const { cell, line } = places.at(model.span.start);
  return {
    name: model.name,
    kind: model.kind,
    ...(cell === undefined ? {} : { cell }),
    line,
    inputs: model.inputs?.map(printShape) ?? null,
    outputs: model.outputs?.map(printShape) ?? null,
    params: model.params ?? null,
    trainable: model.trainable ?? null,
    nonTrainable: model.nonTrainable ?? null,
    layers: model.layers.filter((it) => !it.isOperation).map((layer) => reportLayer(layer, places)),
  };
}

/** What the contexts yield, each result once, in order of first sight. */
function distinctResults(contexts: readonly HintContext[]) {
  const results = contexts.map(({ outputs }) => ({ shapes: shapesOf(outputs), dtypes: dtypesOf(outputs) }));
  return [...new Map(results.map((it) => [JSON.stringify(it), it])).values()];
}

const reportReading = ({ name, parameters }: ReadingReport) => ({
  name,
  parameters: parameters.map((it) => ({ name: it.name, as: it.as ?? null })),
});

function reportHint(hint: Hint, places: Places) {
  const distinct = distinctResults(hint.contexts);
  return {
    ...places.span(hint.span),
    kind: hint.kind,
    type: hint.type,
    shapes: distinct.map(({ shapes }) => shapes),
    dtypes: distinct.map(({ dtypes }) => dtypes),
    params: commonParams(hint.contexts) ?? null,
    contexts: hint.contexts.map(({ outputs, params, callers, reading }) => ({
      shapes: shapesOf(outputs),
      dtypes: dtypesOf(outputs),
      params: params ?? null,
      callers: callers.map((caller) => places.location(caller)),
      ...(reading && { reading: reportReading(reading) }),
    })),
  };
}

const reportFix = ({ title, preferred, edits }: Fix, places: Places, nameOf: NameOf) => ({
  title,
  preferred,
  edits: edits.map(({ location: { path, span }, newText }) => ({
    path: nameOf(path),
    ...places.span(span, path),
    newText,
  })),
});

const reportDiagnostic = (diagnostic: Diagnostic, places: Places, nameOf: NameOf) => ({
  code: diagnostic.code,
  severity: diagnostic.severity,
  ...places.span(diagnostic.span),
  message: diagnostic.message,
  related: diagnostic.related.map(({ location, message }) => ({ ...places.location(location), message })),
  fixes: diagnostic.fixes.map((fix) => reportFix(fix, places, nameOf)),
});

const reportUnknown = ({ span, reason }: UnknownNote, places: Places) => ({ ...places.at(span.start), reason });

export type DiagnosticReport = ReturnType<typeof reportDiagnostic>;
/** Of a file nothing but what is wrong. */
export function reportDiagnostics(file: FileAnalysis, nameOf: NameOf): FileReport {
  const nothing = { models: [], hints: [], diagnostics: file.analysis.diagnostics, unknowns: [] };
  return reportFile({ ...file, analysis: { path: file.analysis.path, ...nothing } }, nameOf);
}

/** Models as they are built; everything else by its place in the file. What is not known is null. */
export function reportFile(file: FileAnalysis, nameOf: NameOf) {
  const { analysis } = file;
  const places = new Places(file, nameOf);
  return {
    path: nameOf(analysis.path),
    models: analysis.models.map((model) => reportModel(model, places)),
    hints: analysis.hints.toSorted(bySpan).map((hint) => reportHint(hint, places)),
    diagnostics: analysis.diagnostics.toSorted(bySpan).map((it) => reportDiagnostic(it, places, nameOf)),
    unknowns: analysis.unknowns.toSorted(bySpan).map((it) => reportUnknown(it, places)),
  };
}

export const printReport = (files: readonly FileReport[]): string =>
  `${JSON.stringify({ version: FORMAT_VERSION, files }, null, 2)}\n`;
