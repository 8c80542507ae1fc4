import { py } from "../define.ts";
import { zeroPadding } from "./families/sides.ts";

export const ZeroPadding3D = zeroPadding("ZeroPadding3D", 3, {
  summary: "Adds zeros around the three spatial axes.",
  example: py`
    x = keras.Input((8, 16, 16, 2))   # shape: (None, 8, 16, 16, 2)
    y = layers.ZeroPadding3D(1)(x)    # shape: (None, 10, 18, 18, 2)  params: 0
  `,
});
