import { masked, needed, refuse, type Tensor } from "../../../lowering/builder.ts";
import { plus } from "../../../tensor/dim.ts";
import { type Inference, type LayerHandle, optional, py, weightsBehind, wrapper } from "../define.ts";
import { backwardsFits, joinedWays, merged, mergeMode, recurrentLayer } from "./families/directions.ts";
import { certainFlag, outputList } from "./families/handles.ts";
import { both } from "./families/stack.ts";

export const Bidirectional = wrapper("Bidirectional", {
  summary: "Runs a recurrent layer forwards and a copy of it backwards, and joins their outputs.",
  args: { layer: recurrentLayer(), merge_mode: mergeMode(), backward_layer: optional(recurrentLayer()) },
  copies: "layer",
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
    // The layers that Keras 2 wraps keep the dtypes that they were made with.
    const [ahead, back] = [y, z].map((it) => (at.keras === 2 ? it : { ...it, dtype: at.compute }));
    const outputs = [...(ahead && back ? merged(merge_mode, ahead, back) : []), ...states, ...others];
    return { ...built, outputs: outputs.length === 1 ? outputs[0] : outputs };
  },
  macs: ({ layer, backward_layer }, [x], _, inner) => {
    if (layer === undefined || backward_layer === undefined || x === undefined) return undefined;
    const [forwards, backwards] = [layer, backward_layer ?? layer].map((it) => inner(it, [x]));
    return forwards && backwards && plus(forwards, backwards);
  },
  lower: (g, { layer, backward_layer, merge_mode }, _, w, at) => {
    if (layer === undefined || backward_layer === undefined) return refuse("its layer is not known");
    const [x, ...states] = at.inputs;
    const half = states.length / 2;
    // Keras sets it in both layers, whatever they were made with.
    const steps = certainFlag(layer, "return_sequences") === true;
    const sequence = masked(needed(x), at.masks[0]);
    const run = (one: LayerHandle, prefix: string, initial: readonly Tensor[], backwards: boolean) =>
      at.inner(one, [sequence, ...initial], {
        weights: weightsBehind(prefix, w),
        args: { go_backwards: backwards, zero_output_for_mask: steps },
      });
    // In Keras 2 the copy runs the other way, whichever that is; Keras 3 refuses a layer that runs backwards.
    const turnedRound = certainFlag(layer, "go_backwards") === true;
    const [y, ...ahead] = run(layer, "forward/", states.slice(0, half), turnedRound);
    const [z, ...back] = run(backward_layer ?? layer, "backward/", states.slice(half), !turnedRound);
    const joined = joinedWays(g, merge_mode, needed(y), steps ? g.reverse(needed(z), 1) : needed(z));
    return [...joined.map((it) => masked(it, steps ? at.masks[0] : undefined)), ...ahead, ...back];
  },

  example: py`
    x = keras.Input((10, 5))                                       # shape: (None, 10, 5)
    y = layers.Bidirectional(layers.LSTM(8))(x)                    # shape: (None, 16)  params: 896
    z = layers.Bidirectional(layers.GRU(8), merge_mode="sum")(x)   # shape: (None, 8)  params: 720
  `,
});
