import { dictOf, makeDict, makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type DictRef,
  int,
  NONE_VALUE,
  nativeClass,
  type Opaque,
  sizeOf,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { type Call, method, property } from "../../operation/call.ts";
import { operandOf } from "../../operation/operand.ts";
import { tensor } from "../../operation.ts";
import { indexOf, textsIn } from "./words.ts";

/** The old `Tokenizer`: numbers for words. */

const WORDS = "how many words the texts have is known when it runs: say num_words";
const rowsOf = (m: Machine, texts: Value): Dim => {
  const { shape } = operandOf(m, texts);
  if (hasRank(shape) && shape.rank > 0) return shape.at(0);
  const { items, rest } = iterate(m, texts);
  return rest === undefined ? items.length : unknownDim(rest.reason);
};
interface Learnt {
  readonly numWords: Value;
  /** What stands for words that are not known. */
  readonly unseen: Value;
  /** Other ways to find words in a text. */
  readonly isPlain: boolean;
  /** `word_index`, which `fit_on_texts` fills. */
  readonly index: DictRef;
}
const learntBy = (self: Value): Learnt | undefined => (self.kind === "opaque" ? (self.data as Learnt) : undefined);
const numWords = (self: Value): Value => learntBy(self)?.numWords ?? NONE_VALUE;

/** The words of texts that are known are counted; once only, as what is learnt adds up. */
function learn(c: Call, self: Value): Value {
  const learnt = learntBy(self);
  if (learnt === undefined) return NONE_VALUE;
  const texts = learnt.isPlain ? textsIn(c.m, c.value("texts")) : undefined;
  const isFresh = dictOf(c.m, learnt.index).entries.size === 0;
  const entries = texts === undefined || !isFresh ? new Map() : indexOf(texts, stringOf(learnt.unseen));
  c.m.write(learnt.index.id, { kind: "dictObject", entries, open: entries.size === 0 ? WORDS : undefined });
  return NONE_VALUE;
}

/** Of texts that are known, the numbers of their words. */
function numbered(c: Call, self: Value): Value | undefined {
  const learnt = learntBy(self);
  const texts = learnt?.isPlain === true ? textsIn(c.m, c.value("texts")) : undefined;
  const most = learnt?.numWords.kind === "none" ? Number.POSITIVE_INFINITY : sizeOf(learnt?.numWords ?? NONE_VALUE);
  if (learnt === undefined || texts === undefined || typeof most !== "number") return undefined;
  const { entries, open: why } = dictOf(c.m, learnt.index);
  if (why !== undefined || learnt.unseen.kind !== "none") return undefined;
  const numbersOf = (words: readonly string[]): readonly Value[] =>
    words.flatMap((it) => entries.get(`s:${it}`)?.value ?? []).filter((it) => Number(sizeOf(it)) < most);
  return makeList(
    c.m,
    texts.map((words) => makeList(c.m, numbersOf(words))),
  );
}

/** One list of numbers for each text. */
function sequences(c: Call, self: Value): Value {
  letterByLetter(c, self);
  const known = numbered(c, self);
  if (known !== undefined) return known;
  const rows = rowsOf(c.m, c.value("texts"));
  const one = unknown("as many numbers as the text has words", "list");
  if (typeof rows === "number" && rows <= 1000) return makeList(c.m, Array<Value>(rows).fill(one));
  return makeList(c.m, [], { element: one, reason: "how many texts there are is not known" });
}
/** One text is read as a list of its letters, of which each is a text. */
function letterByLetter(c: Call, self: Value): void {
  const text = c.text("texts");
  const place = c.place("texts");
  if (text === undefined || text.length < 2 || place === undefined || learntBy(self)?.isPlain !== true) return;
  const edits = [
    { place: { ...place, span: { start: place.span.start, end: place.span.start } }, text: "[" },
    { place: { ...place, span: { start: place.span.end, end: place.span.end } }, text: "]" },
  ];
  c.m.report({
    code: "missing-batch-axis",
    severity: "warning",
    place,
    message: `This is one text, and a list of texts is read: each of its ${text.length} letters is taken for one`,
    related: [],
    repairs: [{ title: "A list of one text", preferred: true, edits }],
  });
}
function matrix(c: Call, self: Value, texts: string): Value {
  const said = numWords(self);
  const index = learntBy(self)?.index;
  const words = index === undefined ? undefined : dictOf(c.m, index);
  const counted = words?.open === undefined ? words?.entries.size : undefined;
  const width = said.kind === "int" ? said.size : counted === undefined ? unknownDim(WORDS) : counted + 1;
  return tensor(c.m, ARRAY, new Shape([rowsOf(c.m, c.value(texts)), width]), "float64");
}
const open = (c: Call): Value => makeDict(c.m, new Map(), WORDS);
const opened = (name: string): Value => ({ kind: "property", get: method(`Tokenizer.${name}`, "", open) });

const TOKENIZER = nativeClass("keras.preprocessing.text.Tokenizer", [], {
  __new__: {
    kind: "static",
    function: method("Tokenizer.__new__", "num_words=None, *, oov_token=None, **options", (c): Opaque => {
      const isPlain = c.more.size === 0 && c.open === undefined;
      const [numWords, unseen, index] = [c.value("num_words"), c.value("oov_token"), makeDict(c.m, new Map(), WORDS)];
      const data: Learnt = { numWords, unseen, isPlain, index };
      return { kind: "opaque", type: "keras.Tokenizer", data, class: TOKENIZER };
    }),
  },
  fit_on_texts: method("Tokenizer.fit_on_texts", "texts", learn),
  fit_on_sequences: method("Tokenizer.fit_on_sequences", "sequences", () => NONE_VALUE),
  texts_to_sequences: method("Tokenizer.texts_to_sequences", "texts", sequences),
  texts_to_matrix: method("Tokenizer.texts_to_matrix", "texts, mode='binary'", (c, self) => matrix(c, self, "texts")),
  sequences_to_matrix: method("Tokenizer.sequences_to_matrix", "sequences, mode='binary'", (c, self) =>
    matrix(c, self, "sequences"),
  ),
  sequences_to_texts: method("Tokenizer.sequences_to_texts", "sequences", () => unknown("texts", "list")),
  num_words: property("Tokenizer.num_words", (_, self) => numWords(self)),
  word_index: property("Tokenizer.word_index", (_, self) => learntBy(self)?.index ?? NONE_VALUE),
  index_word: opened("index_word"),
  word_counts: opened("word_counts"),
  document_count: property("Tokenizer.document_count", () => int(unknownDim("it is counted when it runs"))),
});

export const TEXTS: readonly (readonly [string, Value])[] = [["keras.preprocessing.text.Tokenizer", TOKENIZER]];
