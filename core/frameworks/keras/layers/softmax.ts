import { layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { inRange } from "./families/normalization.ts";

export const Softmax = layer("Softmax", {
  summary: "Makes the elements along an axis positive with the sum 1.",
  args: { axis: axes() },
  // Keras's symbolic form does not look at the axis.
  requires: ({ axis }, x, at) => (at.eager === true ? inRange(axis, x) : []),
  output: (_, x) => x,

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.Softmax()(x)     # shape: (None, 10, 64)  params: 0
  `,
});
