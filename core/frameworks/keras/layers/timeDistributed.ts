import { NONE } from "../../../tensor/dim.ts";
import { hasRank, printShape, type Shape } from "../../../tensor/shape.ts";
import { check, type Inference, type LayerHandle, py, type Surroundings, type Violation, wrapper } from "../define.ts";
import { certainFlag, layerArgument, outputList } from "./families/handles.ts";

/**
 * The wrapper builds its layer and runs its `call`, and never asks whether the input has the rank that the layer wants.
 * These find out all the same: a convolution, a pooling of vectors, a recurrent layer of vectors in batches of any size.
 */
function seesRank({ type }: LayerHandle, step: Shape): boolean {
  if (type.includes("LSTM") || type.includes("GRU") || type.includes("RNN") || type === "Bidirectional")
    return step.rank === 2 && step.batch === NONE;
  return (
    type === "TimeDistributed" ||
    type.includes("Conv") ||
    (step.rank === 2 && (/^(Max|Average)Pooling/.test(type) || type === "Permute"))
  );
}
const ABOUT_RANK = ["input-rank", "an-entry-per-axis"];

/** On data Keras stacks the states among the steps, and what comes out is no use; it does not raise. */
const oneOutput = (layer: LayerHandle, at: Surroundings): readonly Violation[] =>
  check(
    certainFlag(layer, "return_state") !== true || at.eager === true,
    "one-output",
    "TimeDistributed stacks what its layer gives at each step, so the layer must give one tensor, without its states.",
    { argument: "layer" },
  );

export const TimeDistributed = wrapper("TimeDistributed", {
  summary: "Applies one layer, with one set of weights, to every step of axis 1.",
  args: { layer: layerArgument() },

  infer: ({ layer }, [x], at): Inference => {
    if (x === undefined || !hasRank(x.shape)) return { violations: [], outputs: undefined, weights: [] };
    const { shape } = x;
    const violations = check(
      shape.rank >= 3,
      "input-rank",
      `TimeDistributed applies its layer to each step of axis 1, so its input needs at least 3 axes: ${printShape(shape)}.`,
    );
    if (layer === undefined || violations.length > 0)
      return { violations, outputs: undefined, weights: [], weightsUnknown: "the layer is not known" };
    const child = shape.remove(1);
    const step = at.inner(layer, [{ ...x, shape: child }]);
    const unseen = step.violations.find((it) => ABOUT_RANK.includes(it.constraint) && !seesRank(layer, child));
    if (unseen !== undefined)
      return { violations: oneOutput(layer, at), outputs: undefined, weights: [], weightsUnknown: unseen.message };
    const [y, ...others] = outputList(step) ?? [];
    const stacked = y && { ...y, shape: hasRank(y.shape) ? y.shape.insert(1, shape.at(1)) : y.shape };
    return {
      ...step,
      violations: [...step.violations, ...oneOutput(layer, at)],
      nesting: undefined,
      outputs: others.length === 0 ? stacked : undefined,
    };
  },

  example: py`
    x = keras.Input((10, 3))                          # shape: (None, 10, 3)
    y = layers.TimeDistributed(layers.Dense(16))(x)   # shape: (None, 10, 16)  params: 64
  `,
});
