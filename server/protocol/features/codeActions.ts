import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Command,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { type Span, touches } from "../../../core/index.ts";
import { type Action, fixAll, ignoring, quickFixes, refactorings } from "../../features/codeActions.ts";
import { diagnosticsIn } from "../../features/diagnostics.ts";
import type { Analysed, Analyses } from "../../workspace/analyses.ts";
import type { OpenPart } from "../../workspace/openFiles.ts";
import { spanIn } from "../convert.ts";
import { COMMANDS } from "../messages.ts";
import { type Read, read, type Session } from "../session.ts";
import { diagnosticOf } from "./diagnostics.ts";
import { workspaceEdit } from "./edits.ts";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.inlayer`;

interface Data {
  readonly uri: string;
  readonly version: number;
  readonly kind: string;
  /** Its place among the actions of its kind for the span. */
  readonly index: number;
  readonly span: Span;
}

/** Whether a kind is asked for: `source` asks for all that is under it. */
const asks = (only: readonly string[] | undefined, kind: string, unasked: boolean): boolean =>
  only === undefined ? unasked : only.some((it) => it === "" || kind === it || kind.startsWith(`${it}.`));

/** Whether a kind is asked for, or one under it: `refactor.rewrite` asks for some of `refactor`. */
const asksUnder = (only: readonly string[] | undefined, kind: string, unasked: boolean): boolean =>
  asks(only, kind, unasked) || only?.some((it) => it.startsWith(`${kind}.`)) === true;

/** The analysis with the fixes of what is found at a span: those it has, or what finds them. */
async function fixesFor(analyses: Analyses, analysed: Analysed, kind: string, span: Span) {
  const { path } = analysed.file;
  const found = analysed.analysis.diagnostics.filter((it) => touches(it.span, span));
  if (found.length === 0) return undefined;
  if (kind === FIX_ALL) return analyses.withFixes(path, "keeping");
  if (found.some(({ fixes }) => fixes.length > 0)) return analysed;
  // What is to blame for a finding is searched for in all of them together.
  if (found.some(({ crash }) => crash !== undefined)) return analyses.withFixes(path, true);
  const starts = found.map((it) => it.span.start);
  const ends = found.map((it) => it.span.end);
  return analyses.withFixes(path, { start: Math.min(...starts), end: Math.max(...ends) });
}

/** The actions for a span of the file, each tried out; undefined where there is nothing to act on. */
async function actionsFor({ analyses }: Session, { analysed }: Read, kind: string, span: Span) {
  if (kind === CodeActionKind.Refactor) {
    const { path } = analysed.file;
    const answer = await analyses.refactorings(path, span);
    return answer && { fixed: { ...analysed, file: answer.file }, actions: refactorings(path, answer.found) };
  }
  const fixed = await fixesFor(analyses, analysed, kind, span);
  return fixed && { fixed, actions: actionsIn(fixed, kind, span) };
}
function actionsIn({ file, analysis }: Analysed, kind: string, span: Span): readonly Action[] {
  if (kind === FIX_ALL) return [fixAll(analysis, span)].filter((it) => it !== undefined);
  return [...quickFixes(analysis, span), ...ignoring(file, analysis, span)];
}

export async function provideActions(
  session: Session,
  { textDocument: { uri }, range, context }: CodeActionParams,
): Promise<(CodeAction | Command)[]> {
  const found = await read(session, uri);
  if (found === undefined) return [];
  const { part } = found;
  const wanted: (readonly [string, Span])[] = [];
  if (asks(context.only, CodeActionKind.QuickFix, true)) wanted.push([CodeActionKind.QuickFix, spanIn(part, range)]);
  // Moving the cursor is no question: each of them is an analysis of the file.
  const isAsked = context.triggerKind !== CodeActionTriggerKind.Automatic;
  if (asksUnder(context.only, CodeActionKind.Refactor, isAsked))
    wanted.push([CodeActionKind.Refactor, spanIn(part, range)]);
  if (session.client.actionLiterals && asks(context.only, FIX_ALL, false)) {
    wanted.push([FIX_ALL, { start: part.start, end: part.start + part.text.length }]);
  }
  const all: (CodeAction | Command)[] = [];
  const isWanted = ({ kind }: Action) => kind === undefined || asks(context.only, kind, true);
  for (const [kind, span] of wanted) {
    const answer = await actionsFor(session, found, kind, span);
    const now = answer?.fixed.file.partOf(uri);
    if (answer === undefined || now?.version !== part.version) continue;
    const at = { session, read: { analysed: answer.fixed, part: now }, kind, span };
    all.push(...answer.actions.flatMap((action, index) => (isWanted(action) ? [actionOf(action, index, at)] : [])));
  }
  return all;
}

interface Context {
  readonly session: Session;
  readonly read: Read;
  readonly kind: string;
  readonly span: Span;
}

function actionOf(action: Action, index: number, { session, read, kind, span }: Context): CodeAction | Command {
  const { client } = session;
  const { title, preferred } = action;
  const edit = () => workspaceEdit(session, read.analysed.file, action.edits);
  if (!client.actionLiterals) return { title, command: COMMANDS.applyEdit, arguments: [edit()] };
  const diagnostics = diagnosticsFor(action, session, read, read.part);
  const data: Data = { uri: read.part.uri, version: read.part.version, kind, index, span };
  return {
    title,
    kind: action.kind ?? kind,
    diagnostics,
    ...(client.preferred && preferred ? { isPreferred: true } : {}),
    ...(client.resolveEdit ? { data } : { edit: edit() }),
  };
}

function diagnosticsFor(action: Action, session: Session, { analysed }: Read, part: OpenPart) {
  const mended = new Set(action.diagnostics.map(({ code, span }) => `${code} ${span.start}`));
  return diagnosticsIn(analysed.analysis, part)
    .filter(({ code, span }) => mended.has(`${code} ${span.start}`))
    .map((it) => diagnosticOf(session, analysed, part, it));
}

/** The edit of an action, made only when it is chosen. */
export async function resolveAction(session: Session, action: CodeAction): Promise<CodeAction> {
  const data = action.data as Data | undefined;
  if (data === undefined || action.edit !== undefined) return action;
  const found = await read(session, data.uri);
  if (found?.part.version !== data.version) {
    throw new ResponseError(LSPErrorCodes.ContentModified, "The text has changed since: ask for actions again.");
  }
  const { kind, span, index } = data;
  const answer = await actionsFor(session, found, kind, span);
  const isIt = (it: Action | undefined) => it?.title === action.title;
  let [fixed, chosen] = [answer?.fixed, [answer?.actions[index]].find(isIt)];
  if (chosen === undefined && kind === CodeActionKind.QuickFix) {
    // What it mends was found to be blamed elsewhere since it was offered.
    fixed = await session.analyses.withFixes(found.analysed.file.path, span);
    chosen = fixed && actionsIn(fixed, kind, span).find(isIt);
  }
  return fixed && chosen ? { ...action, edit: workspaceEdit(session, fixed.file, chosen.edits) } : action;
}
