import { masked, needed, refuse } from "../../../lowering/builder.ts";
import { times } from "../../../tensor/dim.ts";
import { hasRank, printShape, type Shape } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { check, type Inference, type LayerHandle, py, type Surroundings, type Violation, wrapper } from "../define.ts";
import { aboutRank, certainFlag, layerArgument, mayBeRecurrent, outputList, seesRank } from "./families/handles.ts";

const oneOutput = (layer: LayerHandle, at: Surroundings): readonly Violation[] =>
  check(
    certainFlag(layer, "return_state") !== true || (at.eager === true && at.keras !== 2),
    "one-output",
    "TimeDistributed stacks what its layer gives at each step, so the layer must give one tensor, without its states.",
    { argument: "layer" },
  );

/** Its output's shape is asked of its layer, and a pooling refuses to leave nothing, though it would do so in a run. */
const leavesSome = (layer: LayerHandle, y: TensorType | undefined, step: Shape): readonly Violation[] =>
  check(
    !POOLING.test(layer.type) || y === undefined || !hasRank(y.shape) || !y.shape.dims.includes(0),
    "output-not-empty",
    `nothing is left on an axis of a step of ${printShape(step)}: use a smaller pool_size, or padding="same"`,
    { code: "empty-output" },
  );
const POOLING = /^(?:Max|Average)Pooling/;

export const TimeDistributed = wrapper("TimeDistributed", {
  summary: "Applies one layer, with one set of weights, to every step of axis 1.",
  args: { layer: layerArgument() },

  infer: ({ layer }, [x], at): Inference => {
    if (x === undefined || !hasRank(x.shape)) return { violations: [], outputs: undefined, weights: [] };
    const { shape } = x;
    const violations = check(
      shape.rank >= 3,
      "input-rank",
      `TimeDistributed applies its layer to each step of axis 1, so it needs 3 axes at least: ${printShape(shape)}.`,
    );
    if (layer === undefined || violations.length > 0)
      return { violations, outputs: undefined, weights: [], weightsUnknown: "the layer is not known" };
    const child = shape.remove(1);
    const step = at.inner(layer, [{ ...x, shape: child }]);
    const unseen = step.violations.find(
      (it) => aboutRank(it) && at.keras !== 2 && !seesRank(layer, child, at.eager === true),
    );
    if (unseen !== undefined)
      return { violations: oneOutput(layer, at), outputs: undefined, weights: [], weightsUnknown: unseen.message };
    const [y, ...others] = outputList(step) ?? [];
    const stacked = y && { ...y, shape: hasRank(y.shape) ? y.shape.insert(1, shape.at(1)) : y.shape };
    return {
      ...step,
      violations: [
        ...step.violations,
        ...oneOutput(layer, at),
        ...(at.eager === true || step.violations.length > 0 ? [] : leavesSome(layer, y, child)),
      ],
      nesting: undefined,
      outputs: others.length === 0 ? stacked : undefined,
    };
  },
  macs: ({ layer }, [x], _, inner) => {
    if (layer === undefined || x === undefined || !hasRank(x.shape)) return undefined;
    const step = inner(layer, [{ ...x, shape: x.shape.remove(1) }]);
    return step && times(x.shape.at(1), step);
  },
  // The steps go into the batch, and each is a sample of its own.
  lower: (g, { layer }, [x], w, at) => {
    if (layer === undefined || x === undefined) return refuse("its layer is not known");
    if (at.masks[0] !== undefined && mayBeRecurrent(layer)) return refuse("a mask of each step is not lowered");
    const [batch = 1, steps = 1, ...step] = x.shape;
    const [y] = at.inner(layer, [g.reshape(x, [batch * steps, ...step])], { weights: w });
    const made = needed(y);
    return masked(g.reshape(made, [batch, steps, ...made.shape.slice(1)]), at.masks[0]);
  },

  example: py`
    x = keras.Input((10, 3))                          # shape: (None, 10, 3)
    y = layers.TimeDistributed(layers.Dense(16))(x)   # shape: (None, 10, 16)  params: 64
  `,
});
