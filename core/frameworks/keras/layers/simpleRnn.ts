import { plus, product } from "../../../tensor/dim.ts";
import { layer, py } from "../define.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { simpleCell } from "./families/cellWeights.ts";
import { unrolledCells } from "./families/recurrence.ts";
import {
  buildable,
  fixedBatch,
  gates,
  layerArguments,
  statesGiven,
  steppedArguments,
  stepsKnown,
  unrolled,
} from "./families/recurrent.ts";

export const SimpleRNN = layer("SimpleRNN", {
  summary: "Reads the time axis step by step, its output fed back; gives the last step, or every step.",
  args: { ...layerArguments, ...steppedArguments },
  tensors: ["sequences", "initial_state"],
  input: { rank: 3 },

  requires: ({ units, stateful, unroll }, x, at) => [
    ...buildable("SimpleRNN", units),
    ...fixedBatch("SimpleRNN", stateful, x),
    ...stepsKnown("SimpleRNN", unroll, x, at),
    ...floatsInKeras2("SimpleRNN", at),
    ...statesGiven("SimpleRNN", 1, units, at, 1),
  ],
  weights: ({ units, use_bias }, x) => gates(1, units, x.last, use_bias && [units]),
  output: (a, x) => unrolled(a, x, a.units, 1),
  lower: (g, a, _, w, at) => unrolledCells(g, [simpleCell(g, a, w)], a, at.inputs, at.masks[0]),
  macs: ({ units }, x) => product([x.at(1), units, plus(x.last, units)]),

  example: py`
    x = keras.Input((10, 5))                            # shape: (None, 10, 5)
    y = layers.SimpleRNN(8)(x)                          # shape: (None, 8)  params: 112
    z = layers.SimpleRNN(8, return_sequences=True)(x)   # shape: (None, 10, 8)
  `,
});
