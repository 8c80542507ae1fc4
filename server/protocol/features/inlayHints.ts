import { type InlayHint, InlayHintKind, type InlayHintParams, type MarkupContent } from "vscode-languageserver";
import { hover, innerCalls } from "../../features/hover.ts";
import { type InlayHint as Hint, inlayHints } from "../../features/inlayHints.ts";
import type { Page } from "../../features/page.ts";
import { positionIn } from "../convert.ts";
import { type Read, read, type Session } from "../session.ts";
import { markup, placeNames } from "./hover.ts";

interface Data {
  readonly uri: string;
  readonly version: number;
  /** Where the hint's expression starts in the module. */
  readonly start: number;
  readonly end: number;
}

/** The hints of the text as it stands: none is ever answered from an older one. */
export async function provideHints(
  session: Session,
  { textDocument: { uri }, range }: InlayHintParams,
): Promise<InlayHint[]> {
  const found = await read(session, uri);
  if (found === undefined) return [];
  const { analysed, part } = found;
  const { hints: settings } = session.configuration();
  const hints = inlayHints(analysed.analysis, part, settings, range.start.line + 1, range.end.line + 1);
  const results = session.results.of(uri, analysed.file.path, analysed.file.text);
  return hints.map((hint) => {
    const { start, end } = hint.hint.span;
    const data: Data = { uri, version: part.version, start, end };
    const position = positionIn(part, part.start + hint.offset);
    const result = results.get(position.line);
    const shown = { position, label: result === undefined ? hint.label : `${hint.label}  ${result}` };
    const item: InlayHint = { ...shown, kind: InlayHintKind.Type, paddingLeft: true };
    if (session.client.resolveTooltip) return { ...item, data };
    // A card for each hint takes longer than all hints; who cannot ask for one has it in the hover.
    const inner = innerOf(found, hint.hint);
    return inner.length === 0 ? item : { ...item, tooltip: markup(session, inner) };
  });
}

/** Fills the tooltip in, if the text is still the one that the hint was made for. */
export async function resolveHint(session: Session, item: InlayHint): Promise<InlayHint> {
  const data = item.data as Data | undefined;
  const found = data === undefined ? undefined : await read(session, data.uri);
  if (data === undefined || found === undefined || found.part.version !== data.version) return item;
  const hint = found.analysed.analysis.hints.find(({ span }) => span.start === data.start && span.end === data.end);
  const tooltip = hint && tooltipOf(session, found, hint);
  return tooltip === undefined ? item : { ...item, tooltip };
}

const innerOf = ({ analysed: { analysis, file } }: Read, hint: Hint["hint"]): Page =>
  innerCalls(analysis, hint, ({ start, end }) => file.text.slice(start, end));

function tooltipOf(session: Session, read: Read, hint: Hint["hint"]): MarkupContent | undefined {
  const { analysed } = read;
  const { analysis, file } = analysed;
  // The card of a call is found at its end: at its start may stand another.
  const card = session.card(file.path, Math.max(hint.span.start, hint.span.end - 1));
  const about = card?.span.start === hint.span.start && card.span.end === hint.span.end ? card : undefined;
  const own = about && hover(analysis, hint.span.start, about, placeNames(session, analysed));
  const page: Page = [...(own?.page ?? []), ...innerOf(read, hint)];
  return page.length === 0 ? undefined : markup(session, page);
}
