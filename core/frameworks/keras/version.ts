import type { Framework } from "../../interpreter/framework.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { isImportable } from "./signatures.ts";

export type Version = 2 | 3;

const versions = new WeakMap<Framework, Version>();
/** Remembers which Keras a framework stands for. */
export function markVersion(framework: Framework, version: Version): Framework {
  versions.set(framework, version);
  return framework;
}
/** The Keras that the program is read with. */
export function versionIn(m: Machine): Version {
  for (const framework of m.frameworks) {
    const version = versions.get(framework);
    if (version !== undefined) return version;
  }
  return 3;
}

const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([^#\n]*)|import[ \t]+([\w.]+))/gm;
const KERAS = /^(?:keras|tf_keras|tensorflow\.(?:python\.)?keras)(?:\.|$)/;

/** The Keras that a file is written for, by its imports: 2 where one of them exists in Keras 2 alone, else 3. */
export function versionOf(text: string): Version {
  for (const [, from, names = "", module] of text.matchAll(IMPORT)) {
    if (module !== undefined && isOld(module)) return 2;
    if (from === undefined || !KERAS.test(from)) continue;
    const imported = names.split(/[,)]/).map((name) => name.trim().split(/[ \t]+as[ \t]+/, 1)[0] ?? "");
    if (isOld(from) || imported.some((name) => /^\w+$/.test(name) && isOld(`${from}.${name}`))) return 2;
  }
  return 3;
}

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
    "utils.layer_utils utils.training_utils"
  ).split(" "),
);

const isOld = (name: string): boolean =>
  KERAS.test(name) &&
  (OLD_MODULES.test(name) ||
    OLD_PARTS.has(name.split(".").slice(1, 3).join(".")) ||
    (isImportable(name, 2) && !isImportable(name, 3)));
