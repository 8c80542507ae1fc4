import type { Dataset, Group } from "jsfive";
import { unzipped } from "../workspace/archive.ts";
import { numbersIn, openHdf5 } from "../workspace/hdf5.ts";

/** A variable as a file has it; its numbers are read when they are asked for. */
export interface SavedArray {
  /** Where it stands in the file. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Row by row. Throws where the file cannot be read there. */
  readonly read: () => readonly number[] | Float32Array;
}
export interface SavedLayer {
  readonly name: string;
  readonly arrays: readonly SavedArray[];
}
/** Keras 3 keeps variables by paths, older versions by layers in their order. */
export type WeightsFile =
  | { readonly kind: "paths"; readonly arrays: ReadonlyMap<string, SavedArray> }
  | { readonly kind: "layers"; readonly layers: readonly SavedLayer[]; readonly top: SavedLayer | undefined };

const IN_ARCHIVE = "model.weights.h5";
const TAKEN = "weights are what Keras's save_weights or save writes, a .weights.h5, .keras or .h5";

/** What a `.weights.h5`, a `.keras` or an older `.h5` holds: its content decides, not its name. */
export async function readWeights(bytes: Uint8Array): Promise<WeightsFile | { readonly problem: string }> {
  try {
    const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
    const hdf5 = isArchive ? unzipped(bytes, (name) => name === IN_ARCHIVE)[IN_ARCHIVE] : bytes;
    if (hdf5 === undefined) return { problem: `it is an archive without ${IN_ARCHIVE}: ${TAKEN}` };
    if (hdf5[0] !== 0x89 || hdf5[1] !== 0x48)
      return { problem: `it is neither HDF5 nor an archive of Keras's: ${TAKEN}` };
    const end = endOf(hdf5);
    if (end !== undefined && end > hdf5.length)
      return { problem: `it is cut off: ${hdf5.length} of its ${end} bytes are there; write or fetch it again` };
    const root = await openHdf5(hdf5);
    const { Dataset: Known } = await import("jsfive");
    const isArray = (it: Group | Dataset | null): it is Dataset => it instanceof Known;
    const whole = root.keys.includes("model_weights") ? groupIn(root, "model_weights") : root;
    const names = textsOf(whole, "layer_names");
    return names === undefined ? byPaths(root, isArray) : byLayers(whole, names);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { problem: `it cannot be read, it is damaged or cut off (${words}): write or fetch it again` };
  }
}

/** Where an HDF5 file says that it ends, by the version of its superblock; h5py refuses a shorter one. */
function endOf(bytes: Uint8Array): number | undefined {
  const at = [40, 44, 28, 28][bytes[8] ?? -1];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = bytes[(bytes[8] ?? 0) < 2 ? 13 : 9];
  return at === undefined || offsets !== 8 || bytes.length < at + 8 ? undefined : Number(view.getBigUint64(at, true));
}

type IsArray = (it: Group | Dataset | null) => it is Dataset;

function byPaths(root: Group, isArray: IsArray): WeightsFile {
  const arrays = new Map<string, SavedArray>();
  const visit = (group: Group, path: string): void => {
    for (const key of group.keys) {
      const member = group.get(key);
      const at = path === "" ? key : `${path}/${key}`;
      if (isArray(member)) arrays.set(asWrittenNow(at), arrayOf(member, at));
      else if (member !== null) visit(member, at);
    }
  };
  visit(root, "");
  return { kind: "paths", arrays };
}
/** Keras before 2.13 called a model's list of layers otherwise, and Windows has other slashes. */
const asWrittenNow = (path: string): string =>
  path.replaceAll("\\", "/").replaceAll("_layer_checkpoint_dependencies", "layers");

/** `load_weights_from_hdf5_group` of keras.src.legacy.saving.legacy_h5_format. */
function byLayers(group: Group, names: readonly string[]): WeightsFile {
  const layer = (name: string): SavedLayer => {
    const at = groupIn(group, name);
    const arrays = (textsOf(at, "weight_names") ?? []).map((it) => arrayOf(at.get(it) as Dataset, `${name}/${it}`));
    return { name, arrays };
  };
  const top = "top_level_model_weights";
  return { kind: "layers", layers: names.map(layer), top: group.keys.includes(top) ? layer(top) : undefined };
}

const arrayOf = (dataset: Dataset, path: string): SavedArray => ({
  path,
  shape: dataset.shape,
  read: () => numbersIn(dataset),
});
const groupIn = (group: Group, name: string): Group => group.get(name) as Group;

/** A list of names among the attributes, which a long one is cut up in: `layer_names0`, `layer_names1`. */
function textsOf({ attrs }: Group, name: string): readonly string[] | undefined {
  if (attrs[name] !== undefined) return listOf(attrs[name]);
  const parts: string[] = [];
  for (let i = 0; attrs[`${name}${i}`] !== undefined; i++) parts.push(...listOf(attrs[`${name}${i}`]));
  return parts.length === 0 ? undefined : parts;
}
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
