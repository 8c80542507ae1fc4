import { py } from "../define.ts";
import { zeroPadding } from "./families/sides.ts";

export const ZeroPadding2D = zeroPadding("ZeroPadding2D", 2, {
  summary: "Adds rows and columns of zeros around the two spatial axes.",
  example: py`
    x = keras.Input((28, 28, 3))                    # shape: (None, 28, 28, 3)
    y = layers.ZeroPadding2D(3)(x)                  # shape: (None, 34, 34, 3)  params: 0
    z = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)   # shape: (None, 29, 29, 3)  params: 0
  `,
});
