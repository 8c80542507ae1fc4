import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const AveragePooling2D = pooling("AveragePooling2D", 2, {
  summary: "Takes the mean of each window over the two spatial axes.",
  example: py`
    x = keras.Input((28, 28, 8))                   # shape: (None, 28, 28, 8)
    y = layers.AveragePooling2D(2)(x)              # shape: (None, 14, 14, 8)  params: 0
    z = layers.AveragePooling2D(3, strides=2)(x)   # shape: (None, 13, 13, 8)  params: 0
  `,
});
