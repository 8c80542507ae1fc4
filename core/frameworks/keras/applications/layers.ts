import { needed } from "../../../lowering/builder.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { layer, number, py, several, size } from "../define.ts";
import { known } from "../layers/families/scaling.ts";

/** Layers that `keras.applications` defines for itself: no program names them. */

export const LayerScale = layer("LayerScale", {
  summary: "Multiplies by a weight of its own for each channel.",
  args: { projection_dim: size() },
  // Keras gives it no name of its own.
  weights: ({ projection_dim }) => ({ variable: [projection_dim] }),
  output: (_, x) => x,
  lower: (g, _, x, { variable }) => g.multiply(x, needed(variable)),
  example: py`
    x = keras.Input((7, 7, 768))   # shape: (None, 7, 7, 768)
  `,
});

export const CustomScaleLayer = several("CustomScaleLayer", {
  summary: "Adds the second tensor to the first, scaled.",
  args: { scale: number() },
  output: (_, [x]) => x ?? unknownRank("no input"),
  lower: (g, { scale }, [x, y]) => g.add(needed(x), g.multiply(needed(y), known(scale, "scale"))),
  example: py`
    x = keras.Input((35, 35, 320))   # shape: (None, 35, 35, 320)
  `,
});
