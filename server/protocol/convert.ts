import { DiagnosticSeverity, type Location, type Position, type Range } from "vscode-languageserver";
import type { Location as CoreLocation, Diagnostic, Severity, Span } from "../../core/index.ts";
import type { Document, Part } from "../workspace/document.ts";
import { OpenFile, type OpenPart } from "../workspace/openFiles.ts";

/** An offset of a module as the protocol counts in the part that it is in. */
export function positionIn(part: Part, offset: number): Position {
  const { line, column } = part.lines.positionAt(offset - part.start);
  return { line: line - 1, character: column - 1 };
}
export const rangeIn = (part: Part, { start, end }: Span): Range => ({
  start: positionIn(part, start),
  end: positionIn(part, end),
});
export const offsetIn = (part: Part, { line, character }: Position): number =>
  part.start + part.lines.offsetAt({ line: line + 1, column: character + 1 });
export const spanIn = (part: Part, { start, end }: Range): Span => ({
  start: offsetIn(part, start),
  end: offsetIn(part, end),
});

/** Where a span of a file stands: in one of its cells, or in the file itself. */
export function locationIn(file: OpenFile, span: Span): Location | undefined {
  const part = file.partAt(span.start);
  return part && { uri: part.uri, range: rangeIn(part, span) };
}

/** A place in any of the files that an analysis read. */
export function locationOf(
  { path, span }: CoreLocation,
  documents: ReadonlyMap<string, Document>,
): Location | undefined {
  const document = documents.get(path);
  if (document instanceof OpenFile) return locationIn(document, span);
  const [part] = document?.parts ?? [];
  return part && { uri: path, range: rangeIn(part, span) };
}

export const severityOf = (severity: Severity): DiagnosticSeverity => SEVERITIES[severity];
const SEVERITIES: Readonly<Record<Diagnostic["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What an answer is about: the part, and the file that it is a part of. */
export interface Place {
  readonly file: OpenFile;
  readonly part: OpenPart;
}
