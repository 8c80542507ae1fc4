import { type Hover, type HoverParams, type MarkupContent, MarkupKind, type Position } from "vscode-languageserver";
import type { Span } from "../../../core/index.ts";
import type { PlaceName } from "../../features/card.ts";
import { hover } from "../../features/hover.ts";
import { type Block, type Page, paragraph, toMarkdown, toPlainText } from "../../features/page.ts";
import type { Analysed } from "../../workspace/analyses.ts";
import { offsetIn, rangeIn } from "../convert.ts";
import { CLIENT_COMMANDS } from "../messages.ts";
import { read, type Session } from "../session.ts";

export function markup({ client }: Session, page: Page): MarkupContent {
  return client.markdownHover
    ? { kind: MarkupKind.Markdown, value: toMarkdown(page) }
    : { kind: MarkupKind.PlainText, value: toPlainText(page) };
}

/** `line 12`, `cell 3, line 2`, `blocks.py, line 12`. */
export function placeNames(_: Session, { file, documents }: Analysed): PlaceName {
  return ({ path, span }) => {
    const document = documents.get(path);
    if (document === undefined) return "another file";
    const { cell, line } = document.positionAt(span.start);
    const where = cell === undefined ? `line ${line}` : `cell ${cell + 1}, line ${line}`;
    const name = decodeURIComponent(path.split("/").at(-1) ?? path);
    return path === file.path ? where : `${name}, ${where}`;
  };
}

/** For who can follow it: a command of Inlayer's own client. */
const onNumbers = (uri: string, at: Position): Block => {
  const to = `command:${CLIENT_COMMANDS.compare}?${encodeURIComponent(JSON.stringify([uri, at]))}`;
  return paragraph({ link: "Compare these on numbers", to });
};

/** The page of the card of exactly this expression, if it has one. */
export function cardPageAt(session: Session, analysed: Analysed, span: Span): Page | undefined {
  // The card of a call is found at its end: at its start may stand another.
  const card = session.card(analysed.file.path, Math.max(span.start, span.end - 1));
  const isIts = card?.span.start === span.start && card.span.end === span.end;
  return isIts ? hover(analysed.analysis, span.start, card, placeNames(session, analysed))?.page : undefined;
}

export async function provideHover(
  session: Session,
  { textDocument: { uri }, position }: HoverParams,
): Promise<Hover | null> {
  const found = await read(session, uri);
  if (found === undefined) return null;
  const { analysed, part } = found;
  if (!analysed.concerned) return null;
  const offset = offsetIn(part, position);
  const card = session.card(analysed.file.path, offset);
  const shown = hover(analysed.analysis, offset, card, placeNames(session, analysed));
  if (shown === undefined) return null;
  const page = card?.ways === undefined || !session.client.own ? shown.page : [...shown.page, onNumbers(uri, position)];
  return { contents: markup(session, page), range: rangeIn(part, shown.span) };
}
