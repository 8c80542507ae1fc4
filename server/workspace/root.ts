import type { Files } from "./fileSystem.ts";

/** The folder and those above it, itself first. */
export function* foldersFrom(files: Files, folder: string): Generator<string> {
  for (let current = folder; ; current = files.dirname(current)) {
    yield current;
    if (files.dirname(current) === current) return;
  }
}

const exists = async (files: Files, path: string): Promise<boolean> =>
  (await files.kind(path).catch(() => undefined)) !== undefined;

/** The nearest folder from `folder` upwards that holds one of `marks`. */
export async function nearest(files: Files, folder: string, marks: readonly string[]): Promise<string | undefined> {
  for (const current of foldersFrom(files, folder))
    for (const mark of marks) if (await exists(files, files.join(current, mark))) return current;
  return undefined;
}

/** The root of the project that the file is in: the nearest pyproject.toml or .git above it, else its own folder. */
export const findRoot = async (files: Files, file: string): Promise<string> =>
  (await nearest(files, files.dirname(file), ["pyproject.toml", ".git"])) ?? files.dirname(file);
