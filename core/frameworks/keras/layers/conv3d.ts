import { py } from "../define.ts";
import { convolution } from "./families/convolution.ts";

export const Conv3D = convolution("Conv3D", 3, {
  summary: "Slides `filters` kernels over the three spatial axes.",
  example: py`
    x = keras.Input((8, 16, 16, 1))   # shape: (None, 8, 16, 16, 1)
    y = layers.Conv3D(4, 3)(x)        # shape: (None, 6, 14, 14, 4)  params: 112
  `,
});
