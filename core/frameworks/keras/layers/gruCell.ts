import { times } from "../../../tensor/dim.ts";
import { flag, py, several } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { cellRules, features } from "./families/cell.ts";
import { gruCell } from "./families/cellWeights.ts";
import { oneStep } from "./families/recurrence.ts";
import { cellArguments, gates } from "./families/recurrent.ts";

export const GRUCell = several("GRUCell", {
  summary: "One step of a GRU: takes the input of a step and a state, gives the output and the new state.",
  args: { ...cellArguments, recurrent_activation: activationName(), reset_after: flag() },
  tensors: ["inputs", "states"],
  ...cellRules("GRUCell", 3, 1),
  weights: ({ units, use_bias, reset_after }, xs) =>
    gates(3, units, features(xs), use_bias && (reset_after ? [2, times(3, units)] : [times(3, units)])),
  lower: (g, a, xs, w) => oneStep(g, gruCell(g, a, w), xs),

  example: py`
    x = keras.Input((10, 5))               # shape: (None, 10, 5)
    y = layers.RNN(layers.GRUCell(8))(x)   # shape: (None, 8)  params: 360
  `,
});
