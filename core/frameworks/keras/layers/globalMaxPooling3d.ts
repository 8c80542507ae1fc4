import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalMaxPooling3D = globalPooling("GlobalMaxPooling3D", 3, {
  summary: "Takes the largest element over the three spatial axes, for each channel.",
  example: py`
    x = keras.Input((4, 7, 7, 8))        # shape: (None, 4, 7, 7, 8)
    y = layers.GlobalMaxPooling3D()(x)   # shape: (None, 8)  params: 0
  `,
});
