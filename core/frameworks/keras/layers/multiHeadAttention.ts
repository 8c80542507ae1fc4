import { refuse } from "../../../lowering/builder.ts";
import { unknown } from "../../../tensor/dim.ts";
import { printShape, unknownRank } from "../../../tensor/shape.ts";
import { check, optional, py, several } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { headed } from "./families/attending.ts";
import { batchesMeet, headMacs, headsOf, keysMatchValues, projected, projections } from "./families/attention.ts";
import { attended, attentionAxes, headArguments, outputShape, withAxes } from "./families/heads.ts";

const NAME = "MultiHeadAttention";

export const MultiHeadAttention = several(NAME, {
  summary:
    "Every position of the query gathers from the values, weighed by how well it fits the keys, in several heads.",
  args: {
    num_heads: whole(1),
    key_dim: whole(1),
    value_dim: optional(whole(1)),
    output_shape: outputShape(),
    attention_axes: attentionAxes(),
    ...headArguments,
  },
  tensors: ["query", "value", "key"],

  requires: ({ attention_axes }, xs, at) => {
    const on = projected(xs);
    if (on === undefined) return [];
    const meet = at.eager && attention_axes !== undefined ? batchesMeet(NAME, on.query, on.value, attention_axes) : [];
    const attending = check(
      at.keras !== 2 || attention_axes !== null || on.query.rank > 2,
      "axes-to-attend",
      `${NAME} needs an axis between the batch and the last, and the query is ${printShape(on.query)}`,
    );
    return [...attending, ...keysMatchValues(NAME, on.key, on.value, at.keras), ...meet];
  },
  weights: (a, xs) => {
    const on = projected(xs);
    if (on === undefined || a.output_shape === undefined) return unknown("output_shape is not known");
    const heads = headsOf(a.num_heads, a.num_heads, a.key_dim, a.value_dim || a.key_dim);
    return projections(heads, on, a.use_bias, a.use_gate, a.output_shape ?? [on.query.last]);
  },
  output: ({ num_heads, output_shape, attention_axes, ...a }, [query, value, key], { keras }) => {
    if (query === undefined || value === undefined) return unknownRank("it needs a query and a value");
    const y = output_shape === null ? query : withAxes(query, output_shape);
    if (!a["call.return_attention_scores"]) return y;
    // Keras 2 counts from the end of what has an axis of heads already, and asks the key for its own length.
    if (keras === 2 && attention_axes?.some((axis) => axis < 0))
      return [y, unknownRank("attention_axes are counted from the end")];
    return [y, attended(query, (keras === 2 ? key : undefined) ?? value, num_heads, attention_axes)];
  },
  macs: (a, xs) => {
    const on = projected(xs);
    if (on === undefined || a.output_shape === undefined) return unknown("output_shape is not known");
    if (a.attention_axes !== null) return unknown("attention_axes is given");
    const heads = headsOf(a.num_heads, a.num_heads, a.key_dim, a.value_dim || a.key_dim);
    return headMacs(heads, on, a.use_gate, a.output_shape ?? [on.query.last]);
  },
  lower: (g, a, _, w, at) =>
    headed(
      g,
      { ...a, axes: a.attention_axes === undefined ? refuse("its attention_axes are not known") : a.attention_axes },
      at,
      w,
    ),

  example: py`
    x = keras.Input((16, 64))                    # shape: (None, 16, 64)
    y = layers.MultiHeadAttention(4, 16)(x, x)   # shape: (None, 16, 64)  params: 16640
  `,
});
