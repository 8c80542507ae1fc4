import { makeDict, makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { int, NONE_VALUE, nativeClass, type Opaque, unknown, type Value } from "../../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { type Call, method, property } from "../../operation/call.ts";
import { operandOf } from "../../operation/operand.ts";
import { tensor } from "../../operation.ts";

/** The old `Tokenizer`: numbers for words. */

const WORDS = "how many words the texts have is known when it runs: say num_words";
const rowsOf = (m: Machine, texts: Value): Dim => {
  const { shape } = operandOf(m, texts);
  if (hasRank(shape) && shape.rank > 0) return shape.at(0);
  const { items, rest } = iterate(m, texts);
  return rest === undefined ? items.length : unknownDim(rest.reason);
};
const numWords = (self: Value): Value =>
  self.kind === "opaque" ? (self.data as { readonly numWords: Value }).numWords : NONE_VALUE;

/** One list of numbers for each text. */
function sequences(c: Call): Value {
  const rows = rowsOf(c.m, c.value("texts"));
  const one = unknown("as many numbers as the text has words", "list");
  if (typeof rows === "number" && rows <= 1000) return makeList(c.m, Array<Value>(rows).fill(one));
  return makeList(c.m, [], { element: one, reason: "how many texts there are is not known" });
}
function matrix(c: Call, self: Value, texts: string): Value {
  const said = numWords(self);
  const width = said.kind === "int" ? said.size : unknownDim(WORDS);
  return tensor(c.m, ARRAY, new Shape([rowsOf(c.m, c.value(texts)), width]), "float64");
}
const open = (c: Call): Value => makeDict(c.m, new Map(), WORDS);
const opened = (name: string): Value => ({ kind: "property", get: method(`Tokenizer.${name}`, "", open) });

const TOKENIZER = nativeClass("keras.preprocessing.text.Tokenizer", [], {
  __new__: {
    kind: "static",
    function: method(
      "Tokenizer.__new__",
      "num_words=None, **options",
      (c): Opaque => ({
        kind: "opaque",
        type: "keras.Tokenizer",
        data: { numWords: c.value("num_words") },
        class: TOKENIZER,
      }),
    ),
  },
  fit_on_texts: method("Tokenizer.fit_on_texts", "texts", () => NONE_VALUE),
  fit_on_sequences: method("Tokenizer.fit_on_sequences", "sequences", () => NONE_VALUE),
  texts_to_sequences: method("Tokenizer.texts_to_sequences", "texts", sequences),
  texts_to_matrix: method("Tokenizer.texts_to_matrix", "texts, mode='binary'", (c, self) => matrix(c, self, "texts")),
  sequences_to_matrix: method("Tokenizer.sequences_to_matrix", "sequences, mode='binary'", (c, self) =>
    matrix(c, self, "sequences"),
  ),
  sequences_to_texts: method("Tokenizer.sequences_to_texts", "sequences", () => unknown("texts", "list")),
  num_words: property("Tokenizer.num_words", (_, self) => numWords(self)),
  word_index: opened("word_index"),
  index_word: opened("index_word"),
  word_counts: opened("word_counts"),
  document_count: property("Tokenizer.document_count", () => int(unknownDim("it is counted when it runs"))),
});

export const TEXTS: readonly (readonly [string, Value])[] = [["keras.preprocessing.text.Tokenizer", TOKENIZER]];
