import { type Analysis, type Card, encloses, type Hint, type Span } from "../../core/index.ts";
import { cardPage, type PlaceName } from "./card.ts";
import { labelOf } from "./labels.ts";
import { type Page, type Piece, paragraph, worded } from "./page.ts";

export interface Hover {
  readonly span: Span;
  readonly page: Page;
}

const covers = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
const shortest = <T extends { readonly span: Span }>(all: readonly T[]): T | undefined =>
  all.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];

/** What to say at an offset: the card that core makes, else what the report has. */
export function hover(
  analysis: Analysis,
  offset: number,
  card: Card | undefined,
  place: PlaceName,
  batch?: number,
): Hover | undefined {
  const setting = batch === undefined ? undefined : { batch, models: analysis.models };
  if (card !== undefined) return { span: card.span, page: cardPage(card, place, setting) };
  const hint = shortest(analysis.hints.filter(({ span }) => covers(span, offset)));
  const doubt = shortest(analysis.unknowns.filter(({ span }) => covers(span, offset)));
  if (doubt !== undefined && (hint === undefined || covers(hint.span, doubt.span.start)))
    return { span: doubt.span, page: [paragraph({ strong: "Not known" }, ": ", ...worded(doubt.reason))] };
  return hint && { span: hint.span, page: [paragraph({ code: hint.type }, ` ${labelOf(hint, analysis.models)}`)] };
}

/** The calls inside the hint's own that have something to show, in the order of the text; for the hint's tooltip. */
export function innerCalls(analysis: Analysis, outer: Hint, text: (span: Span) => string): Page {
  const inside = analysis.hints.filter(({ span }) => span !== outer.span && encloses(outer.span, span));
  if (inside.length === 0) return [];
  const item = (hint: Hint): readonly Piece[] => [
    { code: shortened(text(hint.span)) },
    ` ${labelOf(hint, analysis.models)}`,
  ];
  return [paragraph("In this call:"), { kind: "list", items: inside.slice(0, LISTED).map(item) }];
}
const LISTED = 12;
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
