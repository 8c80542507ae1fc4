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

  example: py`
    x = keras.Input((10, 5))   # shape: (None, 10, 5)
    y = layers.Flatten()(x)    # shape: (None, 50)  params: 0
  `,
});
