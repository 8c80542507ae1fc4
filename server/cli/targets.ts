import { join, relative, resolve } from "node:path";
import { type FileSystem, reasonOf } from "../workspace/fileSystem.ts";
import { walk } from "../workspace/walk.ts";

/** A file to read, or what is wrong with a path that was asked for. */
export type Target = FileTarget | { readonly name: string; readonly problem: string };
export interface FileTarget {
  /** As it was asked for; the folder that was asked for joined with the way from there. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Found in a folder: what is not Python there is no fault. */
  readonly found: boolean;
}

async function* expand(files: FileSystem, cwd: string, name: string): AsyncGenerator<Target> {
  const path = resolve(cwd, name);
  try {
    const kind = name === "" ? undefined : await files.kind(path);
    if (kind === undefined) yield { name, problem: "no such file or directory" };
    else if (kind === "file") yield { name, path, found: false };
    else if (kind === "other") yield { name, problem: "it is neither a file nor a directory" };
    else {
      let empty = true;
      for await (const file of walk(files, path)) {
        empty = false;
        yield { name: join(name, relative(path, file)), path: file, found: true };
      }
      if (empty) yield { name, problem: "there is no Python in this directory" };
    }
  } catch (error) {
    yield { name, problem: reasonOf(error) };
  }
}

/** Every file once, in the order asked for. */
export async function* targetsOf(files: FileSystem, cwd: string, names: readonly string[]): AsyncGenerator<Target> {
  const seen = new Set<string>();
  for (const name of names) {
    for await (const target of expand(files, cwd, name)) {
      if ("path" in target) {
        if (seen.has(target.path)) continue;
        seen.add(target.path);
      }
      yield target;
    }
  }
}
