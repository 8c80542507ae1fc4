import { py } from "../define.ts";
import { separableConvolution } from "./families/convolution.ts";

export const SeparableConv2D = separableConvolution("SeparableConv2D", 2, {
  summary: "Filters each channel over the two spatial axes, then mixes the channels into `filters`.",
  example: py`
    x = keras.Input((28, 28, 8))           # shape: (None, 28, 28, 8)
    y = layers.SeparableConv2D(16, 3)(x)   # shape: (None, 26, 26, 16)  params: 216
  `,
});
