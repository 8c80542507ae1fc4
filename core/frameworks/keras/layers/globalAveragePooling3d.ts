import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalAveragePooling3D = globalPooling("GlobalAveragePooling3D", 3, {
  summary: "Takes the mean over the three spatial axes, for each channel.",
  example: py`
    x = keras.Input((4, 7, 7, 8))            # shape: (None, 4, 7, 7, 8)
    y = layers.GlobalAveragePooling3D()(x)   # shape: (None, 8)  params: 0
  `,
});
