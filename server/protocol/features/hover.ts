import { type Hover, type HoverParams, type MarkupContent, MarkupKind, type Position } from "vscode-languageserver";
import { type Card, overlaps, type Span, sameSpan } from "../../../core/index.ts";
import type { PlaceName } from "../../features/card.ts";
import { hover } from "../../features/hover.ts";
import { type Page, type Piece, paragraph, toMarkdown, toPlainText } from "../../features/page.ts";
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

/** A link to a command of Inlayer's own client: for who can follow it. */
const commandLink = (title: string, command: string, ...args: readonly unknown[]): Piece => ({
  ...{ link: title, to: `command:${command}?${encodeURIComponent(JSON.stringify(args))}` },
});
function onNumbers({ client }: Session, card: Card | undefined, uri: string, at: Position): Page {
  if (card?.ways === undefined || !client.own) return [];
  return [paragraph(commandLink("Compare these on numbers", CLIENT_COMMANDS.compare, uri, at))];
}

/** What leads on from a place: the commands of the model that is made there, the pages of the rules it breaks. */
function linksOf({ client, rulePages }: Session, { analysis }: Analysed, span: Span, uri: string): Page {
  const model = analysis.models.findIndex((it) => sameSpan(it.span, span));
  const commands =
    model < 0 || !client.own
      ? []
      : [
          commandLink("Run forward", CLIENT_COMMANDS.forward, uri, model),
          commandLink("Summary", CLIENT_COMMANDS.summary, uri, model),
          commandLink("Architecture", CLIENT_COMMANDS.graph, uri, model),
        ];
  const broken = analysis.diagnostics.filter((it) => overlaps(it.span, span));
  const codes = rulePages === undefined ? [] : [...new Set(broken.map(({ code }) => code))];
  const pages = codes.map((code): Piece => ({ link: `About ${code}`, to: `${rulePages}${code}.md` }));
  const links = [...commands, ...pages];
  return links.length === 0 ? [] : [paragraph(...links.flatMap((it, i) => (i === 0 ? [it] : [" · ", it])))];
}

/** The page of the card of exactly this expression, if it has one. */
export function cardPageAt(session: Session, analysed: Analysed, span: Span): Page | undefined {
  // The card of a call is found at its end: at its start may stand another.
  const card = session.card(analysed.file.path, Math.max(span.start, span.end - 1));
  const { batchSize: batch } = session.configuration();
  const isIts = card !== undefined && sameSpan(card.span, span);
  return isIts ? hover(analysed.analysis, span.start, card, placeNames(session, analysed), batch)?.page : undefined;
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
  const { batchSize: batch } = session.configuration();
  const shown = hover(analysed.analysis, offset, card, placeNames(session, analysed), batch);
  if (shown === undefined) return null;
  const page = [
    ...shown.page,
    ...onNumbers(session, card, uri, position),
    ...linksOf(session, analysed, shown.span, uri),
  ];
  return { contents: markup(session, page), range: rangeIn(part, shown.span) };
}
