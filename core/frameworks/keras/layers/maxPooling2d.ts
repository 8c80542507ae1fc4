import { py } from "../define.ts";
import { pooling } from "./families/pooling.ts";

export const MaxPooling2D = pooling("MaxPooling2D", 2, {
  summary: "Takes the largest element of each window over the two spatial axes.",
  example: py`
    x = keras.Input((28, 28, 8))               # shape: (None, 28, 28, 8)
    y = layers.MaxPooling2D(2)(x)              # shape: (None, 14, 14, 8)  params: 0
    z = layers.MaxPooling2D(3, strides=2)(x)   # shape: (None, 13, 13, 8)  params: 0
  `,
});
