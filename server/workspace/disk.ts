import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, type EntryKind, type FileSystem } from "./fileSystem.ts";

const kindOf = (it: { isFile(): boolean; isFIFO(): boolean; isDirectory(): boolean }): EntryKind =>
  it.isDirectory() ? "directory" : it.isFile() || it.isFIFO() ? "file" : "other";

async function kind(path: string): Promise<EntryKind | undefined> {
  try {
    return kindOf(await stat(path));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(codeOf(error))) return undefined;
    throw error;
  }
}

export const diskFileSystem: FileSystem = {
  read: (path) => readFile(path),
  kind,
  dirname,
  join,
  async list(path) {
    const entries = await readdir(path, { withFileTypes: true });
    return Promise.all(
      entries.map(async (entry) => {
        const link = entry.isSymbolicLink();
        const target = link ? await kind(`${path}/${entry.name}`).catch(() => undefined) : kindOf(entry);
        return { name: entry.name, kind: target ?? "other", link };
      }),
    );
  },
};
