/** What the lookups and TextVectorization share. Source: keras.src.layers.preprocessing.index_lookup. */
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { type Dim, isUnknown, plus, provablyLess, unknown } from "../../../../tensor/dim.ts";
import type { DType } from "../../../../tensor/dtype.ts";
import { check, flag, type Given, optional, raw, type Violation, type Weights } from "../../define.ts";
import type { Version } from "../../version.ts";
import { isList, whole } from "./arguments.ts";
import { type Mode, modeArgument } from "./encoding.ts";
import { numbersIn } from "./moments.ts";

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

/** The places of whole numbers in a vocabulary; one that it does not hold is at the place before the first. */
export function placesOf(g: Builder, v: Vocabulary, x: Tensor): Tensor {
  const known = tokens(v);
  const list = known && numbersIn(known);
  const start = tokenStart(v);
  if (list === undefined || typeof start !== "number") return refuse("its vocabulary is not known");
  if (v.num_oov_indices !== 1) return refuse(`num_oov_indices other than 1 is not lowered`);
  if (v.invert) return refuse("invert=True is not lowered");
  if (v.output_mode === "tf_idf") return refuse("tf_idf is not lowered");
  if (v.mask_token !== null) return refuse("mask_token is not lowered");
  const hits = g.cast(g.binary("Equal", g.expand(x, x.shape.length), g.constant(list, x.dtype), "bool"), "int64");
  const steps = g.constant(
    list.map((_, i) => i + 1),
    "int64",
  );
  return g.add(g.reduce("ReduceSum", g.multiply(hits, steps), [-1]), start - 1);
}

/** Whole numbers, though Keras 3 announces floats, and Keras 2 makes floats of codes; only tf_idf weighs. */
export const codeDtype = ({ output_mode }: Vocabulary, keras: Version | undefined): DType =>
  output_mode === "tf_idf" || (keras === 2 && output_mode !== "int") ? "float32" : "int64";

/** Keras 2 keeps how much each word weighs, without a size. */
export const wordWeights = ({ output_mode }: { readonly output_mode: Mode }, keras: Version | undefined): Weights =>
  keras === 2 && output_mode === "tf_idf" ? unknown("the weights of the words have no size of their own") : {};

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
