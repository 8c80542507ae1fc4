import { masked, needed, refuse } from "../../../lowering/builder.ts";
import { times } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { type Inference, py, wrapper } from "../define.ts";
import { dtypeOf, leavesSome, oneOutput, threeAxes } from "./families/everyStep.ts";
import { aboutRank, layerArgument, mayBeRecurrent, outputList, seesRank } from "./families/handles.ts";
export const TimeDistributed = wrapper("TimeDistributed", {
  summary: "Applies one layer, with one set of weights, to every step of axis 1.",
  args: { layer: layerArgument() },

  infer: ({ layer }, [x], at): Inference => {
    if (x === undefined || !hasRank(x.shape)) return { violations: [], outputs: undefined, weights: [] };
    const { shape } = x;
    const violations = threeAxes(shape);
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
    const stacked = y && {
      dtype: dtypeOf(layer, y.dtype, step.weights, at),
      shape: hasRank(y.shape) ? y.shape.insert(1, shape.at(1)) : y.shape,
    };
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
