import { py } from "../define.ts";
import { transposedConvolution } from "./families/convolution.ts";

export const Conv3DTranspose = transposedConvolution("Conv3DTranspose", 3, {
  summary: "Spreads every voxel over `kernel_size` voxels, `strides` apart: the shape of a Conv3D backwards.",
  example: py`
    x = keras.Input((4, 4, 4, 2))                    # shape: (None, 4, 4, 4, 2)
    y = layers.Conv3DTranspose(3, 2, strides=2)(x)   # shape: (None, 8, 8, 8, 3)  params: 51
  `,
});
