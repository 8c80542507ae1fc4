import { masked, needed } from "../../../lowering/builder.ts";
import { flag, layer, number, py } from "../define.ts";
import { oneAxis } from "./families/arguments.ts";
import { inRange, sizesAlong, sizesAmongOnes } from "./families/normalization.ts";
import { along, known, placesOf, root } from "./families/scaling.ts";

export const BatchNormalization = layer("BatchNormalization", {
  summary: "Brings each channel to mean 0 and variance 1 over the batch, and keeps moving averages of both.",
  args: { axis: oneAxis(), epsilon: number(), center: flag(), scale: flag(), renorm: flag() },

  requires: (a, x) => inRange(a.axis, x),
  weights: ({ axis: along, center, scale, renorm }, x) => {
    const shape = along !== undefined && along.length > 1 ? sizesAmongOnes(along, x) : sizesAlong(along, x);
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
  lower: (g, a, x, w, at) => {
    const axes = placesOf(known(a.axis, "axis"), x.shape.length);
    const deviation = root(g, needed(w["moving_variance"]), known(a.epsilon, "epsilon"));
    const [scale, mean] = [w["gamma"] ? g.divide(w["gamma"], deviation) : g.divide(1, deviation), w["moving_mean"]];
    const shift = g.multiply(scale, needed(mean));
    const moved = w["beta"] ? g.subtract(w["beta"], shift) : g.unary("Neg", shift);
    const y = g.add(g.multiply(g.float(x), along(g, scale, x, axes)), along(g, moved, x, axes));
    return masked(y, at.masks[0]);
  },

  example: py`
    x = keras.Input((28, 28, 32))        # shape: (None, 28, 28, 32)
    y = layers.BatchNormalization()(x)   # shape: (None, 28, 28, 32)  params: 128
  `,
});
