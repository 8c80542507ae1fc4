import { masked, refuse } from "../../../lowering/builder.ts";
import { callFlag, flag, layer, number, py } from "../define.ts";
import { axes } from "./families/arguments.ts";
import { inRange, sizesAlong } from "./families/normalization.ts";
import { along, floating, known, placesOf, standardised } from "./families/scaling.ts";

export const LayerNormalization = layer("LayerNormalization", {
  summary: "Brings each sample to mean 0 and variance 1 along `axis`.",
  // `rms_scaling` is deprecated, and still taken.
  args: { axis: axes(), epsilon: number(), center: flag(), scale: flag(), rms_scaling: callFlag() },

  requires: ({ axis }, x) => inRange(axis, x),
  weights: ({ axis, center, scale, rms_scaling }, x, { keras }) => {
    // Keras 2 takes the axes in the order in which they are written.
    const sizes = keras === 2 && axis ? axis.map((it) => x.at(it)) : sizesAlong(axis, x);
    return { gamma: (scale || rms_scaling) && sizes, beta: center && !rms_scaling && sizes };
  },
  output: (_, x) => x,
  lower: (g, a, x, { gamma, beta }, at) => {
    if (a.rms_scaling) return refuse("rms_scaling is not lowered");
    const axes = placesOf(known(a.axis, "axis"), x.shape.length);
    const epsilon = known(a.epsilon, "epsilon");
    const [scale, offset] = [along(g, gamma, x, axes), along(g, beta, x, axes)];
    const weights = { ...(scale && { gamma: scale }), ...(offset && { beta: offset }) };
    // `_fused_can_be_used`: the last axes, one behind the other, and no ε that the operator would raise.
    const areLast = axes.toSorted((a, b) => a - b).every((axis, i) => axis === x.shape.length - axes.length + i);
    const isFused = g.keras === 2 && areLast && epsilon >= 1.001e-5;
    return masked(standardised(g, floating(x), axes, { epsilon, isFused, ...weights }), at.masks[0]);
  },

  example: py`
    x = keras.Input((10, 64))            # shape: (None, 10, 64)
    y = layers.LayerNormalization()(x)   # shape: (None, 10, 64)  params: 128
  `,
});
