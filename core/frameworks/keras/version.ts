import type { Framework } from "../../interpreter/framework.ts";
import type { Machine } from "../../interpreter/machine.ts";
import type { Span } from "../../text/span.ts";
import { isImportable } from "./signatures.ts";

export type Version = 2 | 3;

interface Known {
  readonly version: Version;
  readonly exact: boolean;
  readonly first: boolean;
}
const versions = new WeakMap<Framework, Known>();
/** Remembers which Keras a framework stands for. */
export function markVersion(framework: Framework, version: Version, exact: boolean, first = false): Framework {
  versions.set(framework, { version, exact, first });
  return framework;
}
/** The Keras that the program is read with. */
export const versionIn = (m: Machine): Version => knownIn(m).version;
/** Whether it is the very release whose signatures are known. */
export const isExact = (m: Machine): boolean => knownIn(m).exact;
/** Whether the program has words of Keras 1, which Keras 2.0 to 2.3 understood. */
export const isOfKeras1 = (m: Machine): boolean => knownIn(m).first;

function knownIn(m: Machine): Known {
  for (const framework of m.frameworks) {
    const known = versions.get(framework);
    if (known !== undefined) return known;
  }
  return { version: 3, exact: true, first: false };
}

/** What in a text tells that it is written for a Keras before 3. */
export interface Evidence {
  readonly span: Span;
  readonly text: string;
  /** The file asks for it by name, as `tf_keras` or as a setting: nothing to tell anybody. */
  readonly asked: boolean;
  /** An import, which fails with Keras 3; else only an old way to call something. */
  readonly isImport: boolean;
}

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*|[^#\n]*)|import[ \t]+([\w.]+))/gm;
const KERAS = /^(?:keras|tf_keras|tensorflow\.(?:python\.)?keras)(?:\.|$)/;
const LEGACY = /^[^#\n]*\benviron(?:\.setdefault\()?[^#\n]*["']TF_USE_LEGACY_KERAS["'][^#\n]*["'](?:1|true|True)["']/m;

/** The first import of a name that exists in Keras 2 alone, or else the first call that only old versions take. */
export function evidenceIn(text: string): Evidence | undefined {
  // It is asked at each keystroke, and a plain word is found at once.
  const legacy = text.includes("TF_USE_LEGACY_KERAS") ? LEGACY.exec(text) : null;
  if (legacy !== null && throughTensorflow(text)) return evidence(legacy.index, legacy[0], true, true);
  for (const { 0: line, 1: from, 2: names = "", 3: module, index } of text.matchAll(IMPORT)) {
    if (isTried(text, index)) continue;
    const imported = names.split(/[,()]|#.*/).map((name) => name.trim().split(/[ \t]+as[ \t]+/, 1)[0] ?? "");
    const isOldImport = (name: string): boolean => /^\w+$/.test(name) && isOldName(`${from}.${name}`);
    const found =
      module !== undefined
        ? isOldName(module)
        : from !== undefined && KERAS.test(from) && (isOldName(from) || imported.some(isOldImport));
    if (found) return evidence(index, line, /^tf_keras\b/.test(module ?? from ?? ""), true);
  }
  return oldUse(text) ?? backendEvidence(text) ?? attributeEvidence(text);
}

function oldUse(text: string): Evidence | undefined {
  if (!text.includes("keras") || !OLD_WORD.test(text)) return undefined;
  let strings: readonly Span[] | undefined;
  for (const { 1: before = "", 2: use = "", index } of text.matchAll(OLD_USE)) {
    const at = index + before.length;
    strings ??= [...text.matchAll(STRING)].map((it) => ({ start: it.index, end: it.index + it[0].length }));
    // In a string the file only speaks of it.
    const isQuoted = strings.some(({ start, end }) => start < at && at < end);
    if (!isQuoted && !(use.startsWith("tf.") && COMPAT.test(text))) return evidence(at, use, false, false);
  }
  return undefined;
}
/** A string literal, whole or not closed; or a comment. */
const STRING = /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*/g;
/** `tf` is TensorFlow 1 as TensorFlow 2 still has it. */
const COMPAT = /\bcompat\.v1 as tf\b/;

/** The line stands in a `try`, or in what is run when one fails: the program is written for both versions. */
function isTried(text: string, index: number): boolean {
  const indent = /^[ \t]*/.exec(text.slice(index))?.[0].length ?? 0;
  if (indent === 0) return false;
  const lines = text.slice(0, index).split("\n").reverse();
  const opener = lines.find((line) => /\S/.test(line) && (/^[ \t]*/.exec(line)?.[0].length ?? 0) < indent);
  return /^[ \t]*(?:try|except)\b/.test(opener ?? "");
}

const BACKEND = new RegExp(
  "^[ \\t]*(?:from[ \\t]+((?:tensorflow\\.)?keras)[ \\t]+import[ \\t]+(?:[^#\\n]*\\W)?backend" +
    "(?:[ \\t]+as[ \\t]+(\\w+))?|import[ \\t]+((?:tensorflow\\.)?keras)\\.backend[ \\t]+as[ \\t]+(\\w+))",
  "gm",
);

/** The first function that Keras's backend module had before 3: `K.square`. `tf.keras.backend` still has most. */
function backendEvidence(text: string): Evidence | undefined {
  if (!text.includes("backend")) return undefined;
  for (const [, from, as = "backend", module, alias = as] of text.matchAll(BACKEND)) {
    for (const { 0: use, 1: name, index } of text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)(?= *\\()`, "g"))) {
      const isComment = text.slice(text.lastIndexOf("\n", index) + 1, index).includes("#");
      if (!isComment && isOldName(`${from ?? module}.backend.${name}`)) return evidence(index, use, false, false);
    }
  }
  return undefined;
}

const ATTRIBUTE = /^([^#\n"'`]*?\b(?:tf\.)?)keras(\.(?:backend|utils)\.\w+)(?= ?\()/gm;

/** The first call of a function that only older versions have, by its whole name: `keras.backend.set_session(…)`. */
function attributeEvidence(text: string): Evidence | undefined {
  if (!/keras\.(?:backend|utils)\./.test(text) || !/^[ \t]*(?:import|from)[ \t]+(?:keras|tensorflow)\b/m.test(text))
    return undefined;
  for (const { 0: use, 1: before = "", 2: path = "", index } of text.matchAll(ATTRIBUTE)) {
    const own = before.endsWith("tf.") ? "tf." : "";
    const name = `${own === "" && !throughTensorflow(text) ? "" : "tensorflow."}keras${path}`;
    if (isOldName(name) && !isTried(text, index)) {
      const length = own.length + "keras".length + path.length;
      return evidence(index + use.length - length, use.slice(-length), false, false);
    }
  }
  return undefined;
}

/** The Keras that a file is written for, by its own spelling. */
export const versionOf = (text: string): Version => (evidenceIn(text) === undefined ? 3 : 2);

function evidence(start: number, line: string, asked: boolean, isImport: boolean): Evidence {
  const text = line.trim();
  const begin = start + line.indexOf(text);
  return { span: { start: begin, end: begin + text.length }, text, asked, isImport };
}

/** Calls that Keras 3 refuses whatever they are given: generators of data, Keras 1's names, optimizers' old names. */
const OLD_USE = new RegExp(
  `^([^#\\n]*?)(${[
    "\\.(?:fit|evaluate|predict)_generator(?=\\()",
    "\\.predict_(?:classes|proba)(?=\\()",
    "\\b(?:border_mode|nb_filter|nb_epoch|samples_per_epoch|dim_ordering|nb_row|nb_col|W_regularizer)(?= ?=[^=])",
    "\\b(?:[bU]_regularizer|[Wb]_constraint|inner_(?:init|activation)|dropout_[WU])(?= ?=[^=])",
    "\\bimage_dim_ordering(?=\\()",
    "\\btf\\.(?:contrib\\b|placeholder(?=\\()|Session(?=\\()|global_variables_initializer(?=\\())",
    "(?:from|import)[ \\t]+tensorflow_addons\\b",
    "\\bModel\\((?=[^#\\n]*\\binput ?=[^=][^#\\n]*\\boutput ?=[^=])",
    "\\.add_loss\\([^)\\n]*?\\binputs ?=[^=)\\n]*",
    "\\bsample_weight_mode(?= ?=[^=])",
    "\\.fit\\([^)]*?\\b(?:workers|use_multiprocessing|max_queue_size)(?= ?=[^=])",
    "\\b(?:Adam|SGD|RMSprop|Adagrad|Adadelta|Adamax|Nadam)\\((?:[^)\\n]*?\\b|\\s*)lr ?=[^=)\\n]*",
  ].join("|")})`,
  "gm",
);

/** One of these stands in whatever the expression above finds, and few files have any: it takes a fifth of the time. */
const OLD_WORD = new RegExp(
  "_generator\\(|predict_[cp]|border_mode|nb_[cefr]|samples_per_epoch|dim_ordering|[WbU]_[rc]|inner_[ia]|" +
    "dropout_[WU]|tf\\.[cpSg]|tensorflow_addons|input ?=|add_loss|lr ?=|workers|use_mult|max_queue|sample_weight_mode",
);

/** Keras 1's words in calls; TensorFlow's Keras never had them. */
export const hasWordsOfKeras1 = (text: string): boolean =>
  OLD_WORD.test(text) && FIRST_USE.test(text) && !throughTensorflow(text);
const FIRST_USE = new RegExp(
  "^[^#\\n]*\\b(?:border_mode|nb_(?:filter|row|col|epoch)|dim_ordering|W_regularizer|samples_per_epoch|inner_init|" +
    "dropout_[WU]) ?=[^=]",
  "m",
);

/** The file gets Keras through TensorFlow. */
export const throughTensorflow = (text: string): boolean =>
  text.includes("tensorflow") &&
  /^[ \t]*(?:from|import)[ \t]+tensorflow\b/m.test(text) &&
  !/^[ \t]*(?:from|import)[ \t]+keras\b/m.test(text);

/** Modules that Keras 3 does not have any more, and layers that went with Keras 2. */
const OLD_MODULES =
  /^(?:tf_keras|tensorflow\.python\.keras|keras\.(?:engine|legacy|wrappers|backend\.tensorflow_backend))(?:\.|$)/;
const OLD_PARTS = new Set(
  (
    "layers.core layers.convolutional layers.pooling layers.recurrent layers.embeddings layers.merge " +
    "layers.normalization " +
    "layers.advanced_activations layers.noise layers.local layers.wrappers layers.cudnn_recurrent " +
    "layers.convolutional_recurrent utils.np_utils utils.generic_utils utils.vis_utils utils.data_utils " +
    "utils.io_utils " +
    "utils.layer_utils utils.training_utils " +
    // Of Keras 1 and 2.0 to 2.3: what `tf_keras` has not either.
    "layers.CuDNNGRU layers.CuDNNLSTM layers.Merge layers.Highway layers.MaxoutDense layers.Deconvolution2D " +
    "layers.TimeDistributedDense layers.containers objectives utils.visualize_util utils.multi_gpu_utils " +
    "utils.multi_gpu_model regularizers.WeightRegularizer backend.common backend.get_session backend.set_session " +
    "backend.image_dim_ordering backend.set_image_dim_ordering"
  ).split(" "),
);

/** A name that Keras 3 has not, and older versions had. */
export const isOldName = (name: string): boolean =>
  KERAS.test(name) &&
  (OLD_MODULES.test(name) ||
    OLD_PARTS.has(name.replace("tensorflow.", "").split(".").slice(1, 3).join(".")) ||
    (isImportable(name, 2) && !isImportable(name, 3)));
