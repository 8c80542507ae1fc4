import { unknownRank } from "../../../tensor/shape.ts";
import { layer, py, several, size } from "../define.ts";

/** Layers that `keras.applications` defines for itself: no program names them. */

export const LayerScale = layer("LayerScale", {
  summary: "Multiplies by a weight of its own for each channel.",
  args: { projection_dim: size() },
  weights: ({ projection_dim }) => ({ gamma: [projection_dim] }),
  output: (_, x) => x,
  example: py`
    x = keras.Input((7, 7, 768))   # shape: (None, 7, 7, 768)
  `,
});

export const StochasticDepth = layer("StochasticDepth", {
  summary: "In training leaves a block out now and then; otherwise gives back its input.",
  args: {},
  output: (_, x) => x,
  example: py`
    x = keras.Input((7, 7, 768))   # shape: (None, 7, 7, 768)
  `,
});

export const CustomScaleLayer = several("CustomScaleLayer", {
  summary: "Adds the second tensor to the first, scaled.",
  args: {},
  output: (_, [x]) => x ?? unknownRank("no input"),
  example: py`
    x = keras.Input((35, 35, 320))   # shape: (None, 35, 35, 320)
  `,
});
