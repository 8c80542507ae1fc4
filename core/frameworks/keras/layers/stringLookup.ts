import { layer, py } from "../define.ts";
import { announced, codable } from "./families/encoding.ts";
import { codeDtype, depth, lookupArguments, modesFit, vocabularyFits, wordWeights } from "./families/vocabulary.ts";

export const StringLookup = layer("StringLookup", {
  summary: "Looks every string up in a vocabulary, and gives its place or its code; inverted, the string of a place.",
  args: lookupArguments,
  valid: (a) => [...modesFit(a), ...vocabularyFits(a)],
  weights: (a, _, { keras }) => wordWeights(a, keras),
  output: (a, x) => announced(a.output_mode, x, depth(a)),
  requires: ({ output_mode }, x, at) => codable("StringLookup", output_mode, x, at),
  // Keras 3 announces int64 for the inverse too.
  dtype: (a, { dtypes: [dtype], keras }) =>
    a.invert && (dtype !== "string" || keras === 2)
      ? dtype === undefined
        ? undefined
        : "string"
      : codeDtype(a, keras),

  example: py`
    x = keras.Input((3,), dtype="string")                    # shape: (None, 3)  dtype: string
    y = layers.StringLookup(vocabulary=["a", "b", "c"])(x)   # shape: (None, 3)  dtype: int64
  `,
});
