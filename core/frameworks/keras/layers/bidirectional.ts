import { plus } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { type Inference, optional, py, wrapper } from "../define.ts";
import { backwardsFits, type Mode, mergeMode, recurrentLayer } from "./families/directions.ts";
import { outputList } from "./families/handles.ts";
import { both } from "./families/stack.ts";

const merged = (mode: Mode, y: TensorType, z: TensorType): readonly TensorType[] => {
  if (mode === null) return [y, z];
  if (mode !== "concat" || !hasRank(y.shape) || !hasRank(z.shape)) return [y];
  return [{ ...y, shape: y.shape.withLast(plus(y.shape.last, z.shape.last)) }];
};

export const Bidirectional = wrapper("Bidirectional", {
  summary: "Runs a recurrent layer forwards and a copy of it backwards, and joins their outputs.",
  args: { layer: recurrentLayer(), merge_mode: mergeMode(), backward_layer: optional(recurrentLayer()) },
  tensors: ["sequences", "initial_state"],
  valid: ({ layer, backward_layer }) => backwardsFits(layer, backward_layer),

  infer: ({ layer, merge_mode, backward_layer }, [x], at): Inference => {
    if (x === undefined || layer === undefined || backward_layer === undefined)
      return { violations: [], outputs: undefined, weights: [], weightsUnknown: "the layer is not known" };
    const forwards = at.inner(layer, [x]);
    const backwards = backward_layer ? at.inner(backward_layer, [x]) : { ...forwards, violations: [] };
    const built = both(both({ violations: [], weights: [] }, forwards, "forward/"), backwards, "backward/");
    const [y, ...states] = outputList(forwards) ?? [];
    const [z, ...others] = outputList(backwards) ?? [];
    if (y === undefined || z === undefined || forwards.nesting?.some((it) => typeof it !== "number"))
      return { ...built, outputs: undefined };
    const [ahead, back] = [y, z].map((it) => ({ ...it, dtype: at.compute }));
    const outputs = [...(ahead && back ? merged(merge_mode, ahead, back) : []), ...states, ...others];
    return { ...built, outputs: outputs.length === 1 ? outputs[0] : outputs };
  },

  example: py`
    x = keras.Input((10, 5))                                       # shape: (None, 10, 5)
    y = layers.Bidirectional(layers.LSTM(8))(x)                    # shape: (None, 16)  params: 896
    z = layers.Bidirectional(layers.GRU(8), merge_mode="sum")(x)   # shape: (None, 8)  params: 720
  `,
});
