import { open, readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
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

async function head(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export const diskFileSystem: FileSystem = {
  read: (path) => readFile(path),
  head,
  kind,
  size: async (path) => (await stat(path)).size,
  dirname,
  join,
  home: homedir(),
  fromDisk: (path) => path,
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
