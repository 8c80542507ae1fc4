import { flag, layer, py } from "../define.ts";
import { axis } from "./families/arguments.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";

export const BatchNormalization = layer("BatchNormalization", {
  summary: "Brings each channel to mean 0 and variance 1 over the batch, and keeps moving averages of both.",
  args: { axis: axis(), center: flag(), scale: flag(), renorm: flag() },

  requires: (a, x) => inRange(a.axis === undefined ? undefined : [a.axis], x),
  weights: ({ axis: along, center, scale, renorm }, x) => {
    const shape = sizesAlong(along === undefined ? undefined : [along], x);
    const statistic = { shape, trainable: false };
    return {
      gamma: scale && shape,
      beta: center && shape,
      moving_mean: statistic,
      moving_variance: statistic,
      moving_stddev: renorm && statistic,
      renorm_mean: renorm && statistic,
      renorm_stddev: renorm && statistic,
    };
  },
  output: (_, x) => x,

  example: py`
    x = keras.Input((28, 28, 32))        # shape: (None, 28, 28, 32)
    y = layers.BatchNormalization()(x)   # shape: (None, 28, 28, 32)  params: 128
  `,
});
