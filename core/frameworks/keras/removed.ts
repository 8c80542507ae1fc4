import { aliasesOf, canonical, isImportable } from "./signatures.ts";
import { isOldName } from "./version.ts";

/** What older versions of Keras had and Keras 3 has not, and what stands for it now. */

export interface Removal {
  /** The name as it was asked for, `keras.backend.sum`. */
  readonly old: string;
  /** The name in Keras 3, `keras.ops.sum`; undefined where there is none. */
  readonly now: string | undefined;
  readonly isModule: boolean;
}

const removals = new Map<string, Removal | undefined>();
/** Of a name as a program spells it in full; undefined where Keras 3 has it, or where nobody knows it. */
export function removalOf(spelled: string): Removal | undefined {
  if (removals.has(spelled)) return removals.get(spelled);
  const made = find(spelled);
  removals.set(spelled, made);
  return made;
}

function find(spelled: string): Removal | undefined {
  const keras = spelled.replace(/^tensorflow\.keras\./, "keras.");
  if (!keras.startsWith("keras.") || keras.startsWith("keras.src.") || isImportable(spelled)) return undefined;
  const short = keras.slice(keras.lastIndexOf(".") + 1);
  const isGone = GONE.has(short) && /^keras\.layers\./.test(keras);
  if (!isGone && !isOldName(spelled)) return undefined;
  const now = successor(keras, short);
  return { old: spelled, now, isModule: now === undefined && OLD_MODULE.test(keras) };
}

const OLD_MODULE =
  /^keras\.(?:(?:layers|engine|wrappers|legacy|preprocessing)\.[a-z_]+|utils\.\w+_utils|engine|legacy|wrappers)$/;
/** Layers that went before Keras 2 did, which no signature tells of. */
const GONE = new Set(
  (
    "CuDNNLSTM CuDNNGRU Merge merge Highway MaxoutDense TimeDistributedDense Deconvolution2D " +
    "AtrousConvolution1D AtrousConvolution2D ConvRecurrent2D ConvLSTM2DCell"
  ).split(" "),
);

function successor(keras: string, short: string): string | undefined {
  const own = SUCCESSORS[short];
  if (own !== undefined && isImportable(own)) return own;
  if (/^keras\.backend\./.test(keras)) {
    const name = BACKEND[short] ?? `ops.${short}`;
    return isImportable(`keras.${name}`) ? `keras.${name}` : undefined;
  }
  const now = nearby(canonical(keras), keras.slice(0, -short.length));
  return now !== undefined && now !== keras && isImportable(now) ? now : undefined;
}

/** Of the names of one thing that which stands where the old one stood. */
const nearby = (now: string | undefined, area: string): string | undefined =>
  now === undefined
    ? undefined
    : ([now, ...aliasesOf(now)].find((it) => it.slice(0, it.lastIndexOf(".") + 1) === area && isImportable(it)) ?? now);

const SUCCESSORS: Readonly<Record<string, string>> = {
  CuDNNLSTM: "keras.layers.LSTM",
  CuDNNGRU: "keras.layers.GRU",
  Deconvolution2D: "keras.layers.Conv2DTranspose",
};

/** Functions of the backend that are called otherwise in `keras.ops`; those of one name need no line. */
const BACKEND: Readonly<Record<string, string>> = {
  int_shape: "ops.shape",
  permute_dimensions: "ops.transpose",
  pow: "ops.power",
  batch_flatten: "layers.Flatten",
  in_top_k: "ops.in_top_k",
  random_normal: "random.normal",
  random_uniform: "random.uniform",
  truncated_normal: "random.truncated_normal",
  dropout: "random.dropout",
  l2_normalize: "ops.normalize",
  variable: "Variable",
  image_dim_ordering: "backend.image_data_format",
  set_image_dim_ordering: "backend.set_image_data_format",
};
