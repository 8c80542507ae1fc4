import { provablyClash } from "../../../tensor/broadcast.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { callFlag, check, flag, merging, py, type Surroundings, type Violation } from "../define.ts";
import { added, attending } from "./families/attending.ts";
import { attends, attentionMacs, inputCount, projected, scored } from "./families/attention.ts";

/** Keras 2 sizes its scale by the values, and multiplies the keys with it. */
const scaleFits = ([_, value, key = value]: readonly Shape[], { keras }: Surroundings): readonly Violation[] =>
  check(
    keras !== 2 || !value || !key || !provablyClash(value.last, key.last),
    "scale-meets-keys",
    "AdditiveAttention scales keys by the features of the values in Keras 2, so both need the same",
    { code: "incompatible-shapes" },
  );

export const AdditiveAttention = merging("AdditiveAttention", {
  summary: "Every position of the query gathers from the values, weighed by the tanh of its sum with the keys.",
  args: { use_scale: flag(), "call.return_attention_scores": callFlag(), "call.use_causal_mask": callFlag() },

  requires: ({ use_scale }, xs, at) => [
    ...inputCount("AdditiveAttention", xs),
    ...(at.eager ? attends("AdditiveAttention", xs, true) : []),
    ...(use_scale ? scaleFits(xs, at) : []),
  ],
  weights: ({ use_scale }, [query, value], { keras }) => {
    const sized = keras === 2 ? value : query;
    return { scale: use_scale && sized !== undefined && [sized.last] };
  },
  output: (a, xs, { keras }) => scored(a["call.return_attention_scores"], xs, keras),
  macs: (_, xs) => {
    const on = projected(xs);
    return on ? attentionMacs(on.query, on.key, on.query.last, on.value.last) : 0;
  },
  lower: (g, a, _, { scale }, at) =>
    attending(g, a, at, (g, query, key) =>
      g.reduce("ReduceSum", g.multiply(g.unary("Tanh", added(g, query, key)), scale), [query.shape.length]),
    ),

  example: py`
    q = keras.Input((16, 64))                # shape: (None, 16, 64)
    v = keras.Input((20, 64))                # shape: (None, 20, 64)
    y = layers.AdditiveAttention()([q, v])   # shape: (None, 16, 64)  params: 64
  `,
});
