import { py } from "../define.ts";
import { adaptivePooling } from "./families/pooling.ts";

export const AdaptiveAveragePooling1D = adaptivePooling("AdaptiveAveragePooling1D", 1, {
  summary: "Takes the mean of as many windows along the time axis as `output_size` says.",
  example: py`
    x = keras.Input((16, 8))                    # shape: (None, 16, 8)
    y = layers.AdaptiveAveragePooling1D(4)(x)   # shape: (None, 4, 8)  params: 0
  `,
});
