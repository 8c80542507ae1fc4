import { refuse } from "../../../lowering/builder.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { check, type Inference, py, type Weight, wrapper } from "../define.ts";
import { numberThat } from "./families/arguments.ts";
import { onlyFloat } from "./families/autocast.ts";
import { aboutRank, layerArgument, mayBeRecurrent, outputList } from "./families/handles.ts";

/** A recurrent layer's kernel is its cell's. */
const KERNEL = /(^|\/)(kernel|embeddings)$/;

export const SpectralNormalization = wrapper("SpectralNormalization", {
  summary: "Applies one layer, and in training divides its kernel by the kernel's largest singular value.",
  args: { layer: layerArgument(), power_iterations: numberThat((n) => n > 0, "must be above 0") },

  infer: ({ layer }, inputs, at): Inference => {
    const [x] = inputs;
    if (layer === undefined || x === undefined || !hasRank(x.shape))
      return { violations: [], outputs: undefined, weights: [], weightsUnknown: "the layer is not known" };
    const inner = at.inner(layer, inputs);
    const isOwn = layer.args === undefined;
    const kernel = isOwn || !mayBeRecurrent(layer) ? inner.weights.find(({ name }) => KERNEL.test(name)) : undefined;
    const missing = check(
      kernel !== undefined || isOwn || (!mayBeRecurrent(layer) && inner.weightsUnknown !== undefined),
      "a-kernel",
      `SpectralNormalization needs a layer with a kernel or embeddings; ${layer.type} has none`,
      { argument: "layer" },
    );
    // Keras's symbolic form asks the layer for a shape alone; a transposed convolution then does not look at the rank.
    const unseen = layer.type.endsWith("Transpose") ? inner.violations.find(aboutRank) : undefined;
    if (unseen !== undefined && at.eager !== true)
      return { violations: [], outputs: undefined, weights: [], weightsUnknown: unseen.message };
    const violations = [...inner.violations, ...missing];
    const [y, ...states] = outputList(inner) ?? [];
    const outputs = y && states.length === 0 ? { ...y, dtype: at.keras === 2 ? y.dtype : onlyFloat(at) } : undefined;
    const last = kernel?.shape.at(-1);
    if (kernel === undefined || last === undefined) return { ...inner, violations, outputs };
    // The wrapper holds the kernel as its own.
    const vector: Weight = { name: "vector_u", shape: [1, last], trainable: false, dtype: kernel.dtype };
    const others = inner.weights.filter((it) => it !== kernel);
    return { ...inner, violations, weights: [kernel, vector, ...others], outputs };
  },
  macs: ({ layer }, inputs, _, inner) => layer && inner(layer, inputs),
  // In inference the kernel is as it was last divided.
  lower: (_, { layer }, xs, weights, at) => {
    if (layer === undefined) return refuse("its layer is not known");
    // Keras casts the output to the input's type: an Embedding's numbers lose what is behind the point.
    return xs.every(({ dtype }) => isFloat(dtype)) ? at.inner(layer, xs, { weights }) : refuse("its input is no float");
  },

  example: py`
    x = keras.Input((8, 8, 3))                                 # shape: (None, 8, 8, 3)
    y = layers.SpectralNormalization(layers.Conv2D(4, 3))(x)   # shape: (None, 6, 6, 4)  params: 116
  `,
});
