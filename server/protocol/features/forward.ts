import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { type Given, namedIn, prepared, readGiven } from "../../engine/given.ts";
import type { ForwardedRow } from "../../features/forward.ts";
import { previewOf } from "../../features/preview.ts";
import { cancellable } from "../cancel.ts";
import { locationOf } from "../convert.ts";
import { type ForwardParams, type ForwardResult, type ForwardRow, NOTIFICATIONS } from "../messages.ts";
import { type Read, read, type Session } from "../session.ts";
import { weightsOf } from "./weights.ts";

const refused = (title: string, problem: string): ForwardResult => ({
  title,
  rows: [],
  previews: [],
  input: "",
  time: 0,
  problem,
});

/** Runs a model on the engine; rows are told as they come to a client that gave the run a name. */
export async function runForward(
  session: Session,
  { uri, model, batch, shapes, seed, weights: from, input: file, run }: ForwardParams,
  token: CancellationToken,
): Promise<ForwardResult> {
  const { connection, engine } = session;
  const began = performance.now();
  const found = await read(session, uri);
  if (found === undefined) return refused("", "This file is not open as Python.");
  const data = file === undefined ? undefined : (namedIn(file) ?? (await inputOf(session, file)));
  if (data !== undefined && "problem" in data) return refused("", data.problem);
  const asked = data === undefined ? { batch, shapes } : { batch: undefined };
  const made = prepared(data, asked, (how) => session.lower(found.analysed.file.path, model, how));
  if (made === undefined) return refused("", "There is no such model in this file any more.");
  if ("problem" in made) return refused("", `${nameOf(file)}: ${made.problem}.`);
  const { lowering } = made;
  if (engine === undefined) return refused(lowering.name, "There is no engine here to run a model on.");
  const given = from === undefined ? undefined : await weightsOf(session, from, lowering);
  if (given !== undefined && "problem" in given) return refused(lowering.name, given.problem);
  return cancellable(token, async (signal) => {
    const told = (row: ForwardedRow) => {
      const params = { run, row: rowOf(row, found) };
      if (run !== "" && !signal.aborted) void connection.sendNotification(NOTIFICATIONS.forwardRow, params);
    };
    const how = { seed, inputs: made.inputs, weights: given?.numbers, wanted: true };
    const ran = await (await engine()).run(lowering, how, told, signal);
    if (signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    const time = performance.now() - began;
    const { problem, outputs = [] } = ran;
    const rows = ran.rows.map((row) => rowOf(row, found));
    session.results.show(rows, new Map([...found.analysed.documents].map(([path, { text }]) => [path, text])));
    session.refresh();
    const input = [ran.input, made.words, given?.words].filter((it) => it !== undefined && it !== "").join(" · ");
    return { title: lowering.name, rows, previews: outputs.map(previewOf), input, time, problem };
  });
}

const nameOf = (uri = ""): string => decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));

/** What a file holds that a model is to be given. */
async function inputOf({ bytes }: Session, uri: string): Promise<Given | { readonly problem: string }> {
  const name = nameOf(uri);
  const content = await bytes(uri).catch(() => undefined);
  const given = content === undefined ? { problem: "it cannot be read" } : await readGiven(name, content);
  return "problem" in given ? { problem: `${name}: ${given.problem}.` } : given;
}

function rowOf({ location, ...row }: ForwardedRow, { analysed }: Read): ForwardRow {
  const found = location && locationOf(location, analysed.documents);
  return { ...row, uri: found?.uri, range: found?.range };
}
