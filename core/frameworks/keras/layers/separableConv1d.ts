import { py } from "../define.ts";
import { separableConvolution } from "./families/convolution.ts";

export const SeparableConv1D = separableConvolution("SeparableConv1D", 1, {
  summary: "Filters each channel along the time axis, then mixes the channels into `filters`.",
  example: py`
    x = keras.Input((16, 8))              # shape: (None, 16, 8)
    y = layers.SeparableConv1D(4, 3)(x)   # shape: (None, 14, 4)  params: 60
  `,
});
