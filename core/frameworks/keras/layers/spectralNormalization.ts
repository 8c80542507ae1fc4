import { refuse } from "../../../lowering/builder.ts";
import { check, type Inference, py, type Weight, wrapper } from "../define.ts";
import { layerArgument, outputList } from "./families/handles.ts";

export const SpectralNormalization = wrapper("SpectralNormalization", {
  summary: "Applies one layer, and in training divides its kernel by the kernel's largest singular value.",
  args: { layer: layerArgument() },

  infer: ({ layer }, inputs, at): Inference => {
    if (layer === undefined)
      return { violations: [], outputs: undefined, weights: [], weightsUnknown: "the layer is not known" };
    const inner = at.inner(layer, inputs);
    const kernel = inner.weights.find(({ name }) => /(^|\/)(kernel|embeddings)$/.test(name));
    const last = kernel?.shape.at(-1);
    const missing = check(
      kernel !== undefined || inner.weightsUnknown !== undefined || layer.args === undefined,
      "a-kernel",
      `SpectralNormalization needs a layer with a kernel or embeddings; ${layer.type} has none`,
      { argument: "layer" },
    );
    const [y, ...others] = outputList(inner) ?? [];
    const out = y && { ...y, dtype: inputs[0]?.dtype?.startsWith("float") ? at.compute : inputs[0]?.dtype };
    if (kernel === undefined || last === undefined)
      return { ...inner, violations: [...inner.violations, ...missing], outputs: out };
    const vector: Weight = { name: "vector_u", shape: [1, last], trainable: false, dtype: kernel.dtype };
    return { ...inner, weights: [vector, ...inner.weights], outputs: others.length === 0 ? out : undefined };
  },
  // In inference the kernel is as it was last divided.
  lower: (_, { layer }, xs, weights, at) =>
    layer === undefined ? refuse("its layer is not known") : at.inner(layer, xs, { weights }),

  example: py`
    x = keras.Input((8, 8, 3))                                # shape: (None, 8, 8, 3)
    y = layers.SpectralNormalization(layers.Conv2D(4, 3))(x)  # shape: (None, 6, 6, 4)  params: 116
  `,
});
