import { py } from "../define.ts";
import { globalPooling } from "./families/pooling.ts";

export const GlobalAveragePooling1D = globalPooling("GlobalAveragePooling1D", 1, {
  summary: "Takes the mean over the time axis, for each channel.",
  example: py`
    x = keras.Input((16, 8))                 # shape: (None, 16, 8)
    y = layers.GlobalAveragePooling1D()(x)   # shape: (None, 8)  params: 0
  `,
});
