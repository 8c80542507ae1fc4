import {
  type CancellationToken,
  type ExecuteCommandParams,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { COMMANDS, type ForwardResult } from "../messages.ts";
import { read, type Session } from "../session.ts";
import { workspaceEdit } from "./edits.ts";
import { runForward } from "./forward.ts";
import { explain, summarise } from "./models.ts";

type Command = (session: Session, args: readonly unknown[], token: CancellationToken) => Promise<unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const count = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;

/** Shows a text in an editor that has no better place for it; Inlayer's own client shows the result itself. */
function show({ client, connection }: Session, message: string): void {
  if (!client.own) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
}

const rowText = ({ name, type, actual, problem }: ForwardResult["rows"][number]): string =>
  `${name} (${type})  ${actual ?? problem ?? "?"}`;

const TABLE: Readonly<Record<string, Command>> = {
  [COMMANDS.summary]: async (session, [uri, model]) => {
    const result = await summarise(session, { uri: text(uri), model: count(model, 0) });
    if (result !== null) show(session, `${result.title}\n${result.text}`);
    return result;
  },
  [COMMANDS.forward]: async (session, [uri, model, batch, seed, weights, input], token) => {
    const params = {
      uri: text(uri),
      model: count(model, 0),
      batch: count(batch, 2) || 2,
      seed: count(seed, 0),
      weights: text(weights) || undefined,
      input: text(input) || undefined,
      run: "",
    };
    const result = await runForward(session, params, token);
    const problem = result.problem === undefined ? [] : [result.problem];
    show(session, [result.title, ...result.rows.map(rowText), ...problem].join("\n"));
    return result;
  },
  [COMMANDS.setInputShape]: async (session, [uri, model, shape]) => {
    const found = await read(session, text(uri));
    if (found === undefined) return null;
    const { file } = found.analysed;
    const { edit, problem } = session.setInputShape(file.path, count(model, 0), text(shape));
    if (edit === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, problem);
    return apply(session, workspaceEdit(session, file, [edit]), "Set input shape");
  },
  [COMMANDS.why]: async (session, [uri, position]) => {
    const at = position as { line?: unknown; character?: unknown } | undefined;
    const place = { line: count(at?.line, 0), character: count(at?.character, 0) };
    const result = await explain(session, { uri: text(uri), position: place });
    show(session, result.text);
    return result;
  },
  [COMMANDS.applyEdit]: (session, [edit]) => apply(session, edit as WorkspaceEdit, "Inlayer"),
};

async function apply({ client, connection }: Session, edit: WorkspaceEdit, label: string): Promise<unknown> {
  if (!client.applyEdit) {
    const message = "This editor does not let a server edit: it cannot be done from here.";
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    return edit;
  }
  await connection.workspace.applyEdit({ label, edit });
  return edit;
}

export const COMMAND_NAMES: readonly string[] = Object.keys(TABLE);

/** Runs a command of the server; one that it does not have yields nothing. */
export const executeCommand = async (
  session: Session,
  { command, arguments: args }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> => (await TABLE[command]?.(session, args ?? [], token)) ?? null;
