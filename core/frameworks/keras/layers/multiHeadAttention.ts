import { unknown } from "../../../tensor/dim.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { callFlag, flag, optional, py, several } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { keysMatchValues, projection } from "./families/attention.ts";
import { attended, attentionAxes, outputShape } from "./families/heads.ts";

const NAME = "MultiHeadAttention";

export const MultiHeadAttention = several(NAME, {
  summary:
    "Every position of the query gathers from the values, weighed by how well it fits the keys, in several heads.",
  args: {
    num_heads: whole(1),
    key_dim: whole(1),
    value_dim: optional(whole(1)),
    use_bias: flag(),
    output_shape: outputShape(),
    attention_axes: attentionAxes(),
    use_gate: flag(),
    sliding_window: optional(whole(1)),
    "call.return_attention_scores": callFlag(),
  },
  tensors: ["query", "value", "key"],

  requires: (_, [query, value, key = value]) =>
    query === undefined || value === undefined || key === undefined ? [] : [...keysMatchValues(NAME, key, value)],
  weights: ({ num_heads, key_dim, value_dim, use_bias, use_gate, output_shape }, [query, value, key = value]) => {
    if (query === undefined || value === undefined || key === undefined) return {};
    if (output_shape === undefined) return unknown("output_shape is not known");
    const size = value_dim ?? key_dim;
    const output = output_shape ?? [query.last];
    return {
      ...projection("query", query.last, num_heads, key_dim, use_bias),
      ...projection("key", key.last, num_heads, key_dim, use_bias),
      ...(use_gate ? projection("gate", query.last, num_heads, size, use_bias) : {}),
      ...projection("value", value.last, num_heads, size, use_bias),
      "attention_output/kernel": [num_heads, size, ...output],
      "attention_output/bias": use_bias && output,
    };
  },
  output: ({ num_heads, output_shape, attention_axes, ...a }, [query, value]) => {
    if (query === undefined || value === undefined) return unknownRank("it needs a query and a value");
    const output = output_shape === undefined ? unknownRank("output_shape is not known") : undefined;
    const y = output ?? (output_shape ? query.slice(0, -1).concat(output_shape) : query);
    return a["call.return_attention_scores"] ? [y, attended(query, value, num_heads, attention_axes)] : y;
  },

  example: py`
    x = keras.Input((16, 64))                              # shape: (None, 16, 64)
    y = layers.MultiHeadAttention(4, 16)(x, x)             # shape: (None, 16, 64)  params: 16640
  `,
});
