import { py } from "../define.ts";
import { depthwiseConvolution } from "./families/convolution.ts";

export const DepthwiseConv2D = depthwiseConvolution("DepthwiseConv2D", 2, {
  summary: "Slides kernels over the two spatial axes, `depth_multiplier` for each channel, which are not mixed.",
  example: py`
    x = keras.Input((28, 28, 8))                       # shape: (None, 28, 28, 8)
    y = layers.DepthwiseConv2D(3, padding="same")(x)   # shape: (None, 28, 28, 8)  params: 80
  `,
});
