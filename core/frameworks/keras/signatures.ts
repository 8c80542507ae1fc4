import { SIGNATURES as KERAS_3 } from "./generated/signatures.ts";
import { SIGNATURES as KERAS_2 } from "./generated/signatures-keras2.ts";

/** The signatures of Keras's public API, generated from the installed packages (tasks/generate/signatures.py). */

/** 3 is Keras 3, and 2 is the `tf_keras` package, which is what `tf.keras` was before TensorFlow 2.16. */
export type KerasVersion = 2 | 3;

/** A default as Python has it: a float stays a float even when it is whole, and a tuple is not a list. */
export type Literal =
  | null
  | boolean
  | string
  | { readonly int: number }
  | { readonly float: number }
  | { readonly tuple: readonly Literal[] }
  | { readonly list: readonly Literal[] };

/** `opaque` says in words what is not a plain literal, such as a function or a sentinel. */
export type Default = { readonly literal: Literal } | { readonly opaque: string };

export interface Parameter {
  readonly name: string;
  readonly kind: "positionalOnly" | "positional" | "varArgs" | "keywordOnly" | "varKeywords";
  /** Absent when the caller must give the argument. */
  readonly default?: Default;
}

export interface Signature {
  /** The canonical public name, `keras.layers.MaxPooling2D`. */
  readonly name: string;
  readonly kind: "class" | "function" | "module" | "constant";
  /** Where the object is defined, `keras.src.layers.pooling.max_pooling2d.MaxPooling2D`. */
  readonly defined: string | undefined;
  /** True when `tf.keras` has the name and `keras` has not (most of `keras.backend`). */
  readonly tensorflowOnly: boolean;
  /** The nearest public base classes, canonical. */
  readonly bases: readonly string[];
  /** Of a function, or of a class's `__init__` without `self`; undefined where Python itself cannot tell. */
  readonly parameters: readonly Parameter[] | undefined;
  /**
   * What is accepted besides the parameters; undefined when that is not known, "*" when `**kwargs` swallows anything.
   */
  readonly keywords: readonly string[] | "*" | undefined;
  /** Of a layer: the parameters of `call` without `self`. */
  readonly call: readonly Parameter[] | undefined;
  /** Of `keras.Model`: the parameters when it is given inputs and outputs. */
  readonly functional: readonly Parameter[] | undefined;
}

/** The signature of a public name in any of its spellings; undefined when Keras has no such name. */
export function lookup(qualifiedName: string, version: KerasVersion = 3): Signature | undefined {
  const { lines, read } = tableOf(version);
  // Under its canonical name, what was read before is there at once.
  const direct = read.get(qualifiedName);
  if (direct !== undefined) return direct;
  const name = canonical(qualifiedName, version);
  if (name === undefined) return undefined;
  const known = read.get(name);
  if (known !== undefined) return known;
  const rest = find(lines, name);
  if (rest === undefined) return undefined;
  const signature = readEntry(name, rest);
  read.set(name, signature);
  return signature;
}

/** The signature of a layer, Keras 3's or else Keras 2's, by its bare name: asked at every call of one. */
export function layerSignature(name: string | undefined, version: KerasVersion = 3): Signature | undefined {
  if (name === undefined) return undefined;
  const key = `${version} ${name}`;
  let known = layers.get(key);
  if (known === undefined) {
    const [newer, old] = [lookup(`keras.layers.${name}`), lookup(`keras.layers.${name}`, 2)];
    known = newer === undefined || old === undefined ? (newer ?? old) : withOlderDefaults(newer, old, version);
    if (known !== undefined) layers.set(key, known);
  }
  return known;
}
const layers = new Map<string, Signature>();
/** Keras 2 has defaults of its own, one for what Keras 3 has to be given too: the `pool_size` of an average. */
function withOlderDefaults(newer: Signature, older: Signature, version: KerasVersion): Signature {
  const parameters = newer.parameters?.map((it) => {
    const before = older.parameters?.find(({ name }) => name === it.name)?.default;
    return before !== undefined && (version === 2 || it.default === undefined) ? { ...it, default: before } : it;
  });
  return { ...newer, parameters };
}

/**
 * The canonical public name behind any spelling of it: an alias, `tf.keras.…`, `tensorflow.python.keras.…`, where it is
 * defined (`keras.src.layers.core.dense.Dense`), where older versions defined it (`keras.layers.core.Dense`,
 * `keras.engine.topology.Layer`). Whether this version can import that spelling is another question: `isImportable`.
 */
