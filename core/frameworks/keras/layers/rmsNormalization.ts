import { layer, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { autocast } from "./families/autocast.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";

export const RMSNormalization = layer("RMSNormalization", {
  summary: "Divides by the root of the mean square along `axis`.",
  args: { axis: axes() },
  requires: ({ axis }, x) => inRange(axis, x),
  weights: ({ axis }, x) => ({ scale: sizesAlong(axis, x) }),
  output: (_, x) => x,
  dtype: (_, at) => autocast(at),

  example: py`
    x = keras.Input((10, 64))            # shape: (None, 10, 64)
    y = layers.RMSNormalization()(x)     # shape: (None, 10, 64)  params: 64
  `,
});
