import { readdir, readFile, stat } from "node:fs/promises";

export type EntryKind = "file" | "directory" | "other";

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  /** A link to a directory is not walked: it may lead back. */
  readonly link: boolean;
}

/** What the workspace needs of a disk. */
export interface FileSystem {
  /** Rejects where it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** What a path leads to, through links; undefined where there is nothing. Rejects where that cannot be seen. */
  kind(path: string): Promise<EntryKind | undefined>;
  /** In no order. Rejects where it cannot be read. */
  list(path: string): Promise<readonly Entry[]>;
}

const kindOf = (it: { isFile(): boolean; isFIFO(): boolean; isDirectory(): boolean }): EntryKind =>
  it.isDirectory() ? "directory" : it.isFile() || it.isFIFO() ? "file" : "other";

const code = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

async function kind(path: string): Promise<EntryKind | undefined> {
  try {
    return kindOf(await stat(path));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(code(error))) return undefined;
    throw error;
  }
}

export const diskFileSystem: FileSystem = {
  read: (path) => readFile(path),
  kind,
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

/** The words of an unforeseen error, without a stack. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] || "no reason given";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ENOENT: "no such file or directory",
  ELOOP: "its links lead in a circle",
  EIO: "the disk cannot read it",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
  ERR_STRING_TOO_LONG: "it is too large",
};
/** Why something could not be read, in words. */
export const reasonOf = (error: unknown): string =>
  REASONS[code(error)] ?? `it cannot be read${code(error) && ` (${code(error)})`}`;
