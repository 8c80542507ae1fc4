import { plus, product, times } from "../../../tensor/dim.ts";
import { layer, py } from "../define.ts";
import { whole } from "./families/arguments.ts";
import { cuDnnCell } from "./families/cellWeights.ts";
import { unmaskedCells } from "./families/recurrence.ts";
import { fixedBatch, gates, recurrentArguments, statesGiven, unrolled } from "./families/recurrent.ts";

/** Only in Keras 2.0 to 2.3, and in TensorFlow's `compat.v1`. */
export const CuDNNLSTM = layer("CuDNNLSTM", {
  summary: "An LSTM as the graphics card computes it, with a bias for the input and one for the state.",
  args: { units: whole(1), ...recurrentArguments },
  tensors: ["inputs", "initial_state"],
  input: { rank: 3 },

  requires: ({ units, stateful }, x, at) => [
    ...fixedBatch("CuDNNLSTM", stateful, x),
    ...statesGiven("CuDNNLSTM", 2, units, at),
  ],
  weights: ({ units }, x) => gates(4, units, x.last, [times(8, units)]),
  output: (a, x) => unrolled(a, x, a.units, 2),
  lower: (g, a, _, w, at) => unmaskedCells(g, cuDnnCell(g, 4, w), a, at),
  macs: ({ units }, x) => product([x.at(1), times(4, units), plus(x.last, units)]),

  example: py`
    x = keras.Input((10, 5))       # shape: (None, 10, 5)
    y = layers.CuDNNLSTM(8)(x)     # shape: (None, 8)  params: 480
  `,
});
