import { plus, product, times } from "../../../tensor/dim.ts";
import { flag, layer, py } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { gruCell } from "./families/cellWeights.ts";
import { unrolledCells } from "./families/recurrence.ts";
import {
  buildable,
  fixedBatch,
  gates,
  layerArguments,
  statesGiven,
  statesInRows,
  steppedArguments,
  stepsKnown,
  unrolled,
} from "./families/recurrent.ts";

export const GRU = layer("GRU", {
  summary: "Reads the time axis step by step with gated recurrent units; gives the last step, or every step.",
  args: { ...layerArguments, recurrent_activation: activationName(), reset_after: flag(), ...steppedArguments },
  tensors: ["sequences", "initial_state"],
  input: { rank: 3 },

  requires: ({ units, stateful, unroll }, x, at) => [
    ...buildable("GRU", units),
    ...fixedBatch("GRU", stateful, x),
    ...stepsKnown("GRU", unroll, x, at),
    ...floatsInKeras2("GRU", at),
    ...statesInRows("GRU", at),
    ...statesGiven("GRU", 1, units, at),
  ],
  // reset_after has one bias for the input and one for the state.
  weights: ({ units, use_bias, reset_after }, x) =>
    gates(3, units, x.last, use_bias && (reset_after ? [2, times(3, units)] : [times(3, units)])),
  output: (a, x) => unrolled(a, x, a.units, 1),
  lower: (g, a, _, w, at) => unrolledCells(g, [gruCell(g, a, w)], a, at.inputs, at.masks[0]),
  macs: ({ units }, x) => product([x.at(1), times(3, units), plus(x.last, units)]),

  example: py`
    x = keras.Input((10, 5))                      # shape: (None, 10, 5)
    y = layers.GRU(8)(x)                          # shape: (None, 8)  params: 360
    z = layers.GRU(8, return_sequences=True)(x)   # shape: (None, 10, 8)
  `,
});
