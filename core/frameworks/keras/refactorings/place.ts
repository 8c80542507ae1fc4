import type { LayerReport, ModelReport } from "../../../analysis.ts";
import { blocksOf } from "../../../python/statements.ts";
import type { Block, Module, Statement } from "../../../python/syntax.ts";
import type { RefactoringSite } from "../../../refactoring.ts";
import { type Span, touches } from "../../../text/span.ts";

/** The whole lines of a span. */
export function linesOf(text: string, { start, end }: Span): Span {
  const next = text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: next === -1 ? text.length : next };
}

/** The model that is meant at the place: whose construction or one of whose layers stands on the lines of it. */
export function modelHere({ path, text, analysis, span }: RefactoringSite): ModelReport | undefined {
  const lines = linesOf(text, span);
  const at = (it: LayerReport) => it.location?.path === path && touches(it.location.span, lines);
  return (
    analysis.models.find((it) => touches(it.span, lines)) ??
    analysis.models.find((it) => it.layers.some((row) => at(row)))
  );
}

/** A statement with its start from the module's, and those that follow it in its block. */
export interface InBlock {
  readonly statement: Statement;
  readonly start: number;
  readonly following: readonly { readonly statement: Statement; readonly start: number }[];
}

/** The statement that starts at an offset. */
export function inBlock(module: Module, start: number): InBlock | undefined {
  const search = (block: Block, base: number): InBlock | undefined => {
    for (const [i, { offset, statement }] of block.entries.entries()) {
      const at = base + offset;
      const placed = (it: Block["entries"][number]) => ({ statement: it.statement, start: base + it.offset });
      if (at === start) return { statement, start, following: block.entries.slice(i + 1).map(placed) };
      if (start < at || start > at + length(statement)) continue;
      for (const inner of blocksOf(statement)) {
        const found = search(inner, at);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return search(module, 0);
}
export const length = ({ span }: Statement): number => span.end - span.start;
