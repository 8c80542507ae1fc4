import { FileType, type Uri, workspace } from "vscode";

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

/** What is there; null for nothing. */
export async function readKind(uri: Uri): Promise<string | null> {
  try {
    const { type } = await workspace.fs.stat(uri);
    // A link has its own bit beside that of what it leads to.
    return type & FileType.File ? "file" : type & FileType.Directory ? "directory" : "other";
  } catch {
    return null;
  }
}
