import { makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  type Instance,
  int,
  NONE_VALUE,
  numberOf,
  str,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { argOf, type LayerRecord, recordOf, updateRecord } from "./records.ts";

/** `adapt`: a preprocessing layer finds its vocabulary or its boundaries in data. */

const FOUND = unknown("adapt() found it in the data");

export function adapt(m: Machine, self: Instance, { list: [data] }: Args): Value {
  const record = recordOf(m, self);
  if (record === undefined) return NONE_VALUE;
  const found = (name: string, value: Value): void =>
    updateRecord(m, self, { args: { ...record.args, [name]: { name, value } } });
  if (record.declared === "Discretization") found("bin_boundaries", FOUND);
  if (/Lookup$|^TextVectorization$/.test(record.declared ?? ""))
    found("vocabulary", learnt(m, record, data?.value) ?? FOUND);
  return NONE_VALUE;
}

/**
 * The words of texts that are all there to be read, the most frequent first, of equally frequent ones the last in the
 * alphabet. Source: keras.src.layers.preprocessing.index_lookup, `finalize_state`.
 */
function learnt(m: Machine, record: LayerRecord, data: Value | undefined): Value | undefined {
  const isPlain = ["standardize", "split", "ngrams"].every((name) => argOf(record, name) === undefined);
  const before = special(record);
  if (record.declared !== "TextVectorization" || data?.kind !== "list" || !isPlain || before === undefined)
    return undefined;
  const { items, rest } = iterate(m, data);
  const texts = items.flatMap((it) => (it.kind === "str" ? [it.value] : []));
  if (rest !== undefined || texts.length < items.length) return undefined;
  const counts = new Map<string, number>();
  for (const word of texts.flatMap((it) => it.toLowerCase().replace(PUNCTUATION, "").split(/\s+/)))
    if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([a, n], [b, k]) => k - n || (a < b ? 1 : -1)).map(([word]) => str(word));
  const most = argOf(record, "max_tokens");
  const count = numberOf(most);
  if (most !== undefined && most.kind !== "none" && count === undefined) return undefined;
  return tuple(words.slice(0, count === undefined ? words.length : count - before.length));
}
const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;

/** What stands before the words: the mask, where numbers are asked for, and the token for words that are not there. */
function special(record: LayerRecord): readonly Value[] | undefined {
  const mode = argOf(record, "output_mode");
  if (mode !== undefined && mode.kind !== "str") return undefined;
  const isInt = mode === undefined || mode.value === "int";
  if (record.declared === "TextVectorization") return isInt ? [str(""), str("[UNK]")] : [str("[UNK]")];
  const mask = argOf(record, "mask_token") ?? NONE_VALUE;
  const oov = argOf(record, "oov_token") ?? (record.declared === "StringLookup" ? str("[UNK]") : int(-1));
  const indices = argOf(record, "num_oov_indices");
  const count = indices === undefined ? 1 : numberOf(indices);
  if (count === undefined || mask.kind === "unknown" || oov.kind === "unknown") return undefined;
  return [...(isInt && mask.kind !== "none" ? [mask] : []), ...Array.from({ length: count }, () => oov)];
}

/** What the numbers of a lookup stand for; undefined where that is not known. */
function wordsOf(m: Machine, self: Instance): readonly Value[] | undefined {
  const record = recordOf(m, self);
  const given = record && argOf(record, "vocabulary");
  const before = record && special(record);
  if (before === undefined || (given?.kind !== "list" && given?.kind !== "tuple")) return undefined;
  const { items, rest } = iterate(m, given);
  const plain = [...items, ...before].map(plainOf);
  if (rest !== undefined || plain.includes(undefined)) return undefined;
  // A list may begin with the special ones itself.
  const isWhole = before.length <= items.length && before.every((it, i) => plainOf(it) === plain[i]);
  return isWhole ? items : [...before, ...items];
}
const plainOf = (value: Value): string | number | undefined =>
  value.kind === "str" ? value.value : value.kind === "int" ? numberOf(value) : undefined;

/** `vocabulary_size()` */
export function vocabularySize(m: Machine, self: Instance): Value {
  const words = wordsOf(m, self);
  return int(words?.length ?? unknownDim(WHY));
}
const WHY = "the size of the vocabulary is not known: give a vocabulary, or texts that are there to be read";
/** `get_vocabulary()`: a list of words. */
export function vocabulary(m: Machine, self: Instance, { list: [special] }: Args): Value {
  const words = wordsOf(m, self);
  if (words === undefined || special !== undefined)
    return unknown("the words of a vocabulary are known when it runs", "list");
  return makeList(m, words);
}
