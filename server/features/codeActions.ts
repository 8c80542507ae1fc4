import {
  type Analysis,
  type Diagnostic,
  type Edit,
  type Refactoring,
  type Severity,
  type Span,
  touches,
} from "../../core/index.ts";
import type { OpenFile, OpenPart } from "../workspace/openFiles.ts";
import { endOfLine } from "./inlayHints.ts";

export interface Action {
  readonly title: string;
  readonly preferred: boolean;
  /** The editor's own name of what it is, where it is narrower than what was asked for. */
  readonly kind?: string;
  /** What it mends, or silences. */
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly Edit[];
}

const GRAVITY: readonly Severity[] = ["error", "warning", "information", "hint"];
const length = ({ span }: Diagnostic): number => span.end - span.start;

/**
 * The fixes of the faults that touch a span, as core verified them: of the gravest fault first, then of the one that is
 * most to the point. One of them at most is preferred.
 */
export function quickFixes({ diagnostics }: Analysis, span: Span): readonly Action[] {
  const touched = diagnostics
    .filter((it) => it.fixes.length > 0 && touches(it.span, span))
    .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || length(a) - length(b));
  const actions = new Map<string, Action>();
  for (const diagnostic of touched) {
    for (const { title, preferred, edits } of diagnostic.fixes) {
      // What mends several faults is one action.
      const key = JSON.stringify([title, edits]);
      const known = actions.get(key);
      const diagnostics = [...(known?.diagnostics ?? []), diagnostic];
      const isPreferred = known?.preferred ?? (preferred && diagnostic === touched[0]);
      actions.set(key, { title, preferred: isPreferred, edits, diagnostics });
    }
  }
  return [...actions.values()];
}

/** All edits within a span that leave unchanged what the program does; of two that overlap, the first. */
export function fixAll({ diagnostics }: Analysis, span: Span): Action | undefined {
  const fixed: Diagnostic[] = [];
  const edits: Edit[] = [];
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes.find(({ keeps }) => keeps);
    if (fix === undefined || !touches(diagnostic.span, span)) continue;
    const clash = fix.edits.some((edit) => edits.some((it) => touches(it.location.span, edit.location.span)));
    if (clash) continue;
    edits.push(...fix.edits);
    fixed.push(diagnostic);
  }
  if (fixed.length === 0) return undefined;
  return {
    title: "Fix all that changes nothing in what the program does",
    preferred: false,
    diagnostics: fixed,
    edits,
  };
}

/** Other ways to write what stands there, which core has tried. */
export const refactorings = (path: string, found: readonly Refactoring[]): readonly Action[] =>
  found.map(({ title, kind, edits }) => ({
    title,
    kind: `refactor.${kind}`,
    preferred: false,
    diagnostics: [],
    edits: edits.map(({ span, newText }) => ({ location: { path, span }, newText })),
  }));

/** Comments that silence the faults that touch a span, one action for each code. */
export function ignoring(file: OpenFile, { diagnostics }: Analysis, span: Span): readonly Action[] {
  const codes = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    if (!touches(diagnostic.span, span) || codes.has(diagnostic.code)) return [];
    const edit = ignoreEdit(file, diagnostic);
    if (edit === undefined) return [];
    codes.add(diagnostic.code);
    const title = `Ignore ${diagnostic.code} on this line`;
    return [{ title, preferred: false, diagnostics: [diagnostic], edits: [edit] }];
  });
}

const COMMENT = /#\s*inlayer:\s*ignore\[([^\]]*)\]/;

/** At the end of the last of its lines that can have a comment. */
function ignoreEdit(file: OpenFile, { code, span }: Diagnostic): Edit | undefined {
  const part = file.partAt(span.start);
  if (part === undefined) return undefined;
  const lineOf = (offset: number) => part.lines.positionAt(offset - part.start).line;
  for (let line = lineOf(span.end); line >= lineOf(span.start); line--) {
    const start = part.lines.offsetAt({ line, column: 1 });
    const end = endOfLine(part, line);
    const text = part.text.slice(start, end);
    if (text.endsWith("\\") || endsInString(part, end)) continue;
    const known = COMMENT.exec(text);
    const at = known === null ? end : start + known.index + known[0].length - 1;
    const newText = known === null ? `${text.trimEnd() === text ? "  " : ""}# inlayer: ignore[${code}]` : `, ${code}`;
    return { location: { path: file.path, span: { start: part.start + at, end: part.start + at } }, newText };
  }
  return undefined;
}

const TOKEN = /#.*|("""|''')(?:\\[\s\S]|(?!\1)[^\\])*(?:\1|$)|(["'])(?:\\[\s\S]|(?!\2)[^\\\r\n])*\2?/g;

/** Whether a line ends within a string that goes over several. */
function endsInString({ text }: OpenPart, offset: number): boolean {
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index > offset) return false;
    if (!token.startsWith("#") && index < offset && offset < index + token.length) return true;
  }
  return false;
}
