import { printShape } from "../../../tensor/shape.ts";
import { check, flag, layer, py } from "../define.ts";
import { cannotSplit, canSplit, ngrams, sequenceLength, splitting, vectorised } from "./families/text.ts";
import { codeDtype, depth, modesFit, vocabularyArguments, vocabularyFits, wordWeights } from "./families/vocabulary.ts";
import { exactly } from "./families/words.ts";

/** Its lookup keeps a place for padding and one for unknown words. */
const LOOKUP = { num_oov_indices: 1, mask_token: "", oov_token: "[UNK]", invert: false } as const;

export const TextVectorization = layer("TextVectorization", {
  summary: "Splits strings into words and looks them up: a row of numbers for every string, or one code.",
  args: {
    ...vocabularyArguments,
    standardize: exactly("lower_and_strip_punctuation", "lower", "strip_punctuation", null),
    split: splitting(),
    ngrams: ngrams(),
    output_sequence_length: sequenceLength(),
    ragged: flag(),
  },
  valid: (a) => [
    ...check(
      a.output_mode === "int" || a.output_sequence_length === null,
      "length-of-numbers",
      'output_sequence_length is for output_mode="int" only: a code has the length of the vocabulary',
      { argument: "output_sequence_length" },
    ),
    ...check(a.output_mode === "int" || !a.ragged, "ragged-numbers", 'ragged=True is for output_mode="int" only', {
      argument: "ragged",
    }),
    ...modesFit({ ...a, ...LOOKUP }),
    ...vocabularyFits({ ...a, ...LOOKUP }),
  ],
  requires: ({ split }, x, at) =>
    check(
      !at.eager || !cannotSplit(split, x),
      "one-string-each",
      `TextVectorization splits one string a sample: (batch,) or (batch, 1); this one is ${printShape(x)}.`,
    ),
  weights: (a, _, { keras }) => wordWeights(a, keras),
  output: (a, x, { keras }) => vectorised(a, x, depth({ ...a, ...LOOKUP }), keras),
  dtype: (a, { keras }, [x]) => {
    if (a.output_mode === "int" || x === undefined || canSplit(a.split, x))
      return codeDtype({ ...a, ...LOOKUP }, keras);
    return cannotSplit(a.split, x) ? "float32" : undefined;
  },

  example: py`
    x = keras.Input((1,), dtype="string")                              # shape: (None, 1)  dtype: string
    y = layers.TextVectorization(1000, output_sequence_length=20)(x)   # shape: (None, 20)  dtype: int64
  `,
});
