import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const AveragePooling1D = pooling("AveragePooling1D", 1, {
  summary: "Takes the mean of each window along the time axis.",
  example: py`
    x = keras.Input((16, 8))            # shape: (None, 16, 8)
    y = layers.AveragePooling1D(2)(x)   # shape: (None, 8, 8)  params: 0
  `,
});
