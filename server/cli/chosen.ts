import { resolve } from "node:path";
import type { Core, ModelReport } from "../../core/index.ts";
import type { FileAnalysis } from "../workspace/analyse.ts";
import type { Host } from "./host.ts";
import { Reader, type ReaderOptions } from "./reader.ts";

/** `FILE:MODEL`; a name with a colon that is a file's own stays whole. */
async function splitTarget(host: Host, target: string): Promise<{ file: string; model: string | undefined }> {
  const colon = target.lastIndexOf(":");
  const isFile = (await host.files.kind(resolve(host.cwd, target)).catch(() => undefined)) !== undefined;
  if (isFile || colon <= 0) return { file: target, model: undefined };
  return { file: target.slice(0, colon), model: target.slice(colon + 1) };
}

export interface Chosen<T> {
  /** As the user calls it. */
  readonly file: string;
  readonly read: FileAnalysis;
  /** Places in the report's list of models; never empty. */
  readonly chosen: readonly number[];
  readonly made: T;
}

/** How to ask for one of several models: by their variables, or by Keras's names where those are the same. */
export function nameOne({ file, read, chosen }: Pick<Chosen<unknown>, "file" | "read" | "chosen">): string {
  const models = chosen.flatMap((i) => read.analysis.models[i] ?? []);
  const names = new Set(models.map((it) => it.name));
  const words = names.size === models.length ? [...names] : models.map((it) => it.kerasName);
  return `${file} has several models: name one, ${words.map((it) => `${file}:${it}`).join(" or ")}`;
}

/** The models of `FILE[:MODEL]`, all of the file's or those of one name, and what `use` makes of the analysis. */
export async function chooseModels<T>(
  host: Host,
  options: ReaderOptions & { readonly target: string },
  use: (core: Core, path: string, chosen: readonly number[]) => T,
): Promise<Chosen<T> | { readonly problem: string }> {
  const reader = new Reader(host, options);
  const problem = await reader.problem();
  if (problem !== undefined) return { problem };
  const { file, model } = await splitTarget(host, options.target);
  const path = resolve(host.cwd, file);
  const kind = await host.files.kind(path).catch(() => "file" as const);
  if (kind !== "file") return { problem: `${file}: ${kind ? "it is not a file" : "no such file or directory"}` };
  const places = ({ analysis: { models } }: FileAnalysis): readonly number[] => {
    const at = (isIt: (it: ModelReport) => boolean) => models.flatMap((it, i) => (isIt(it) ? [i] : []));
    if (model === undefined) return at(() => true);
    const named = at((it) => it.name === model);
    // One that no variable holds is called as Keras calls it, which may be what a variable is called.
    const held = at((it) => it.name === model && it.kerasName !== model);
    if (named.length > 0) return held.length > 0 ? held : named;
    const also = at((it) => it.otherNames?.includes(model) === true);
    return also.length > 0 ? also : at((it) => it.kerasName === model);
  };
  const both = await reader.readWith({ name: file, path, found: false }, (core, read) => use(core, path, places(read)));
  if ("problem" in both) return { problem: `${file}: ${both.problem}` };
  const { read, made } = both;
  const chosen = places(read);
  const { models } = read.analysis;
  if (models.length === 0)
    return { problem: `${file}: it builds no model; a function that makes one has to be called` };
  if (chosen.length === 0) {
    const names = [...new Set(models.flatMap(({ name, otherNames = [] }) => [name, ...otherNames]))].join(", ");
    return { problem: `${file}: it builds no model called '${model}'; there is ${names}` };
  }
  return { file, read, chosen, made };
}
