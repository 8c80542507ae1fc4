import { flag, layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";

export const LayerNormalization = layer("LayerNormalization", {
  summary: "Brings each sample to mean 0 and variance 1 along `axis`.",
  args: { axis: axes(), center: flag(), scale: flag() },

  requires: ({ axis }, x) => inRange(axis, x),
  weights: ({ axis, center, scale }, x) => ({
    gamma: scale && sizesAlong(axis, x),
    beta: center && sizesAlong(axis, x),
  }),
  output: (_, x) => x,

  example: py`
    x = keras.Input((10, 64))              # shape: (None, 10, 64)
    y = layers.LayerNormalization()(x)     # shape: (None, 10, 64)  params: 128
  `,
});
