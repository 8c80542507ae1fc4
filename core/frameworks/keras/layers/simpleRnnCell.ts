import { py, several } from "../define.ts";
import { cellRules, features } from "./families/cell.ts";
import { simpleCell } from "./families/cellWeights.ts";
import { oneStep } from "./families/recurrence.ts";
import { cellArguments, gates } from "./families/recurrent.ts";

export const SimpleRNNCell = several("SimpleRNNCell", {
  summary: "One step of a SimpleRNN: takes the input of a step and a state, gives the output and the new state.",
  args: { ...cellArguments },
  tensors: ["sequence", "states"],
  ...cellRules("SimpleRNNCell", 1, 1),
  weights: ({ units, use_bias }, xs) => gates(1, units, features(xs), use_bias && [units]),
  lower: (g, a, xs, w) => oneStep(g, simpleCell(g, a, w), xs),

  example: py`
    x = keras.Input((10, 5))                     # shape: (None, 10, 5)
    y = layers.RNN(layers.SimpleRNNCell(8))(x)   # shape: (None, 8)  params: 112
  `,
});
