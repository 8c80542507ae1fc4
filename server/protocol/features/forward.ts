import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { ForwardedRow } from "../../features/forward.ts";
import { locationOf } from "../convert.ts";
import { type ForwardParams, type ForwardResult, type ForwardRow, NOTIFICATIONS } from "../messages.ts";
import { type Read, read, type Session } from "../session.ts";

const refused = (title: string, problem: string): ForwardResult => ({ title, rows: [], input: "", time: 0, problem });

/** Runs a model on the engine; rows are told as they come to a client that gave the run a name. */
export async function runForward(
  session: Session,
  { uri, model, batch, seed, run }: ForwardParams,
  token: CancellationToken,
): Promise<ForwardResult> {
  const { connection, engine } = session;
  const began = performance.now();
  const found = await read(session, uri);
  if (found === undefined) return refused("", "This file is not open as Python.");
  const lowering = session.lower(found.analysed.file.path, model, batch);
  if (lowering === undefined) return refused("", "There is no such model in this file any more.");
  if (engine === undefined) return refused(lowering.name, "There is no engine here to run a model on.");
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  try {
    const told = (row: ForwardedRow) => {
      const params = { run, row: rowOf(row, found) };
      if (run !== "" && !abort.signal.aborted) void connection.sendNotification(NOTIFICATIONS.forwardRow, params);
    };
    const { rows, input, problem } = await (await engine()).run(lowering, { seed }, told, abort.signal);
    if (abort.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    const time = performance.now() - began;
    return { title: lowering.name, rows: rows.map((row) => rowOf(row, found)), input, time, problem };
  } finally {
    listener.dispose();
  }
}

function rowOf({ location, ...row }: ForwardedRow, { analysed }: Read): ForwardRow {
  const found = location && locationOf(location, analysed.documents);
  return { ...row, uri: found?.uri, range: found?.range };
}
