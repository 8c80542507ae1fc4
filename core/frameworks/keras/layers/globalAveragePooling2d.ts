import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalAveragePooling2D = globalPooling("GlobalAveragePooling2D", 2, {
  summary: "Takes the mean over both spatial axes, for each channel.",
  example: py`
    x = keras.Input((7, 7, 8))                            # shape: (None, 7, 7, 8)
    y = layers.GlobalAveragePooling2D()(x)                # shape: (None, 8)  params: 0
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)   # shape: (None, 1, 1, 8)  params: 0
  `,
});
