import { py } from "../define.ts";
import { transposedConvolution } from "./families/convolution.ts";

export const Conv1DTranspose = transposedConvolution("Conv1DTranspose", 1, {
  summary: "Spreads every step over `kernel_size` steps, `strides` apart: the shape of a Conv1D backwards.",
  example: py`
    x = keras.Input((7, 8))                                          # shape: (None, 7, 8)
    y = layers.Conv1DTranspose(4, 3, strides=2, padding="same")(x)   # shape: (None, 14, 4)  params: 100
  `,
});
