import { unzipped } from "./archive.ts";
import type { Files } from "./fileSystem.ts";
import { openHdf5 } from "./hdf5.ts";

/** A larger file is not read for the few kilobytes that say what a model is made of. */
const LARGEST = 512 * 1024 * 1024;
const LARGEST_TEXT = 8 * 1024 * 1024;

const decoder = new TextDecoder();
/** What is kept of a file that a program opens: a text as it is, and of a saved model the JSON of its architecture. */
export async function readText(files: Files, path: string): Promise<string | undefined> {
  const size = await files.size?.(path).catch(() => undefined);
  const isModel = /\.(?:keras|h5|hdf5)$/i.test(path);
  if (size !== undefined && size > (isModel ? LARGEST : LARGEST_TEXT)) return undefined;
  const bytes = await files.read(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  try {
    // A `.h5` may hold what a `.keras` does, and the other way round: what a file is, its first bytes say.
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return zipped(bytes);
    if (bytes[0] === 0x89 && bytes[1] === 0x48) return await inHdf5(bytes);
    return isModel || bytes.length > LARGEST_TEXT ? undefined : decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

// What reads such files is loaded with the first of them.
function zipped(bytes: Uint8Array): string | undefined {
  const config = unzipped(bytes, (name) => name === "config.json")["config.json"];
  return config && decoder.decode(config);
}
/** Weights alone say nothing of the layers. */
async function inHdf5(bytes: Uint8Array): Promise<string | undefined> {
  const config = (await openHdf5(bytes)).attrs["model_config"];
  return typeof config === "string" ? config : undefined;
}
