import { needed } from "../../../lowering/builder.ts";
import { product } from "../../../tensor/dim.ts";
import { callFlag, flag, layer, number, optional, py } from "../define.ts";
import { wholeOnly } from "./families/arguments.ts";
import { lookedUp } from "./families/lookup.ts";
import { known } from "./families/scaling.ts";

export const ReversibleEmbedding = layer("ReversibleEmbedding", {
  summary: "Looks up a vector for every index, and, called with `reverse=True`, scores every index for a vector.",
  args: {
    input_dim: wholeOnly(1),
    output_dim: wholeOnly(1),
    tie_weights: flag(),
    mask_zero: flag(),
    logit_soft_cap: optional(number()),
    "call.reverse": callFlag(),
  },
  weights: ({ input_dim, output_dim, tie_weights }) => ({
    embeddings: [input_dim, output_dim],
    reverse_embeddings: !tie_weights && [output_dim, input_dim],
  }),
  output: (a, x) => (a["call.reverse"] ? x.withLast(a.input_dim) : x.concat([a.output_dim])),
  // In reverse each vector meets each row of the table.
  macs: (_, x, y) => (y.rank === x.rank ? product([...y.slice(1), x.last]) : 0),
  lower: (g, a, x, w) => {
    const table = needed(w["embeddings"]);
    if (!a["call.reverse"]) return lookedUp(g, table, x, a.mask_zero);
    const scores = g.matmul(x, a.tie_weights ? g.transpose(table, 1, 0) : w["reverse_embeddings"]);
    if (a.logit_soft_cap === null) return scores;
    const cap = known(a.logit_soft_cap, "logit_soft_cap");
    return g.multiply(g.unary("Tanh", g.divide(scores, cap)), cap);
  },

  example: py`
    x = keras.Input((20,), dtype="int32")         # shape: (None, 20)
    y = layers.ReversibleEmbedding(1000, 64)(x)   # shape: (None, 20, 64)  params: 64000
  `,
});
