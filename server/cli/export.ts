import { basename, resolve } from "node:path";
import { bytes, type LoweredWeight } from "../../core/index.ts";
import { exported } from "../engine/exported.ts";
import { initialised } from "../engine/initialisers.ts";
import { linesOf } from "../engine/matchedWeights.ts";
import { exportedGraph, exportNotes, printTensor } from "../features/export.ts";
import { printBytes } from "../features/numbers.ts";
import { chooseModels, nameOne } from "./chosen.ts";
import { safe } from "./displayLine.ts";
import { weightsFor } from "./forwardFiles.ts";
import { EXIT, type Host } from "./host.ts";
import type { ExportOptions } from "./options.ts";

/** Writes a file's model, or the one of a name, as ONNX with its weights. */
export async function exportModel(host: Host, options: ExportOptions): Promise<number> {
  const say = (problem: string, code: number): number => {
    host.err(`inlayer: ${safe(problem)}\n`);
    return code;
  };
  const found = await chooseModels(host, options, (core, path, chosen) =>
    chosen.length === 1 ? exportedGraph((how) => core.lower(path, chosen[0] ?? 0, how), options) : undefined,
  );
  if ("problem" in found) return say(found.problem, EXIT.misuse);
  const { file, chosen, made } = found;
  if (chosen.length > 1) return say(nameOne(found), EXIT.misuse);
  if (made === undefined) return say(`${file}: the model cannot be traced`, EXIT.faults);
  if ("problem" in made) return say(`${file}: it cannot be exported: ${made.problem}`, EXIT.faults);
  const weights = await weightsFor(host, options, made.lowering);
  if (weights !== undefined && "problem" in weights)
    return say(weights.problem, weights.misuse ? EXIT.misuse : EXIT.faults);
  const numbers = (it: LoweredWeight) => weights?.numbers.get(it.name) ?? initialised(it, options.seed);
  const path = resolve(host.cwd, options.output);
  const { model, data } = exported(made.graph, { numbers, beside: `${basename(path)}.data` });
  try {
    await host.write(path, model);
    if (data !== undefined) await host.write(`${path}.data`, data.chunks);
  } catch {
    return say(`--output ${options.output}: it cannot be written`, EXIT.misuse);
  }
  const { graph } = made;
  const size = graph.weights.reduce((sum, it) => sum + bytes(it), 0);
  const origin =
    weights === undefined ? `drawn, seed ${options.seed}` : `${weights.report.found} of ${weights.report.of}`;
  const isOpen = made.lowering.inputs.some(({ assumed }) => assumed.length > 0);
  const lines = [
    `${options.output}: ${graph.nodes.length} nodes, ${printBytes(size)} of weights (${origin})`,
    ...(data === undefined ? [] : [`  weights in ${options.output}.data beside it`]),
    ...graph.inputs.map((it) => `  input ${printTensor(it)}`),
    ...graph.outputs.map((it) => `  output ${printTensor(it)}`),
    ...exportNotes(made, options.batch !== undefined).map((it) => `  note: ${it}`),
    ...(isOpen && options.length === undefined ? ["  note: it takes no other length; --length N writes another"] : []),
    ...(weights === undefined ? [] : linesOf(weights.report)),
  ];
  host.out(lines.map((line) => `${safe(line)}\n`).join(""));
  return EXIT.clean;
}
