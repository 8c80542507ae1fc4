import { size } from "../../../lowering/builder.ts";
import { provablyNegative, unknown } from "../../../tensor/dim.ts";
import { layer, py } from "../define.ts";
import { wholeOnly } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";

export const RepeatVector = layer("RepeatVector", {
  summary: "Makes a sequence of `n` steps, each the same vector.",
  args: { n: wholeOnly(1) },
  input: { rank: 2 },
  output: ({ n }, x) => x.insert(1, provablyNegative(n) ? unknown("n is negative") : n),
  dtype: (_, at) => autocast(at),
  lower: (g, { n }, x) => g.tile(g.expand(x, 1), [1, size(n), 1]),

  example: py`
    x = keras.Input((32,))          # shape: (None, 32)
    y = layers.RepeatVector(3)(x)   # shape: (None, 3, 32)  params: 0
  `,
});
