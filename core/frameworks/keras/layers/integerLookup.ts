import { size } from "../../../lowering/builder.ts";
import { layer, py } from "../define.ts";
import { announced, codable, encodedNumbers } from "./families/encoding.ts";
import {
  codeDtype,
  depth,
  lookupArguments,
  modesFit,
  placesOf,
  vocabularyFits,
  wordWeights,
} from "./families/vocabulary.ts";
import { exactly } from "./families/words.ts";

export const IntegerLookup = layer("IntegerLookup", {
  summary: "Looks every whole number up in a vocabulary, and gives its place or its code.",
  args: { ...lookupArguments, oov_method: exactly("floormod", "farmhash"), vocabulary_dtype: exactly("int64") },
  valid: (a) => [...modesFit(a), ...vocabularyFits(a)],
  weights: (a, _, { keras }) => wordWeights(a, keras),
  output: (a, x) => announced(a.output_mode, x, depth(a)),
  requires: ({ output_mode }, x, at) => codable("IntegerLookup", output_mode, x, at),
  dtype: (a, { keras }) => codeDtype(a, keras),
  lower: (g, a, x) => {
    const places = placesOf(g, a, x);
    if (a.output_mode === "int" || a.output_mode === "tf_idf") return places;
    return g.cast(encodedNumbers(g, a.output_mode, places, size(depth(a))), "int64");
  },

  example: py`
    x = keras.Input((3,), dtype="int64")                     # shape: (None, 3)  dtype: int64
    y = layers.IntegerLookup(vocabulary=[12, 36, 1138])(x)   # shape: (None, 3)  dtype: int64
  `,
});
