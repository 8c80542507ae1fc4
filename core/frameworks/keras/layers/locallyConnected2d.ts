import { py } from "../define.ts";
import { locallyConnected } from "./families/locallyConnected.ts";

export const LocallyConnected2D = locallyConnected("LocallyConnected2D", 2, {
  summary: "A convolution over images whose kernel is another one at every place. Only Keras 2 has it.",
  example: py`
    x = keras.Input((8, 8, 3))                  # shape: (None, 8, 8, 3)
    y = layers.LocallyConnected2D(4, 3)(x)      # shape: (None, 6, 6, 4)  params: 4032
  `,
});
