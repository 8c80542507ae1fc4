import { py } from "../define.ts";
import { depthwiseConvolution } from "./families/convolution.ts";

export const DepthwiseConv1D = depthwiseConvolution("DepthwiseConv1D", 1, {
  summary: "Slides kernels along the time axis, `depth_multiplier` for each channel, which are not mixed.",
  example: py`
    x = keras.Input((16, 8))                               # shape: (None, 16, 8)
    y = layers.DepthwiseConv1D(3, depth_multiplier=2)(x)   # shape: (None, 14, 16)  params: 64
  `,
});
