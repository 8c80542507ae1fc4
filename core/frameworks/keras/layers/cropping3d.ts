import { py } from "../define.ts";
import { cropping } from "./families/sides.ts";

export const Cropping3D = cropping("Cropping3D", 3, {
  summary: "Cuts off the borders of the three spatial axes.",
  example: py`
    x = keras.Input((8, 16, 16, 2))   # shape: (None, 8, 16, 16, 2)
    y = layers.Cropping3D(2)(x)       # shape: (None, 4, 12, 12, 2)  params: 0
  `,
});
