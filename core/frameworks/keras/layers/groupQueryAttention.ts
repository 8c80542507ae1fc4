import { mayDivide, printDim, provablyDifferent, unknown } from "../../../tensor/dim.ts";
import { printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { callFlag, check, flag, optional, py, several } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { keysMatchValues, projection } from "./families/attention.ts";

const NAME = "GroupQueryAttention";

export const GroupQueryAttention = several(NAME, {
  summary: "Multi-head attention in which several heads of the query share one head of the keys and values.",
  args: {
    head_dim: whole(1),
    num_query_heads: whole(1),
    num_key_value_heads: whole(1),
    use_bias: flag(),
    use_gate: flag(),
    sliding_window: optional(whole(1)),
    "call.return_attention_scores": callFlag(),
  },
  tensors: ["query", "value", "key"],
  valid: ({ num_query_heads, num_key_value_heads }) =>
    check(
      mayDivide(num_key_value_heads, num_query_heads),
      "heads-in-groups",
      `${printDim(num_query_heads)} query heads cannot share ${printDim(num_key_value_heads)} key and value heads evenly: ` +
        "make num_query_heads a multiple of num_key_value_heads",
      { argument: "num_query_heads" },
    ),

  requires: (_, [query, value, key = value], at) =>
    query === undefined || value === undefined || key === undefined
      ? []
      : [
          ...keysMatchValues(NAME, key, value),
          ...check(
            query.rank === 3 || (query.rank > 3 && !at.eager),
            "input-rank",
            `${NAME} works on (batch, positions, features); its query is ${printShape(query)}.`,
          ),
          ...check(
            at.eager || !provablyDifferent(query.last, value.last),
            "features-equal",
            `${NAME} needs the same number of features in query and value: ${printShape(query)} and ${printShape(value)}.`,
            { code: "incompatible-shapes" },
          ),
        ],
  weights: ({ head_dim, num_query_heads, num_key_value_heads, use_bias, use_gate }, [query, value, key = value]) => {
    if (query === undefined || value === undefined || key === undefined) return {};
    // It takes axis 2 for the features: more axes are built into something that no run accepts.
    if (query.rank > 3) return unknown(`${NAME} is built for three axes`);
    return {
      ...projection("query", query.last, num_query_heads, head_dim, use_bias),
      ...projection("key", key.last, num_key_value_heads, head_dim, use_bias),
      ...(use_gate ? projection("gate", query.last, num_query_heads, head_dim, use_bias) : {}),
      ...projection("value", value.last, num_key_value_heads, head_dim, use_bias),
      "attention_output/kernel": [num_query_heads, head_dim, query.last],
      "attention_output/bias": use_bias && [query.last],
    };
  },
  output: ({ num_query_heads, ...a }, [query, value, key = value]) => {
    if (query === undefined || key === undefined) return unknownRank("it needs a query and a value");
    const scores = new Shape([query.batch, num_query_heads, query.at(1), key.at(1)]);
    return a["call.return_attention_scores"] ? [query, scores] : query;
  },

  example: py`
    x = keras.Input((16, 64))                              # shape: (None, 16, 64)
    y = layers.GroupQueryAttention(16, 4, 2)(x, x)         # shape: (None, 16, 64)  params: 12480
  `,
});
