import { py } from "../define.ts";
import { adaptivePooling } from "./families/pooling.ts";

export const AdaptiveMaxPooling3D = adaptivePooling("AdaptiveMaxPooling3D", 3, {
  summary: "Takes the largest element of as many windows over the three spatial axes as `output_size` says.",
  example: py`
    x = keras.Input((8, 16, 16, 2))         # shape: (None, 8, 16, 16, 2)
    y = layers.AdaptiveMaxPooling3D(4)(x)   # shape: (None, 4, 4, 4, 2)  params: 0
  `,
});
