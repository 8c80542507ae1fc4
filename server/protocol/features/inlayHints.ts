import {
  type InlayHint,
  InlayHintKind,
  type InlayHintLabelPart,
  type InlayHintParams,
  type MarkupContent,
} from "vscode-languageserver";
import { type Location, sameSpan } from "../../../core/index.ts";
import { innerCalls } from "../../features/hover.ts";
import { type InlayHint as Hint, inlayHints } from "../../features/inlayHints.ts";
import { labelOf } from "../../features/labels.ts";
import { type Page, paragraph } from "../../features/page.ts";
import { shapeComment } from "../../features/shapeComment.ts";
import { locationOf, offsetIn, positionIn } from "../convert.ts";
import { CLIENT_COMMANDS } from "../messages.ts";
import { type Read, read, type Session } from "../session.ts";
import { cardPageAt, markup } from "./hover.ts";
import { placeIn } from "./modelTree.ts";

interface Data {
  readonly uri: string;
  readonly version: number;
  /** Where the hint's expression starts in the module. */
  readonly start: number;
  readonly end: number;
  /** What each piece of the label is. */
  readonly parts: readonly string[];
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
    const data: Data = { uri, version: part.version, start, end, parts: hint.parts.map((it) => it.is) };
    const position = positionIn(part, part.start + hint.offset);
    const result = results.get(position.line);
    const label = labelFor(session, hint, result === undefined ? "" : `  ${result}`);
    const item: InlayHint = { position, label, kind: InlayHintKind.Type, paddingLeft: true };
    if (session.client.resolveTooltip) return { ...item, data };
    // A card for each hint takes longer than all hints; who cannot ask for one has it in the hover.
    const inner = innerOf(found, hint.hint);
    return inner.length === 0 ? item : { ...item, tooltip: markup(session, inner) };
  });
}

/** In pieces only for who asks where they lead to: that takes as long as a card. */
function labelFor({ client }: Session, { label, parts }: Hint, result: string): InlayHint["label"] {
  if (!client.resolveLinks) return label + result;
  return [...parts.map(({ text }) => ({ value: text })), ...(result === "" ? [] : [{ value: result }])];
}

/** Fills in what takes time, if the text is still the one that the hint was made for. */
export async function resolveHint(session: Session, item: InlayHint): Promise<InlayHint> {
  const data = item.data as Data | undefined;
  const found = data === undefined ? undefined : await read(session, data.uri);
  if (data === undefined || found === undefined || found.part.version !== data.version) return item;
  const hint = found.analysed.analysis.hints.find(({ span }) => sameSpan(span, data));
  if (hint === undefined) return item;
  const tooltip = tooltipOf(session, found, hint);
  return {
    ...item,
    ...(tooltip && { tooltip }),
    ...(Array.isArray(item.label) && { label: linked(session, found, hint, item.label, data.parts) }),
    ...editsOf(session, found, hint, item),
  };
}

const innerOf = ({ analysed: { analysis, file } }: Read, hint: Hint["hint"]): Page =>
  innerCalls(analysis, hint, ({ start, end }) => file.text.slice(start, end));

function tooltipOf(session: Session, found: Read, hint: Hint["hint"]): MarkupContent | undefined {
  const { analysis } = found.analysed;
  // What has no card has at least all that its label may have left out.
  const own = cardPageAt(session, found.analysed, hint.span) ?? [
    paragraph({ code: hint.type }, ` ${labelOf(hint, analysis.models)}`),
  ];
  return markup(session, [...own, ...innerOf(found, hint)]);
}

/** Shapes lead to the definition of what gives them, the parameters of a model to its summary. */
function linked(
  session: Session,
  { analysed, part }: Read,
  { span, kind }: Hint["hint"],
  label: readonly InlayHintLabelPart[],
  parts: readonly string[],
): InlayHintLabelPart[] {
  const definition = session.definition(analysed.file.path, span);
  const own = session.client.own;
  const model = analysed.analysis.models.findIndex((it) => sameSpan(it.span, span));
  const lead = (piece: InlayHintLabelPart, is: string | undefined): InlayHintLabelPart => {
    if (is === "params" && kind === "model" && own && model >= 0) {
      const command = CLIENT_COMMANDS.summary;
      return { ...piece, command: { title: "Show Model Summary", command, arguments: [part.uri, model] } };
    }
    return is === undefined || is === "words" ? piece : { ...piece, ...leading(session, analysed, definition) };
  };
  return label.map((piece, i) => lead(piece, parts[i]));
}
function leading(
  { client }: Session,
  { documents }: Read["analysed"],
  to: Location | undefined,
): Partial<InlayHintLabelPart> {
  if (to === undefined) return {};
  // An editor looks up the definition of what stands at a location, for which another extension would be needed.
  if (!client.own) {
    const location = locationOf(to, documents);
    return location === undefined ? {} : { location };
  }
  const place = placeIn(documents)(to);
  const command = CLIENT_COMMANDS.goTo;
  return place === undefined ? {} : { command: { title: "Go to Definition", command, arguments: [place] } };
}

/** What a double click inserts: the shape as a comment. */
function editsOf({ client }: Session, { part }: Read, hint: Hint["hint"], { position }: InlayHint): Partial<InlayHint> {
  const end = offsetIn(part, position) - part.start;
  const newText = client.resolveTextEdits ? shapeComment(part, hint, end) : undefined;
  return newText === undefined ? {} : { textEdits: [{ range: { start: position, end: position }, newText }] };
}
