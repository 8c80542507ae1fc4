import type { DiagnosticSeen, HintSeen, InlayerAnswer, Place } from "./inlayer.ts";
import type { Block, DiagnosticClaim, LineClaim } from "./parse.ts";

/**
 * Where Inlayer's answer for a block differs from its claims, both ways: every claim is met, and every error, warning
 * and information is claimed; a `hint` needs a claim only in a block that claims any. Places are lines of the block,
 * that is, the answer's lines less `offset`. A difference is a sentence that starts with the line.
 */
export function compare(block: Block, answer: InlayerAnswer, offset: number): readonly string[] {
  const hints = answer.hints.map((hint) => moved(hint, offset));
  const diagnostics = answer.diagnostics.map((diagnostic) => moved(diagnostic, offset));
  const facts = block.claims.flatMap((claim) => factProblems(claim, hints));
  return [...facts, ...diagnosticProblems(block, diagnostics)];
}

const moved = <T extends Place>(place: T, offset: number): T => ({
  ...place,
  line: place.line - offset,
  endLine: place.endLine - offset,
});

function factProblems(claim: LineClaim, hints: readonly HintSeen[]): readonly string[] {
  if (claim.shapes === undefined && claim.dtypes === undefined && claim.params === undefined) return [];
  const hint = hintFor(claim.line, hints);
  if (hint === undefined) return [`${claim.line}: Inlayer has no hint here`];
  const problems: string[] = [];
  const said = (list: readonly string[]): string => list.join(" | ");
  if (claim.shapes !== undefined && said(claim.shapes) !== said(hint.shapes))
    problems.push(`${claim.line}: shape ${said(claim.shapes)} is claimed, Inlayer says ${said(hint.shapes)}`);
  const dtypes = [...new Set(hint.dtypes)];
  if (claim.dtypes !== undefined && said(claim.dtypes) !== said(dtypes))
    problems.push(`${claim.line}: dtype ${said(claim.dtypes)} is claimed, Inlayer says ${said(dtypes)}`);
  if (claim.params !== undefined && claim.params !== hint.params)
    problems.push(`${claim.line}: params ${claim.params} is claimed, Inlayer says ${hint.params ?? "unknown"}`);
  return problems;
}

/** The widest hint that starts on the line; where none starts there, the widest that ends there. */
function hintFor(line: number, hints: readonly HintSeen[]): HintSeen | undefined {
  const widest = (list: readonly HintSeen[]): HintSeen | undefined =>
    list.reduce<HintSeen | undefined>(
      (best, hint) => (best === undefined || contains(hint, best) ? hint : best),
      undefined,
    );
  return widest(hints.filter((hint) => hint.line === line)) ?? widest(hints.filter((hint) => hint.endLine === line));
}

function contains(outer: Place, inner: Place): boolean {
  const starts = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
  const ends = outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn);
  return starts && ends;
}

function diagnosticProblems(block: Block, diagnostics: readonly DiagnosticSeen[]): readonly string[] {
  const claimed = block.claims.flatMap((claim) =>
    claim.diagnostics.map((diagnostic) => ({ line: claim.line, diagnostic })),
  );
  const left = [...diagnostics];
  const problems: string[] = [];
  for (const { line, diagnostic } of claimed) {
    const same = left.filter(
      (d) => d.line === line && d.code === diagnostic.code && d.severity === diagnostic.severity,
    );
    const exact = same.find((seen) => mismatch(diagnostic, seen, block) === undefined) ?? same[0];
    if (exact === undefined) {
      problems.push(`${line}: ${diagnostic.severity} [${diagnostic.code}] is claimed, Inlayer does not report it`);
      continue;
    }
    left.splice(left.indexOf(exact), 1);
    const wrong = mismatch(diagnostic, exact, block);
    if (wrong !== undefined) problems.push(`${line}: [${diagnostic.code}] ${wrong}`);
  }
  const hintsCount = claimed.some(({ diagnostic }) => diagnostic.severity === "hint");
  const unclaimed = left.filter((seen) => seen.severity !== "hint" || hintsCount);
  return [
    ...problems,
    ...unclaimed.map((d) => `${d.line}: Inlayer reports ${d.severity} [${d.code}] "${d.message}", unclaimed`),
  ];
}

/** How a diagnostic of the right code and line differs from its claim. */
function mismatch(claim: DiagnosticClaim, seen: DiagnosticSeen, block: Block): string | undefined {
  if (claim.message !== undefined && !seen.message.includes(claim.message))
    return `says "${seen.message}", claimed is "${claim.message}"`;
  if (claim.columns === undefined) return undefined;
  const { start, end } = claim.columns;
  // Carets cannot go beyond the line, so there a longer span ends with the line's code.
  const endOfLine = (block.text.split("\n")[seen.line - 1] ?? "").replace(/\s*#.*$/, "").length + 1;
  const endSeen = seen.endLine > seen.line ? endOfLine : seen.endColumn;
  if (seen.column === start && endSeen === end) return undefined;
  return `underlines columns ${seen.column} to ${endSeen - 1}, claimed are ${start} to ${end - 1}`;
}
