import { py } from "../define.ts";
import { transposedConvolution } from "./families/convolution.ts";

export const Conv2DTranspose = transposedConvolution("Conv2DTranspose", 2, {
  summary: "Spreads every pixel over `kernel_size` pixels, `strides` apart: the shape of a Conv2D backwards.",
  example: py`
    x = keras.Input((7, 7, 8))                                       # shape: (None, 7, 7, 8)
    y = layers.Conv2DTranspose(4, 3, strides=2, padding="same")(x)   # shape: (None, 14, 14, 4)  params: 292
  `,
});
