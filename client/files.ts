import { FileType, type Uri, workspace } from "vscode";
import type { Entry, EntryKind } from "../server/workspace/fileSystem.ts";

/** Bytes as text: `btoa` takes a string, and a call's arguments have a limit. */
function base64(bytes: Uint8Array): string {
  const CHUNK = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  return btoa(binary);
}

export type Sent = string | Uint8Array | null;
/** Gives the bytes of a file in the form that a server takes; null where it cannot be read. */
export type Read = (uri: Uri) => Promise<Sent>;

/** For a server in a worker, which takes them as they are. */
export async function readBytes(uri: Uri): Promise<Uint8Array | null> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return null;
  }
}
/** For a server that hears text alone. */
export async function readBase64(uri: Uri): Promise<string | null> {
  const bytes = await readBytes(uri);
  return bytes && base64(bytes);
}

const kindOf = (type: FileType): EntryKind =>
  // A link has its own bit beside that of what it leads to.
  type & FileType.File ? "file" : type & FileType.Directory ? "directory" : "other";

/** What a folder holds; nothing where it cannot be read. */
export async function readList(uri: Uri): Promise<readonly Entry[]> {
  try {
    const entries = await workspace.fs.readDirectory(uri);
    return entries.map(([name, type]) => ({ name, kind: kindOf(type), link: (type & FileType.SymbolicLink) !== 0 }));
  } catch {
    return [];
  }
}

/** What is there; null for nothing. */
export async function readKind(uri: Uri): Promise<string | null> {
  try {
    return kindOf((await workspace.fs.stat(uri)).type);
  } catch {
    return null;
  }
}
