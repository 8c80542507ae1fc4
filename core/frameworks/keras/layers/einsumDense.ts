import { needed, refuse } from "../../../lowering/builder.ts";
import { product, unknown } from "../../../tensor/dim.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { layer, py, raw } from "../define.ts";
import { activationName } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { clearBias } from "./families/bias.ts";
import { equationFits, parts, settled } from "./families/einsumDense.ts";
import { meetsTensors } from "./families/elementwise.ts";
import { lora, unadapted } from "./families/lora.ts";

export const EinsumDense = layer("EinsumDense", {
  summary: "Contracts the input with a kernel as the equation says.",
  args: { equation: raw(), output_shape: raw(), bias_axes: raw(), activation: activationName(), ...lora },

  requires: (a, x, at) => [...equationFits(a, x, at.eager === true), ...floatsInKeras2("EinsumDense", at)],
  weights: (a, x) => {
    const found = settled(a, x);
    if (found === undefined) return unknown("the equation is not known, or does not fit");
    return unadapted(a, { kernel: found.kernel, bias: found.bias ?? false });
  },
  output: (a, x, at) =>
    (meetsTensors(at) ? settled(a, x)?.ran : settled(a, x)?.output) ??
    unknownRank("the equation is not known, or does not fit"),
  macs: (a, x, y) => {
    const form = typeof a.equation === "string" ? parts(a.equation) : undefined;
    const summed = settled(a, x)?.kernel.filter((_, i) => !form?.output.includes(form.kernel[i] ?? ""));
    return product([...y.slice(1), ...(summed ?? [])]);
  },
  lower: (g, a, x, { kernel, bias }, at) => {
    const equation = typeof a.equation === "string" ? a.equation : refuse("its equation is not known");
    const y = g.einsum(equation.replaceAll(" ", ""), [g.float(x), needed(kernel)], needed(at.outputs[0]));
    const axes = bias?.shape.flatMap((n, i) => (n > 1 ? [y.shape.length - bias.shape.length + i] : [])) ?? [];
    const clear = axes.length === 1 ? clearBias(y, bias, axes[0] ?? 0) : y;
    return g.activation(g.add(clear, bias), a.activation);
  },

  example: py`
    x = keras.Input((32, 128))                                          # shape: (None, 32, 128)
    y = layers.EinsumDense("abc,cd->abd", (32, 64), bias_axes="d")(x)   # shape: (None, 32, 64)  params: 8256
  `,
});
