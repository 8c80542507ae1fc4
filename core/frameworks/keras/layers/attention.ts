import { callFlag, flag, merging, py } from "../define.ts";
import { added, attending, turned } from "./families/attending.ts";
import { attends, attentionMacs, inputCount, projected, scored } from "./families/attention.ts";
import { exactly } from "./families/words.ts";

export const Attention = merging("Attention", {
  summary: "Every position of the query gathers from the values, weighed by its product with the keys.",
  args: {
    use_scale: flag(),
    score_mode: exactly("dot", "concat"),
    "call.return_attention_scores": callFlag(),
    "call.use_causal_mask": callFlag(),
  },

  requires: ({ score_mode }, xs, at) => [
    ...inputCount("Attention", xs),
    ...(at.eager ? attends("Attention", xs, score_mode === "concat") : []),
  ],
  weights: ({ use_scale, score_mode }) => ({
    scale: use_scale && [],
    concat_score_weight: score_mode === "concat" && [],
  }),
  output: (a, xs, { keras }) => scored(a["call.return_attention_scores"], xs, keras),
  macs: (_, xs) => {
    const on = projected(xs);
    return on ? attentionMacs(on.query, on.key, on.query.last, on.value.last) : 0;
  },
  lower: (g, a, _, { scale, concat_score_weight }, at) =>
    attending(g, a, at, (g, query, key) => {
      const rank = query.shape.length;
      if (a.score_mode === "dot") return g.multiply(g.matmul(query, turned(g, key)), scale);
      const sum = g.reduce("ReduceSum", g.unary("Tanh", g.multiply(added(g, query, key), scale)), [rank]);
      return g.multiply(sum, concat_score_weight);
    }),

  example: py`
    q = keras.Input((16, 64))        # shape: (None, 16, 64)
    v = keras.Input((20, 64))        # shape: (None, 20, 64)
    y = layers.Attention()([q, v])   # shape: (None, 16, 64)  params: 0
  `,
});
