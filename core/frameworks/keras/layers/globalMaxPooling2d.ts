import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalMaxPooling2D = globalPooling("GlobalMaxPooling2D", 2, {
  summary: "Takes the largest element over both spatial axes, for each channel.",
  example: py`
    x = keras.Input((7, 7, 8))                        # shape: (None, 7, 7, 8)
    y = layers.GlobalMaxPooling2D()(x)                # shape: (None, 8)  params: 0
    z = layers.GlobalMaxPooling2D(keepdims=True)(x)   # shape: (None, 1, 1, 8)  params: 0
  `,
});
