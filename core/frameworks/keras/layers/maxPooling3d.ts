import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const MaxPooling3D = pooling("MaxPooling3D", 3, {
  summary: "Takes the largest element of each window over the three spatial axes.",
  example: py`
    x = keras.Input((8, 16, 16, 2))   # shape: (None, 8, 16, 16, 2)
    y = layers.MaxPooling3D(2)(x)     # shape: (None, 4, 8, 8, 2)  params: 0
  `,
});
