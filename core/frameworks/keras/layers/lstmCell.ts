import { times } from "../../../tensor/dim.ts";
import { py, several } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { cellRules, features } from "./families/cell.ts";
import { lstmCell } from "./families/cellWeights.ts";
import { oneStep } from "./families/recurrence.ts";
import { cellArguments, gates } from "./families/recurrent.ts";

export const LSTMCell = several("LSTMCell", {
  summary: "One step of an LSTM: takes the input of a step and two states, gives the output and the new states.",
  args: { ...cellArguments, recurrent_activation: activationName() },
  tensors: ["inputs", "states"],
  ...cellRules("LSTMCell", 4, 2),
  weights: ({ units, use_bias }, xs) => gates(4, units, features(xs), use_bias && [times(4, units)]),
  lower: (g, a, xs, w) => oneStep(g, lstmCell(g, a, w), xs),

  example: py`
    x = keras.Input((10, 64))                # shape: (None, 10, 64)
    y = layers.RNN(layers.LSTMCell(32))(x)   # shape: (None, 32)  params: 12416
  `,
});
