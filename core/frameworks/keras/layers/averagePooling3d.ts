import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const AveragePooling3D = pooling("AveragePooling3D", 3, {
  summary: "Takes the mean of each window over the three spatial axes.",
  example: py`
    x = keras.Input((8, 16, 16, 2))     # shape: (None, 8, 16, 16, 2)
    y = layers.AveragePooling3D(2)(x)   # shape: (None, 4, 8, 8, 2)  params: 0
  `,
});
