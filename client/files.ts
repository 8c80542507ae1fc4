import { FileType, type Uri, workspace } from "vscode";

/** Bytes as text: `btoa` takes a string, and a call's arguments have a limit. */
function base64(bytes: Uint8Array): string {
  const CHUNK = 0x8000;
  let binary = "";
  for (let start = 0; start < bytes.length; start += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  return btoa(binary);
}

/** The bytes of a file of any file system that the editor knows, or null where it cannot be read. */
export async function readBase64(uri: Uri): Promise<string | null> {
  try {
    return base64(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
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
