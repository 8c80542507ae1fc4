import { py } from "../define.ts";
import { cropping } from "./families/sides.ts";

export const Cropping1D = cropping("Cropping1D", 1, {
  summary: "Cuts steps off both ends of the time axis.",
  example: py`
    x = keras.Input((16, 8))           # shape: (None, 16, 8)
    y = layers.Cropping1D((1, 2))(x)   # shape: (None, 13, 8)  params: 0
  `,
});
