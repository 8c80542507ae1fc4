import type { CancellationToken } from "vscode-languageserver";
import { bytes } from "../../../core/index.ts";
import { exportedGraph, exportNotes, INSIDE, printTensor } from "../../features/export.ts";
import { printBytes } from "../../features/numbers.ts";
import { schemeOf } from "../../workspace/uris.ts";
import { cancellable } from "../cancel.ts";
import type { ExportParams, ToldResult } from "../messages.ts";
import { read, type Session } from "../session.ts";
import { weightsOf } from "./weights.ts";

const refused = (title: string, problem: string): ToldResult => ({ title, lines: [], problem });

/** Writes a model as ONNX; the worker makes the file, so that nothing waits for it. */
export async function exportModel(
  session: Session,
  { uri, model, weights: from, target }: ExportParams,
  token: CancellationToken,
): Promise<ToldResult> {
  const { engine, host } = session;
  const found = await read(session, uri);
  if (found === undefined) return refused("", "This file is not open as Python.");
  const { path } = found.analysed.file;
  const made = exportedGraph((options) => session.lower(path, model, options), {});
  if (made === undefined) return refused("", "There is no such model in this file any more.");
  if ("problem" in made) return refused("", `It cannot be exported: ${made.problem}.`);
  const { graph, lowering } = made;
  if (engine === undefined || host.write === undefined || !host.schemes.includes(schemeOf(target)))
    return refused(graph.name, "There is no disk here to write a model to.");
  const size = graph.weights.reduce((sum, it) => sum + bytes(it), 0);
  if (size > INSIDE)
    return refused(
      graph.name,
      `Its weights take ${printBytes(size)}: \`inlayer export\` writes them beside the model.`,
    );
  const given = from === undefined ? undefined : await weightsOf(session, from, lowering);
  if (given !== undefined && "problem" in given) return refused(graph.name, given.problem);
  const how = { seed: 0, weights: given?.numbers };
  try {
    const file = await cancellable(token, async (signal) => (await engine()).write(graph, how, signal));
    await host.write(target, file);
  } catch (error) {
    return refused(graph.name, error instanceof Error ? error.message : String(error));
  }
  const lines = [
    `${graph.nodes.length} nodes, ${printBytes(size)} of weights, ${given === undefined ? "drawn" : given.words}`,
    ...graph.inputs.map((it) => `input ${printTensor(it)}`),
    ...graph.outputs.map((it) => `output ${printTensor(it)}`),
    ...exportNotes(made, false),
  ];
  return { title: graph.name, lines };
}
