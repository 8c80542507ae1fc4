import { layer, py } from "../define.ts";
import { announced } from "./families/encoding.ts";
import { codeDtype, depth, lookupArguments, modesFit, vocabularyFits } from "./families/vocabulary.ts";

export const StringLookup = layer("StringLookup", {
  summary: "Looks every string up in a vocabulary, and gives its place or its code; inverted, the string of a place.",
  args: lookupArguments,
  valid: (a) => [...modesFit(a), ...vocabularyFits(a)],
  output: (a, x) => announced(a.output_mode, x, depth(a)),
  // Keras announces int64 for the inverse too.
  dtype: (a, { dtypes: [dtype] }) =>
    a.invert && dtype !== "string" ? (dtype === undefined ? undefined : "string") : codeDtype(a),

  example: py`
    x = keras.Input((3,), dtype="string")                    # shape: (None, 3)  dtype: string
    y = layers.StringLookup(vocabulary=["a", "b", "c"])(x)   # shape: (None, 3)  dtype: int64
  `,
});
