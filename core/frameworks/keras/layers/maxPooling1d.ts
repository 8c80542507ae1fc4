import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const MaxPooling1D = pooling("MaxPooling1D", 1, {
  summary: "Takes the largest element of each window along the time axis.",
  example: py`
    x = keras.Input((16, 8))        # shape: (None, 16, 8)
    y = layers.MaxPooling1D(2)(x)   # shape: (None, 8, 8)  params: 0
  `,
});
