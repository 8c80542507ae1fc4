import { flattened } from "../../../tensor/reshape.ts";
import { layer, py } from "../define.ts";
import { dataFormat } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";

export const Flatten = layer("Flatten", {
  summary: "Makes one axis of all but the batch.",
  args: { data_format: dataFormat() },
  input: { minRank: 1 },
  output: (_, x) => flattened(x, 1),
  dtype: (_, at) => autocast(at),
  // With the channels first, they are moved behind before.
  lower: (g, { data_format }, x) => {
    const rank = x.shape.length;
    const axes = x.shape.map((_, i) => i);
    const y = data_format === "channels_first" && rank > 1 ? g.transpose(x, 0, ...axes.slice(2), 1) : x;
    return g.reshape(y, [x.shape[0] ?? 1, x.shape.slice(1).reduce((a, b) => a * b, 1)]);
  },

  example: py`
    x = keras.Input((10, 5))   # shape: (None, 10, 5)
    y = layers.Flatten()(x)    # shape: (None, 50)  params: 0
  `,
});
