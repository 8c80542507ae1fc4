import { hasRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { type Inference, py, raw, wrapper } from "../define.ts";
import { isList } from "./families/arguments.ts";
import { isHandle, outputList } from "./families/handles.ts";
import { type Built, both } from "./families/stack.ts";

export const Pipeline = wrapper("Pipeline", {
  summary: "Applies layers one after the other, as one layer.",
  args: { layers: raw() },

  infer: ({ layers }, [x], at): Inference => {
    let built: Built = { violations: [], weights: [] };
    let y: TensorType | undefined = x;
    for (const [i, layer] of (isList(layers) ? layers : [undefined]).entries()) {
      if (!isHandle(layer) || y === undefined || !hasRank(y.shape))
        return { ...built, outputs: undefined, weightsUnknown: "the layers are not all known" };
      const step = at.inner(layer, [y]);
      built = both(built, step, `${i}/`);
      const outputs = outputList(step);
      y = outputs?.length === 1 ? outputs[0] : undefined;
    }
    return { ...built, outputs: y };
  },

  example: py`
    x = keras.Input((32, 32, 3))    # shape: (None, 32, 32, 3)
    y = layers.Pipeline([layers.Resizing(24, 24), layers.RandomFlip()])(x)    # shape: (None, 24, 24, 3)  params: 0
  `,
});
