import { listOf } from "../../../interpreter/containers.ts";
import type { DictEntry } from "../../../interpreter/heap.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { int, str, stringOf, type Value } from "../../../interpreter/values.ts";

/** What the old `Tokenizer` makes of texts that stand in the program. Source: keras.preprocessing.text of Keras 2. */

const FILTERED = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n]/g;
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(FILTERED, " ")
    .split(" ")
    .filter((it) => it !== "");

/** Texts, each as its words; undefined where one of them is not known. */
export function textsIn(m: Machine, value: Value): readonly (readonly string[])[] | undefined {
  const { items, rest } = value.kind === "list" ? listOf(m, value) : iterate(m, value);
  const texts = items.map(stringOf);
  if (rest !== undefined || texts.length > MOST) return undefined;
  return texts.every((it) => it !== undefined) ? texts.map(wordsOf) : undefined;
}
const MOST = 1000;

/** A number for each word, the most frequent first; the word for those that are not known before all. */
export function indexOf(texts: readonly (readonly string[])[], unseen: string | undefined): Map<string, DictEntry> {
  const counts = new Map<string, number>();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
  const all = unseen === undefined ? sorted : [unseen, ...sorted];
  return new Map(all.map((word, i) => [`s:${word}`, { key: str(word), value: int(i + 1) }]));
}
