import { py } from "../define.ts";
import { cropping } from "./families/sides.ts";

export const Cropping2D = cropping("Cropping2D", 2, {
  summary: "Cuts rows and columns off the borders of the two spatial axes.",
  example: py`
    x = keras.Input((28, 28, 3))                 # shape: (None, 28, 28, 3)
    y = layers.Cropping2D(((2, 2), (4, 4)))(x)   # shape: (None, 24, 20, 3)  params: 0
  `,
});
