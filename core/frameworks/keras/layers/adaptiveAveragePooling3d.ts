import { py } from "../define.ts";
import { adaptivePooling } from "./families/pooling.ts";

export const AdaptiveAveragePooling3D = adaptivePooling("AdaptiveAveragePooling3D", 3, {
  summary: "Takes the mean of as many windows over the three spatial axes as `output_size` says.",
  example: py`
    x = keras.Input((8, 16, 16, 2))             # shape: (None, 8, 16, 16, 2)
    y = layers.AdaptiveAveragePooling3D(4)(x)   # shape: (None, 4, 4, 4, 2)  params: 0
  `,
});