export function canonical(qualifiedName: string, version: KerasVersion = 3): string | undefined {
  const table = tableOf(version);
  if (table.canonical.has(qualifiedName)) return table.canonical.get(qualifiedName);
  const spelled = withoutRoot(qualifiedName);
  const name = spelled === undefined ? undefined : resolve(table.lines, spelled);
  table.canonical.set(qualifiedName, name);
  return name;
}

/**
 * Whether `keras` (or `tf.keras`, when the name is spelled so) of this version has the name exactly as it is spelled.
 */
export function isImportable(qualifiedName: string, version: KerasVersion = 3): boolean {
  const spelled = withoutRoot(qualifiedName);
  if (spelled === undefined || qualifiedName.startsWith("tensorflow.python.")) return false;
  if (qualifiedName.startsWith("tf_keras.") && version === 3) return false;
  const rest = find(tableOf(version).lines, spelled);
  if (rest === undefined) return false;
  const isOfTensorflow =
    OF_TENSORFLOW.test(rest) || lookup(canonicalIn(rest, spelled), version)?.tensorflowOnly === true;
  return !(isOfTensorflow && qualifiedName.startsWith("keras.") && !qualifiedName.startsWith("keras._tf_keras."));
}

/** Every canonical name, in alphabetical order. */
export function canonicalNames(version: KerasVersion = 3): readonly string[] {
  return tableOf(version).lines.flatMap((line) => (/^\S+ [=~] /.test(line) ? [] : line.slice(0, line.indexOf(" "))));
}

/** Every public name, whether canonical or not: what `from … import *` brings. */
export const publicNames = (version: KerasVersion = 3): readonly string[] =>
  tableOf(version).lines.map((line) => line.slice(0, line.indexOf(" ")));

/** The other public names of what a canonical name means, in alphabetical order. */
export function aliasesOf(name: string, version: KerasVersion = 3): readonly string[] {
  const ends = [` = ${name}`, ` ~ ${name}`];
  return tableOf(version).lines.flatMap((line) => {
    const end = ends.find((it) => line.endsWith(it));
    return end === undefined ? [] : line.slice(0, -end.length);
  });
}

/** The generated lines, in order, and what was read of them. */
interface Table {
  readonly lines: readonly string[];
  readonly canonical: Map<string, string | undefined>;
  readonly read: Map<string, Signature>;
}

const tables: { [V in KerasVersion]?: Table } = {};

function tableOf(version: KerasVersion): Table {
  const made = tables[version];
  if (made !== undefined) return made;
  const text = version === 3 ? KERAS_3 : KERAS_2;
  const table: Table = { lines: text.trim().split("\n"), canonical: new Map(), read: new Map() };
  tables[version] = table;
  return table;
}

/** The line of a name, without the name; undefined when there is none. */
function find(lines: readonly string[], name: string): string | undefined {
  const wanted = `${name} `;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  const line = lines[low];
  return line?.startsWith(wanted) ? line.slice(wanted.length) : undefined;
}

/** How the line of another name of something goes on; with `~` where `tf.keras` alone has that name. */
const ALIAS = /^[=~] /;
const OF_TENSORFLOW = /^~ /;

/** The canonical name of an exact public name. */
function exact(lines: readonly string[], name: string): string | undefined {
  const rest = find(lines, name);
  return rest && canonicalIn(rest, name);
}
const canonicalIn = (rest: string, name: string): string => (ALIAS.test(rest) ? rest.slice("= ".length) : name);

function resolve(lines: readonly string[], spelled: string): string | undefined {
  for (const name of [spelled, ...candidates(spelled)]) {
    const found = exact(lines, name);
    if (found !== undefined) return found;
  }
  if (!spelled.startsWith("keras.src.")) return undefined;
  const line = lines.find((candidate) => candidate.includes(` ${spelled} {`) || candidate.includes(` tf_${spelled} {`));
  return line?.slice(0, line.indexOf(" "));
}

const ROOTS = [
  "keras._tf_keras.keras.",
  "tensorflow.compat.v1.keras.",
  "tensorflow.compat.v2.keras.",
  "tensorflow.python.keras.",
  "tensorflow.keras.",
  "tf.compat.v1.keras.",
  "tf.keras.",
  "tf_keras.",
  "keras.",
];

function withoutRoot(qualifiedName: string): string | undefined {
  const root = ROOTS.find((prefix) => qualifiedName.startsWith(prefix));
  return root === undefined ? undefined : `keras.${qualifiedName.slice(root.length)}`;
}

