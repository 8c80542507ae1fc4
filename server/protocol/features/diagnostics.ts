import {
  type Diagnostic,
  DiagnosticTag,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { diagnosticsIn, type FileDiagnostic } from "../../features/diagnostics.ts";
import type { Analysed } from "../../workspace/analyses.ts";
import type { OpenPart } from "../../workspace/openFiles.ts";
import { locationOf, rangeIn, severityOf } from "../convert.ts";
import { read, type Session } from "../session.ts";

export function diagnosticOf(
  { client, rulePages }: Session,
  { documents }: Analysed,
  part: OpenPart,
  { code, severity, span, message, related, unnecessary }: FileDiagnostic,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeIn(part, span),
    severity: severityOf(severity),
    code,
    source: "inlayer",
    message,
  };
  if (client.codeDescription && rulePages !== undefined)
    diagnostic.codeDescription = { href: `${rulePages}${code}.md` };
  if (client.tags && unnecessary) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (client.related && related.length > 0)
    diagnostic.relatedInformation = related.flatMap(({ location, message }) => {
      const found = locationOf(location, documents);
      return found === undefined ? [] : [{ location: found, message }];
    });
  return diagnostic;
}

export const diagnosticsOf = (session: Session, analysed: Analysed, part: OpenPart): Diagnostic[] =>
  diagnosticsIn(analysed.analysis, part).map((it) => diagnosticOf(session, analysed, part, it));

/**
 * Clients that ask for diagnostics are not told them unasked, but for notebooks: an edit in one cell changes what holds
 * in others, which nobody would ask for again.
 */
export const isPushed = ({ client, open }: Session, path: string): boolean =>
  !client.pullDiagnostics || open.isNotebook(path);

/** Tells diagnostics unasked, and takes them back when what they were about is gone. */
export class PushedDiagnostics {
  private readonly session: Session;
  private readonly told = new Map<string, Set<string>>();
  constructor(session: Session) {
    this.session = session;
  }

  publish(analysed: Analysed): void {
    const { path, parts } = analysed.file;
    if (!isPushed(this.session, path)) return;
    const before = this.told.get(path) ?? new Set();
    const now = new Set<string>();
    for (const part of parts) {
      const diagnostics = diagnosticsOf(this.session, analysed, part);
      if (diagnostics.length > 0) now.add(part.uri);
      // Where there was nothing and is nothing there is nothing to tell.
      if (diagnostics.length > 0 || before.has(part.uri)) this.send(part.uri, diagnostics, part.version);
      before.delete(part.uri);
    }
    for (const uri of before) this.send(uri, []);
    this.told.set(path, now);
  }
  closed(path: string): void {
    for (const uri of this.told.get(path) ?? []) this.send(uri, []);
    this.told.delete(path);
  }

  private send(uri: string, diagnostics: Diagnostic[], version?: number): void {
    const params = { uri, diagnostics, ...(version === undefined ? {} : { version }) };
    void this.session.connection.sendDiagnostics(params);
  }
}

/** Answers who asks; says so where nothing is new. */
export class PulledDiagnostics {
  private readonly session: Session;
  private readonly answered = new Map<string, { readonly id: string; readonly json: string }>();
  private count = 0;
  constructor(session: Session) {
    this.session = session;
  }

  async pull({ textDocument: { uri }, previousResultId }: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> {
    const found = await read(this.session, uri);
    if (found === undefined) this.answered.delete(uri);
    const pushed = found === undefined || isPushed(this.session, found.analysed.file.path);
    const items = pushed ? [] : diagnosticsOf(this.session, found.analysed, found.part);
    const json = JSON.stringify(items);
    const last = this.answered.get(uri);
    if (last?.json === json) {
      return last.id === previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: last.id }
        : { kind: DocumentDiagnosticReportKind.Full, resultId: last.id, items };
    }
    const id = String(++this.count);
    this.answered.set(uri, { id, json });
    return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  }
}
