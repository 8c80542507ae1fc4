import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalMaxPooling1D = globalPooling("GlobalMaxPooling1D", 1, {
  summary: "Takes the largest element over the time axis, for each channel.",
  example: py`
    x = keras.Input((16, 8))             # shape: (None, 16, 8)
    y = layers.GlobalMaxPooling1D()(x)   # shape: (None, 8)  params: 0
  `,
});