/** Where the areas of older versions went. */
const AREAS: Readonly<Record<string, readonly string[]>> = {
  engine: ["", "layers.", "models.", "utils."],
  layers: ["layers.", ""],
  models: ["models."],
  optimizers: ["optimizers."],
  optimizer_v2: ["optimizers."],
  optimizer_v1: ["optimizers."],
  losses: ["losses."],
  metrics: ["metrics."],
  activations: ["activations."],
  initializers: ["initializers."],
  regularizers: ["regularizers."],
  constraints: ["constraints."],
  callbacks: ["callbacks."],
  applications: ["applications."],
  preprocessing: ["preprocessing.", "utils."],
  utils: ["utils."],
  backend: ["backend."],
};

/**
 * `keras.layers.core.Dense` → `keras.layers.Dense`. Keras 3's internals under `keras.src.backend` are not
 * `keras.backend`.
 */
function candidates(spelled: string): readonly string[] {
  const source = spelled.startsWith("keras.src.");
  const parts = spelled.slice(source ? "keras.src.".length : "keras.".length).split(".");
  const area = parts[0] ?? "";
  const last = FORMER[parts.at(-1) ?? ""] ?? parts.at(-1) ?? "";
  if (source && area === "backend") return [];
  const direct = source ? [`keras.${parts.join(".")}`] : [];
  if (parts.length < 2) return direct;
  return [...direct, ...(AREAS[area] ?? (source ? [`${area}.`] : [])).map((place) => `keras.${place}${last}`)];
}
/** What layers were called in Keras 1, and until Keras 2.3 too. */
const FORMER: Readonly<Record<string, string>> = {
  Deconvolution2D: "Conv2DTranspose",
  Deconvolution3D: "Conv3DTranspose",
};

/** The JSON of an entry. */
interface Written {
  readonly tensorflow?: true;
  readonly bases?: readonly string[];
  readonly parameters?: readonly string[];
  readonly keywords?: readonly string[];
  readonly call?: readonly string[];
  readonly functional?: readonly string[];
}

function readEntry(name: string, rest: string): Signature {
  const [kind = "", defined = "-"] = rest.split(" ", 2);
  const written = JSON.parse(rest.slice(rest.indexOf("{"))) as Written;
  const isClosed = written.parameters !== undefined && !written.parameters.some((text) => text.startsWith("**"));
  return {
    name,
    kind: kind as Signature["kind"],
    defined: defined === "-" ? undefined : defined,
    tensorflowOnly: written.tensorflow === true,
    bases: written.bases ?? [],
    parameters: written.parameters && readParameters(written.parameters),
    keywords: written.keywords?.[0] === "*" ? "*" : (written.keywords ?? (isClosed ? [] : undefined)),
    call: written.call && readParameters(written.call),
    functional: written.functional && readParameters(written.functional),
  };
}

function readParameters(texts: readonly string[]): readonly Parameter[] {
  const slash = texts.indexOf("/");
  const star = texts.findIndex((text) => /^\*(?!\*)/.test(text));
  return texts.flatMap((text, position): Parameter[] => {
    if (text === "/" || text === "*") return [];
    if (text.startsWith("**")) return [{ name: text.slice(2), kind: "varKeywords" }];
    if (text.startsWith("*")) return [{ name: text.slice(1), kind: "varArgs" }];
    const kind = position < slash ? "positionalOnly" : star >= 0 && position > star ? "keywordOnly" : "positional";
    const equals = text.indexOf("=");
    if (equals < 0) return [{ name: text, kind }];
    return [{ name: text.slice(0, equals), kind, default: readDefault(text.slice(equals + 1)) }];
  });
}

function readDefault(text: string): Default {
  const literal = readLiteral(text);
  return literal === undefined ? { opaque: text.replace(/^<|>$/g, "") } : { literal };
}

/** Python's repr of a plain literal; undefined for anything else. */
function readLiteral(text: string): Literal | undefined {
  if (text === "None") return null;
  if (text === "True" || text === "False") return text === "True";
  if (/^-?\d+$/.test(text)) return { int: Number(text) };
  if (/^-?[\d.]+(e[+-]?\d+)?$/.test(text)) return { float: Number(text) };
  if (/^'[^'\\]*'$/.test(text) || /^"[^"\\]*"$/.test(text)) return text.slice(1, -1);
  const tuple = text.startsWith("(") && text.endsWith(")");
  if (!tuple && !(text.startsWith("[") && text.endsWith("]"))) return undefined;
  const inside = text.slice(1, -1).replace(/,$/, "");
  // One level of nesting is the most that a default has: ((0, 0), (0, 0)).
  const items = (inside.match(/\([^()]*\)|[^\s,()][^,()]*/g) ?? []).map(readLiteral);
  const plain = items.filter((item) => item !== undefined);
  if (plain.length < items.length) return undefined;
  return tuple ? { tuple: plain } : { list: plain };
}
