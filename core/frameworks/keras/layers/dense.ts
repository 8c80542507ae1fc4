import { masked } from "../../../lowering/builder.ts";
import { product, times } from "../../../tensor/dim.ts";
import { flag, layer, py } from "../define.ts";
import { activationName, gated, whole } from "./families/arguments.ts";
import { lora, unadapted } from "./families/lora.ts";

export const Dense = layer("Dense", {
  summary: "Projects the last axis to `units`: y = x · kernel + bias, the same kernel at every step of the other axes.",
  args: { units: whole(1), use_bias: flag(), activation: activationName(), ...lora },
  input: { minRank: 2 },

  weights: (a, x) => unadapted(a, { kernel: [x.last, a.units], bias: a.use_bias && [a.units] }),
  output: ({ units, activation }, x, at) => gated(activation, x.withLast(units), at),
  macs: (_, x, y) => times(product([...y].slice(1)), x.last),
  lower: (g, a, x, { kernel, bias }, at) =>
    masked(g.activation(g.add(g.matmul(x, kernel), bias), a.activation), at.masks[0]),

  example: py`
    x = keras.Input((16, 64))   # shape: (None, 16, 64)
    y = layers.Dense(10)(x)     # shape: (None, 16, 10)  params: 650
  `,
});
