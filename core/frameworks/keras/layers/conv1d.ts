import { py } from "../define.ts";
import { convolution } from "./families/convolution.ts";

export const Conv1D = convolution("Conv1D", 1, {
  summary: "Slides `filters` kernels along the time axis.",
  example: py`
    x = keras.Input((16, 8))                     # shape: (None, 16, 8)
    y = layers.Conv1D(4, 3)(x)                   # shape: (None, 14, 4)  params: 100
    z = layers.Conv1D(4, 3, padding="same")(x)   # shape: (None, 16, 4)  params: 100
  `,
});
