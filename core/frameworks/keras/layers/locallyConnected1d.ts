import { py } from "../define.ts";
import { locallyConnected } from "./families/locallyConnected.ts";

export const LocallyConnected1D = locallyConnected("LocallyConnected1D", 1, {
  summary: "A convolution over time whose kernel is another one at every step. Only Keras 2 has it.",
  example: py`
    x = keras.Input((16, 8))                    # shape: (None, 16, 8)
    y = layers.LocallyConnected1D(4, 3)(x)      # shape: (None, 14, 4)  params: 1400
  `,
});
