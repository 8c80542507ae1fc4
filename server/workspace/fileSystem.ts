export type EntryKind = "file" | "directory" | "other";

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  /** A link to a directory is not walked: it may lead back. */
  readonly link: boolean;
}

/** What the workspace needs of a place with files. A path is whatever this place calls one: of a disk, or a URI. */
export interface Files {
  /** Rejects where it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** No more than its first bytes, where that costs less than all of it. */
  head?(path: string, bytes: number): Promise<Uint8Array>;
  /** What a path leads to, through links; undefined where there is nothing. Rejects where that cannot be seen. */
  kind(path: string): Promise<EntryKind | undefined>;
  /** In bytes, where the place can tell without reading. Rejects where it cannot be seen. */
  size?(path: string): Promise<number>;
  /** The folder that holds it; the top is its own. */
  dirname(path: string): string;
  join(folder: string, ...names: readonly string[]): string;
  /** The user's own folder, where there is one. */
  readonly home?: string;
  /** What it calls a path of the disk that people write in settings. */
  fromDisk?(path: string): string;
}

/** A place whose folders can be read as well: a disk. */
export interface FileSystem extends Files {
  /** In no order. Rejects where it cannot be read. */
  list(path: string): Promise<readonly Entry[]>;
}

/** The words of an unforeseen error, without a stack. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] || "no reason given";

/** What Node calls an error of the system: `ENOENT`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

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
  REASONS[codeOf(error)] ?? `it cannot be read${codeOf(error) && ` (${codeOf(error)})`}`;
