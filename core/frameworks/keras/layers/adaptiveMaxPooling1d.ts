import { py } from "../define.ts";
import { adaptivePooling } from "./families/pooling.ts";

export const AdaptiveMaxPooling1D = adaptivePooling("AdaptiveMaxPooling1D", 1, {
  summary: "Takes the largest element of as many windows along the time axis as `output_size` says.",
  example: py`
    x = keras.Input((16, 8))                # shape: (None, 16, 8)
    y = layers.AdaptiveMaxPooling1D(4)(x)   # shape: (None, 4, 8)  params: 0
  `,
});
