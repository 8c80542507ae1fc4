import { py } from "../define.ts";
import { adaptivePooling } from "./families/pooling.ts";

export const AdaptiveMaxPooling2D = adaptivePooling("AdaptiveMaxPooling2D", 2, {
  summary: "Takes the largest element of as many windows over the two spatial axes as `output_size` says.",
  example: py`
    x = keras.Input((28, 28, 8))            # shape: (None, 28, 28, 8)
    y = layers.AdaptiveMaxPooling2D(7)(x)   # shape: (None, 7, 7, 8)  params: 0
  `,
});
