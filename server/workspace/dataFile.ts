import { CUT } from "../../core/index.ts";
import { type Document, pythonDocument } from "./document.ts";
import type { Files } from "./fileSystem.ts";

/** Tables beyond this many bytes are read from their beginning only: their rows are not counted. */
const MOST = 1 << 20;
/** Where the head of an array's file certainly ends. */
const HEAD = 1 << 12;

/** What Keras reads of the user's own folder, and the only thing there that is read. */
const KERAS_JSON = "~/.keras/keras.json";

const isArray = (path: string): boolean => /\.np[yz]$/i.test(path);
const isTable = (path: string): boolean => /\.(csv|tsv|txt|data|dat|json|names)$/i.test(path);

/**
 * A file of data that a program opens, in one of these folders: its beginning, and `CUT` behind it where there is more.
 * Null where there is none, or where it is of a kind that is not read.
 */
export async function dataDocument(files: Files, folders: readonly string[], name: string): Promise<Document | null> {
  if (name === KERAS_JSON && files.home !== undefined) {
    const path = files.join(files.home, ".keras", "keras.json");
    const kind = await files.kind(path).catch(() => undefined);
    return kind === "file" ? pythonDocument(path, await beginning(files, path, HEAD)) : null;
  }
  if (!isArray(name) && !isTable(name)) return null;
  for (const folder of new Set(folders)) {
    const path = files.join(folder, ...name.split(/[\\/]/));
    const kind = await files.kind(path).catch(() => undefined);
    if (kind === "file") return pythonDocument(path, await beginning(files, path, isArray(name) ? HEAD : MOST));
  }
  return null;
}

async function beginning(files: Files, path: string, most: number): Promise<string> {
  const bytes = await (files.head?.(path, most + 1) ?? files.read(path));
  const taken = bytes.subarray(0, most);
  const text = isArray(path)
    ? Array.from(taken, (it) => String.fromCharCode(it)).join("")
    : new TextDecoder().decode(taken);
  return bytes.length > most ? text + CUT : text;
}
