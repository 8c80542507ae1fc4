import { callFlag, flag, layer, py } from "../define.ts";
import { wholeOnly } from "./families/arguments.ts";

export const ReversibleEmbedding = layer("ReversibleEmbedding", {
  summary: "Looks up a vector for every index, and, called with `reverse=True`, scores every index for a vector.",
  args: { input_dim: wholeOnly(1), output_dim: wholeOnly(1), tie_weights: flag(), "call.reverse": callFlag() },
  weights: ({ input_dim, output_dim, tie_weights }) => ({
    embeddings: [input_dim, output_dim],
    reverse_embeddings: !tie_weights && [output_dim, input_dim],
  }),
  output: (a, x) => (a["call.reverse"] ? x.withLast(a.input_dim) : x.concat([a.output_dim])),

  example: py`
    x = keras.Input((20,), dtype="int32")         # shape: (None, 20)
    y = layers.ReversibleEmbedding(1000, 64)(x)   # shape: (None, 20, 64)  params: 64000
  `,
});
