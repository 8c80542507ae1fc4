import { mayDivide, printDim, unknown } from "../../../tensor/dim.ts";
import { Shape, unknownRank } from "../../../tensor/shape.ts";
import { check, py, several } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { headed } from "./families/attending.ts";
import { groupedFit, headMacs, headsOf, keysMatchValues, projected, projections } from "./families/attention.ts";
import { headArguments } from "./families/heads.ts";

const NAME = "GroupQueryAttention";

export const GroupQueryAttention = several(NAME, {
  summary: "Multi-head attention in which several heads of the query share one head of the keys and values.",
  args: {
    head_dim: whole(1),
    num_query_heads: whole(1),
    num_key_value_heads: whole(1),
    ...headArguments,
  },
  tensors: ["query", "value", "key"],
  valid: ({ num_query_heads, num_key_value_heads }) =>
    check(
      mayDivide(num_key_value_heads, num_query_heads),
      "heads-in-groups",
      `num_query_heads must be a multiple of num_key_value_heads, ${printDim(num_key_value_heads)}`,
      { argument: "num_query_heads" },
    ),

  requires: (_, xs, at) => {
    const on = projected(xs);
    return on ? [...keysMatchValues(NAME, on.key, on.value), ...groupedFit(NAME, on, at.eager === true)] : [];
  },
  weights: (a, xs) => {
    const on = projected(xs);
    // It takes axis 2 for the features: more axes are built into something that no run accepts.
    if (on === undefined || on.query.rank > 3) return unknown(`${NAME} is built for three axes`);
    return projections(headsOf(a.num_query_heads, a.num_key_value_heads, a.head_dim), on, a.use_bias, a.use_gate, [
      on.query.last,
    ]);
  },
  output: (a, xs) => {
    const { query, key } = projected(xs) ?? {};
    if (query === undefined || key === undefined) return unknownRank("it needs a query and a value");
    const scores = new Shape([query.batch, a.num_query_heads, query.at(1), key.at(1)]);
    return a["call.return_attention_scores"] ? [query, scores] : query;
  },
  macs: (a, xs) => {
    const on = projected(xs);
    return on
      ? headMacs(headsOf(a.num_query_heads, a.num_key_value_heads, a.head_dim), on, a.use_gate, [on.query.last])
      : 0;
  },
  lower: (g, a, _, w, at) => headed(g, { ...a, axes: null, key_dim: a.head_dim }, at, w),

  example: py`
    x = keras.Input((16, 64))                        # shape: (None, 16, 64)
    y = layers.GroupQueryAttention(16, 4, 2)(x, x)   # shape: (None, 16, 64)  params: 12480
  `,
});
