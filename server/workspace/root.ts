import { dirname, join } from "node:path";
import type { FileSystem } from "./fileSystem.ts";

/** The folder and those above it, itself first. */
export function* foldersFrom(folder: string): Generator<string> {
  for (let current = folder; ; current = dirname(current)) {
    yield current;
    if (dirname(current) === current) return;
  }
}

const exists = async (files: FileSystem, path: string): Promise<boolean> =>
  (await files.kind(path).catch(() => undefined)) !== undefined;

/** The nearest folder from `folder` upwards that holds one of `marks`. */
export async function nearest(
  files: FileSystem,
  folder: string,
  marks: readonly string[],
): Promise<string | undefined> {
  for (const current of foldersFrom(folder))
    for (const mark of marks) if (await exists(files, join(current, mark))) return current;
  return undefined;
}

/** The root of the project that the file is in: the nearest pyproject.toml or .git above it, else its own folder. */
export const findRoot = async (files: FileSystem, file: string): Promise<string> =>
  (await nearest(files, dirname(file), ["pyproject.toml", ".git"])) ?? dirname(file);
