import { plus, product, times } from "../../../tensor/dim.ts";
import { layer, py } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { lstmCell } from "./families/cellWeights.ts";
import { unrolledCells } from "./families/recurrence.ts";
import {
  buildable,
  cellArguments,
  fixedBatch,
  gates,
  statesGiven,
  statesInRows,
  steppedArguments,
  stepsKnown,
  unrolled,
} from "./families/recurrent.ts";

export const LSTM = layer("LSTM", {
  summary: "Reads the time axis step by step with a long short-term memory; gives the last step, or every step.",
  args: { ...cellArguments, recurrent_activation: activationName(), ...steppedArguments },
  tensors: ["sequences", "initial_state"],
  input: { rank: 3 },

  requires: ({ units, stateful, unroll }, x, at) => [
    ...buildable("LSTM", units),
    ...fixedBatch("LSTM", stateful, x),
    ...stepsKnown("LSTM", unroll, x, at),
    ...floatsInKeras2("LSTM", at),
    ...statesInRows("LSTM", at),
    ...statesGiven("LSTM", 2, units, at),
  ],
  weights: ({ units, use_bias }, x) => gates(4, units, x.last, use_bias && [times(4, units)]),
  output: (a, x) => unrolled(a, x, a.units, 2),
  lower: (g, a, _, w, at) => unrolledCells(g, [lstmCell(g, a, w)], a, at.inputs, at.masks[0]),
  macs: ({ units }, x) => product([x.at(1), times(4, units), plus(x.last, units)]),

  example: py`
    x = keras.Input((10, 64))                       # shape: (None, 10, 64)
    y = layers.LSTM(32)(x)                          # shape: (None, 32)  params: 12416
    z = layers.LSTM(32, return_sequences=True)(x)   # shape: (None, 10, 32)
  `,
});
