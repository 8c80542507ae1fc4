import { encloses, type Hint, type ModelReport, type Span, sameSpan, type UnknownNote } from "../../core/index.ts";
import { type LabelPart, labelParts, textOf, USUAL_LABELS } from "./labels.ts";

/** What stands at the end of a line. */
export interface LineHint {
  readonly hint: Hint;
  /** `→ (None, 10, 64) · 384 params`, `Σ 7,818 params · (None, 10, 5) → (None, 10)`. */
  readonly label: string;
  /** The same in pieces. */
  readonly parts: readonly LabelPart[];
}

/** Of the hints that end in one line the outermost, and of several beside each other the last. */
export function chooseHint(ending: readonly Hint[]): Hint | undefined {
  let chosen: Hint | undefined;
  for (const hint of ending) {
    const inside = chosen && encloses(chosen.span, hint.span);
    if (chosen === undefined || (!inside && hint.span.end >= chosen.span.end)) chosen = hint;
  }
  return chosen;
}

/**
 * One hint for each line that has any, by the line in which the expression ends (as `lineOf` counts): so every element
 * of a list of layers that is written one to a line keeps its own, and the call around them stands at the closing
 * bracket.
 */
export function lineHints(
  hints: readonly Hint[],
  models: readonly ModelReport[],
  unknowns: readonly UnknownNote[],
  lineOf: (offset: number) => number,
  style = USUAL_LABELS,
): ReadonlyMap<number, LineHint> {
  const byLine = new Map<number, Hint[]>();
  const doubts = new Map<number, UnknownNote[]>();
  for (const doubt of unknowns) {
    const line = lineOf(doubt.span.end);
    doubts.set(line, [...(doubts.get(line) ?? []), doubt]);
  }
  for (const hint of hints) {
    const line = lineOf(hint.span.end);
    // What goes into something unknown must not pass for what comes out of it.
    if (doubts.get(line)?.some((doubt) => isInside(hint.span, doubt.span))) continue;
    const ending = byLine.get(line);
    if (ending) ending.push(hint);
    else byLine.set(line, [hint]);
  }
  const chosen = new Map<number, LineHint>();
  for (const [line, ending] of byLine) {
    const hint = chooseHint(ending);
    if (hint === undefined) continue;
    const parts = labelParts(hint, models, style);
    chosen.set(line, { hint, parts, label: textOf(parts) });
  }
  return chosen;
}

const isInside = (inner: Span, outer: Span): boolean => encloses(outer, inner) && !sameSpan(outer, inner);
