import { storeAttribute } from "../../../interpreter/attributes.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  type Instance,
  int,
  NONE_VALUE,
  numberOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { unknown as unknownDim } from "../../../tensor/dim.ts";
import { argOf, recordOf, updateRecord } from "./records.ts";

/** `adapt`: a preprocessing layer finds its vocabulary or its boundaries in data. */

const FOUND = unknown("adapt() found it in the data");
const SIZE = "%vocabulary size";

export function adapt(m: Machine, self: Instance, { list: [data] }: Args): Value {
  const record = recordOf(m, self);
  if (record === undefined) return NONE_VALUE;
  const found = (name: string): void =>
    updateRecord(m, self, { args: { ...record.args, [name]: { name, value: FOUND } } });
  if (record.declared === "Discretization") found("bin_boundaries");
  if (!/Lookup$|^TextVectorization$/.test(record.declared ?? "")) return NONE_VALUE;
  const size = sizeAfter(m, self, data?.value);
  found("vocabulary");
  storeAttribute(m, self, SIZE, size);
  return NONE_VALUE;
}

/** How many words a lookup has, where all its texts are there to be read. Source: keras.src.layers, index_lookup. */
function sizeAfter(m: Machine, self: Instance, data: Value | undefined): Value {
  const record = recordOf(m, self);
  const most = record && numberOf(argOf(record, "max_tokens"));
  const unseen = int(unknownDim("adapt() decides the size of the vocabulary"));
  if (record?.declared !== "TextVectorization" || data?.kind !== "list") return unseen;
  const plain = ["standardize", "split", "ngrams", "vocabulary"].every((name) => argOf(record, name) === undefined);
  const { items, rest } = iterate(m, data);
  const texts = items.flatMap((it) => (it.kind === "str" ? [it.value] : []));
  if (!plain || rest !== undefined || texts.length < items.length) return unseen;
  const words = new Set(texts.flatMap((it) => it.toLowerCase().replace(PUNCTUATION, "").split(/\s+/)));
  words.delete("");
  const special = argOf(record, "output_mode")?.kind === "str" && !isInt(argOf(record, "output_mode")) ? 1 : 2;
  return int(Math.min(words.size + special, most ?? Number.POSITIVE_INFINITY));
}
const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;
const isInt = (mode: Value | undefined): boolean => mode?.kind === "str" && mode.value === "int";

/** `vocabulary_size()` */
export function vocabularySize(m: Machine, self: Instance): Value {
  const own = m.read(self.id);
  const size = own?.kind === "attributes" ? own.entries.get(SIZE) : undefined;
  if (size !== undefined) return size;
  const record = recordOf(m, self);
  const given = record && argOf(record, "vocabulary");
  const reason = "the size of the vocabulary is not known: give max_tokens, or a vocabulary";
  return int(unknownDim(given?.kind === "list" || given?.kind === "tuple" ? "special tokens are not counted" : reason));
}
/** `get_vocabulary()`: a list of words. */
export const vocabulary = (): Value => unknown("the words of a vocabulary are known when it runs", "list");
