import { basename, dirname, resolve } from "node:path";
import { zipSync } from "fflate";
import type { Lowering } from "../../core/index.ts";
import { type Given, namedIn, readGiven } from "../engine/given.ts";
import { linesOf, type MatchedWeights, matchedWeights } from "../engine/matchedWeights.ts";
import { writtenNpy } from "../engine/npy.ts";
import { readWeights } from "../engine/weightsFile.ts";
import type { Forwarded } from "../features/forward.ts";
import type { Host } from "./host.ts";

/** The files that a run takes its input from and writes what comes out to. */

type Problem = { readonly problem: string };
const NO_FILE = "there is no such file";
export async function readInputFile(host: Host, path: string | undefined): Promise<Given | Problem | undefined> {
  if (path === undefined) return undefined;
  const says = ({ problem }: Problem): Problem => ({ problem: `--input ${path}: ${problem}` });
  const bytes = await bytesOf(host, path);
  if ("problem" in bytes) return (bytes.problem === NO_FILE ? namedIn(path) : undefined) ?? says(bytes);
  const given = await readGiven(basename(path), bytes);
  return "problem" in given ? says(given) : given;
}
async function bytesOf(host: Host, path: string): Promise<Uint8Array | Problem> {
  const whole = resolve(host.cwd, path);
  const kind = await host.files.kind(whole).catch(() => undefined);
  if (kind !== "file") return { problem: kind === undefined ? NO_FILE : "it is not a file" };
  return host.files.read(whole).catch(() => ({ problem: "it cannot be read" }));
}

/** Why what a model gives cannot go there, as far as the path tells. */
export async function unwritable(host: Host, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const kindOf = (it: string) => host.files.kind(resolve(host.cwd, it)).catch(() => undefined);
  if ((await kindOf(path)) === "directory") return `--output ${path}: it is a folder; name a file in it`;
  if (!/\.np[yz]$/i.test(path)) return `--output ${path}: arrays are written as an .npy, or an .npz: name it so`;
  const folder = dirname(path);
  return (await kindOf(folder)) === "directory"
    ? undefined
    : `--output ${path}: there is no folder ${folder}; make it first`;
}

/** Writes what a model gave, several tensors into an `.npz`; says why not, where it cannot. */
export async function writeOutput(
  host: Host,
  path: string | undefined,
  ran: Forwarded | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const arrays = (ran?.outputs ?? []).map(writtenNpy);
  const [first] = arrays;
  if (first === undefined) return `--output ${path}: nothing is written, because not all of the model ran`;
  const isArchive = /\.npz$/i.test(path);
  if (arrays.length > 1 && !isArchive)
    return `--output ${path}: the model gives ${arrays.length} tensors, which an .npz can hold`;
  const bytes = isArchive ? await archived(arrays) : first;
  const written = await host.write(resolve(host.cwd, path), bytes).catch(() => false);
  return written === false ? `--output ${path}: it cannot be written` : undefined;
}
/** As `numpy.savez` calls them. */
async function archived(arrays: readonly Uint8Array[]): Promise<Uint8Array> {
  return zipSync(Object.fromEntries(arrays.map((bytes, i) => [`arr_${i}.npy`, bytes])), { level: 0 });
}

/** The weights of `--weights` for a model; what Keras would refuse is refused with the whole list, unless skipped. */
export async function weightsFor(
  host: Host,
  { weights: path, skipMismatch }: { readonly weights: string | undefined; readonly skipMismatch: boolean },
  lowering: Lowering | undefined,
): Promise<MatchedWeights | (Problem & { readonly misuse: boolean }) | undefined> {
  if (path === undefined || lowering === undefined) return undefined;
  const says = (problem: string, misuse: boolean) => ({ problem: `--weights ${path}: ${problem}`, misuse });
  const bytes = await bytesOf(host, path);
  if ("problem" in bytes) return says(bytes.problem, true);
  const file = await readWeights(bytes);
  if ("problem" in file) return says(file.problem, true);
  const matched = matchedWeights(lowering, file);
  const { refused } = matched.report;
  if (refused === undefined || skipMismatch) return matched;
  const rest = "Keras refuses it too; --skip-mismatch runs with what matches";
  return says([`${refused}. ${rest}`, ...linesOf(matched.report)].join("\n"), false);
}
