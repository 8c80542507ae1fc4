import type { Analysis, Diagnostic } from "../../core/index.ts";
import type { Part } from "../workspace/document.ts";

/** Code that could go without any loss; an editor fades it. */
const UNNECESSARY = new Set(["redundant-time-distributed"]);

export interface FileDiagnostic extends Diagnostic {
  readonly unnecessary: boolean;
}

/** What there is to say in a file, or in one cell. Of a wrapper that could go only its name is marked. */
export function diagnosticsIn({ diagnostics }: Analysis, part: Part): readonly FileDiagnostic[] {
  return diagnostics
    .filter(({ span }) => span.start >= part.start && span.start <= part.start + part.text.length)
    .map((diagnostic) => {
      if (!UNNECESSARY.has(diagnostic.code)) return { ...diagnostic, unnecessary: false };
      const { start, end } = diagnostic.span;
      const [name = ""] = /^[\w.]*/.exec(part.text.slice(start - part.start, end - part.start)) ?? [];
      return { ...diagnostic, span: { start, end: name === "" ? end : start + name.length }, unnecessary: true };
    });
}
