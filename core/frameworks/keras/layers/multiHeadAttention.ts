import { refuse } from "../../../lowering/builder.ts";
import { unknown } from "../../../tensor/dim.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { optional, py, several } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { headed } from "./families/attending.ts";
import { attendsAlong, headMacs, keysMatchValues, projected, projections } from "./families/attention.ts";
import { attended, attentionAxes, headArguments, inHeads, outputShape, withAxes } from "./families/heads.ts";

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
  unmasks: true,

  requires: ({ attention_axes }, xs, at) => {
    const on = projected(xs);
    if (on === undefined) return [];
    return [...keysMatchValues(NAME, on.key, on.value, at.keras), ...attendsAlong(NAME, on, attention_axes, at)];
  },
  weights: (a, xs) => inHeads(a, xs, (heads, on, y) => projections(heads, on, a.use_bias, a.use_gate, y)),
  output: ({ num_heads, output_shape, attention_axes, ...a }, [query, value, key], { keras }) => {
    if (query === undefined || value === undefined) return unknownRank("it needs a query and a value");
    const y = output_shape === null ? query : withAxes(query, output_shape);
    if (!a["call.return_attention_scores"]) return y;
    // Keras 2 counts from the end of what has an axis of heads already, and asks the key for its own length.
    if (keras === 2 && attention_axes?.some((axis) => axis < 0))
      return [y, unknownRank("attention_axes are counted from the end")];
    return [y, attended(query, (keras === 2 ? key : undefined) ?? value, num_heads, attention_axes)];
  },
  macs: ({ attention_axes: axes, ...a }, xs) =>
    // Keras 2 and 3 count from the end of different shapes.
    axes === undefined || axes?.some((axis) => axis < 0)
      ? unknown("not known along which axes it attends")
      : inHeads(a, xs, (heads, on, y) => headMacs(heads, on, a.use_gate, y, axes)),
  lower: (g, { attention_axes: axes, ...a }, _, w, at) =>
    headed(g, { ...a, axes: axes === undefined ? refuse("its attention_axes are not known") : axes }, at, w),

  example: py`
    x = keras.Input((16, 64))                    # shape: (None, 16, 64)
    y = layers.MultiHeadAttention(4, 16)(x, x)   # shape: (None, 16, 64)  params: 16640
  `,
});
