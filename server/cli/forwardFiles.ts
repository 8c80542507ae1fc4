import { resolve } from "node:path";
import type { Lowering } from "../../core/index.ts";
import { givenInputs } from "../engine/givenInputs.ts";
import { type FileArrays, readInput } from "../engine/inputFile.ts";
import { linesOf, type MatchedWeights, matchedWeights } from "../engine/matchedWeights.ts";
import { writtenNpy } from "../engine/npy.ts";
import { readWeights } from "../engine/weightsFile.ts";
import type { Forwarded, RunOptions } from "../features/forward.ts";
import type { Host } from "./host.ts";

/** The files that a run takes its input from and writes what comes out to. */

type Problem = { readonly problem: string };
const NONE: FileArrays = new Map();

export async function readGiven(host: Host, path: string | undefined): Promise<FileArrays | Problem> {
  if (path === undefined) return NONE;
  const bytes = await host.files.read(resolve(host.cwd, path)).catch(() => undefined);
  if (bytes === undefined) return { problem: `--input ${path}: it cannot be read` };
  const arrays = await readInput(path, bytes);
  return "problem" in arrays ? { problem: `--input ${path}: ${arrays.problem}` } : arrays;
}

/** How a model is lowered for these arrays: as many samples as they have, and as long as they are. */
export function askedOf(arrays: FileArrays, batch: number | undefined) {
  const entries = [...arrays].map(([name, { shape }], i) => [[name, shape] as const, [String(i), shape] as const]);
  const [samples = 2] = [...arrays.values()][0]?.shape ?? [];
  return { batch: batch ?? samples, shapes: Object.fromEntries(entries.flat()) };
}

export function inputsFrom(lowering: Lowering, arrays: FileArrays): RunOptions["inputs"] | Problem {
  return arrays.size === 0 || lowering.inputs.length === 0 ? undefined : givenInputs(lowering, arrays);
}

/** Writes what a model gave; says why not, where it cannot. */
export async function writeOutput(
  host: Host,
  path: string | undefined,
  ran: Forwarded | undefined,
): Promise<string | undefined> {
  const [first, ...others] = ran?.outputs ?? [];
  if (path === undefined) return undefined;
  if (first === undefined) return `--output ${path}: the model gave nothing to write`;
  if (others.length > 0) return `--output ${path}: the model gives ${others.length + 1} tensors, and one is written`;
  const written = await host.write(resolve(host.cwd, path), writtenNpy(first)).catch(() => false);
  return written === false ? `--output ${path}: it cannot be written` : undefined;
}

/** The weights of `--weights` for a model; what Keras would refuse is refused with the whole list, unless skipped. */
export async function weightsFor(
  host: Host,
  { weights: path, skipMismatch }: { readonly weights: string | undefined; readonly skipMismatch: boolean },
  lowering: Lowering | undefined,
): Promise<MatchedWeights | (Problem & { readonly misuse: boolean }) | undefined> {
  if (path === undefined || lowering === undefined) return undefined;
  const says = (problem: string, misuse: boolean) => ({ problem: `--weights ${path}: ${problem}`, misuse });
  const bytes = await host.files.read(resolve(host.cwd, path)).catch(() => undefined);
  if (bytes === undefined) return says("it cannot be read", true);
  const file = await readWeights(bytes);
  if ("problem" in file) return says(file.problem, true);
  const matched = matchedWeights(lowering, file);
  const { refused } = matched.report;
  if (refused === undefined || skipMismatch) return matched;
  const rest = "Keras refuses it too; --skip-mismatch runs with what matches";
  return says([`${refused}. ${rest}`, ...linesOf(matched.report)].join("\n"), false);
}
