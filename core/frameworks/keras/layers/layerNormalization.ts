import { callFlag, flag, layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";

export const LayerNormalization = layer("LayerNormalization", {
  summary: "Brings each sample to mean 0 and variance 1 along `axis`.",
  // `rms_scaling` is deprecated, and still taken.
  args: { axis: axes(), center: flag(), scale: flag(), rms_scaling: callFlag() },

  requires: ({ axis }, x) => inRange(axis, x),
  weights: ({ axis, center, scale, rms_scaling }, x) => ({
    gamma: (scale || rms_scaling) && sizesAlong(axis, x),
    beta: center && !rms_scaling && sizesAlong(axis, x),
  }),
  output: (_, x) => x,

  example: py`
    x = keras.Input((10, 64))            # shape: (None, 10, 64)
    y = layers.LayerNormalization()(x)   # shape: (None, 10, 64)  params: 128
  `,
});
