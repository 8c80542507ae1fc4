import { py } from "../define.ts";
import { convolution } from "./families/convolution.ts";

export const Conv2D = convolution("Conv2D", 2, {
  summary: "Slides `filters` kernels over the two spatial axes.",
  example: py`
    x = keras.Input((28, 28, 1))                             # shape: (None, 28, 28, 1)
    y = layers.Conv2D(32, 3)(x)                              # shape: (None, 26, 26, 32)  params: 320
    z = layers.Conv2D(32, 3, strides=2, padding="same")(y)   # shape: (None, 13, 13, 32)  params: 9248
  `,
});
