import { py } from "../define.ts";
import { zeroPadding } from "./families/sides.ts";

export const ZeroPadding1D = zeroPadding("ZeroPadding1D", 1, {
  summary: "Adds steps of zeros at both ends of the time axis.",
  example: py`
    x = keras.Input((16, 8))              # shape: (None, 16, 8)
    y = layers.ZeroPadding1D((1, 2))(x)   # shape: (None, 19, 8)  params: 0
  `,
});
