/** What the lookups and TextVectorization share. Source: keras.src.layers.preprocessing.index_lookup. */
import { type Dim, isUnknown, plus, provablyLess, unknown } from "../../../../tensor/dim.ts";
import type { DType } from "../../../../tensor/dtype.ts";
import { check, flag, type Given, optional, raw, type Violation } from "../../define.ts";
import { isList, whole } from "./arguments.ts";
import { type Mode, modeArgument } from "./encoding.ts";

export interface Vocabulary {
  readonly max_tokens: Dim | null;
  readonly num_oov_indices: Dim;
  readonly mask_token: Given;
  readonly oov_token: Given;
  readonly vocabulary: Given;
  readonly idf_weights: Given;
  readonly invert: boolean;
  readonly output_mode: Mode;
  readonly sparse: boolean;
  readonly pad_to_max_tokens: boolean;
}
export const vocabularyArguments = {
  max_tokens: optional(whole(2)),
  vocabulary: raw(),
  idf_weights: raw(),
  output_mode: modeArgument(["int", "one_hot", "multi_hot", "count", "tf_idf"], ["binary", "tf-idf"]),
  sparse: flag(),
  pad_to_max_tokens: flag(),
};
export const lookupArguments = {
  ...vocabularyArguments,
  num_oov_indices: whole(0),
  mask_token: raw(),
  oov_token: raw(),
  invert: flag(),
};

/** The places before the first token: of the mask, where it has one, and of words outside the vocabulary. */
const tokenStart = (v: Vocabulary): Dim =>
  plus(v.mask_token !== null && v.output_mode === "int" ? 1 : 0, v.num_oov_indices);

/** The tokens behind the special ones, which a list may or may not begin with; undefined where that is not known. */
function tokens(v: Vocabulary): readonly Given[] | undefined {
  const start = tokenStart(v);
  if (
    !isList(v.vocabulary) ||
    typeof start !== "number" ||
    [...v.vocabulary, v.mask_token, v.oov_token].some(isUnknown)
  )
    return undefined;
  const masks = start - Number(v.num_oov_indices);
  const special = v.vocabulary.slice(0, start);
  const found = special.length === start && special.every((it, i) => it === (i < masks ? v.mask_token : v.oov_token));
  return found ? v.vocabulary.slice(start) : v.vocabulary;
}

/** How many different numbers come out; an unknown where adapt() decides. */
export function depth(v: Vocabulary): Dim {
  if (v.pad_to_max_tokens) return v.max_tokens ?? unknown("max_tokens is not set");
  const known = tokens(v);
  if (known !== undefined) return plus(tokenStart(v), known.length);
  return unknown(v.vocabulary === null ? "adapt() decides the size of the vocabulary" : "the vocabulary is not known");
}

/** Whole numbers, though Keras announces floats; only tf_idf weighs. */
export const codeDtype = ({ output_mode }: Vocabulary): DType => (output_mode === "tf_idf" ? "float32" : "int64");

const argument = (name: string) => ({ argument: name });

export function vocabularyFits(v: Vocabulary): readonly Violation[] {
  const list = isList(v.vocabulary) ? v.vocabulary : undefined;
  const known = tokens(v) ?? [];
  const size = plus(tokenStart(v), known.length);
  const tooLarge = list !== undefined && v.max_tokens !== null && provablyLess(v.max_tokens, size);
  return [
    ...check(list?.length !== 0, "vocabulary-not-empty", "the vocabulary is empty", argument("vocabulary")),
    ...check(
      new Set(known).size === known.length,
      "vocabulary-distinct",
      "a word stands in the vocabulary twice, so its number would not be certain",
      argument("vocabulary"),
    ),
    ...check(
      v.mask_token === null || !known.includes(v.mask_token),
      "mask-in-front",
      "the mask token stands among the words of the vocabulary: leave it out, or begin with all special tokens",
      argument("vocabulary"),
    ),
    ...check(
      !v.invert || v.oov_token === null || !known.includes(v.oov_token),
      "oov-in-front",
      "the token for unknown words stands among the words of the vocabulary: leave it out, or begin with it",
      argument("vocabulary"),
    ),
    ...check(!tooLarge, "vocabulary-fits", "the vocabulary has more words than max_tokens", argument("vocabulary")),
  ];
}

export const modesFit = (v: Vocabulary): readonly Violation[] => [
  ...check(
    !(v.pad_to_max_tokens && v.max_tokens === null),
    "padding-needs-size",
    "pad_to_max_tokens=True needs max_tokens, the size to pad to",
    argument("pad_to_max_tokens"),
  ),
  ...check(!(v.invert && v.output_mode !== "int"), "inverse-of-numbers", 'invert=True needs output_mode="int"', {
    argument: "invert",
  }),
  ...check(!(v.sparse && v.output_mode === "int"), "sparse-code", 'sparse=True needs an output_mode other than "int"', {
    argument: "sparse",
  }),
  ...check(
    v.idf_weights === null || isUnknown(v.idf_weights) || v.output_mode === "tf_idf",
    "weights-for-tf-idf",
    'idf_weights are for output_mode="tf_idf" only',
    argument("idf_weights"),
  ),
  ...check(
    !(v.output_mode === "tf_idf" && isList(v.vocabulary) && v.idf_weights === null),
    "tf-idf-weighs",
    'a vocabulary with output_mode="tf_idf" needs idf_weights, one for every word',
    argument("output_mode"),
  ),
];
