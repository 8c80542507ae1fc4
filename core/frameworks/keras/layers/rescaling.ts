import { py } from "../define.ts";
import { keeping } from "./families/keeping.ts";

export const Rescaling = keeping("Rescaling", {
  summary: "Multiplies by `scale` and adds `offset`; the shape stays.",
  args: {},
  dtype: (_, at) => at.compute,
  example: py`
    x = keras.Input((28, 28, 3))         # shape: (None, 28, 28, 3)
    y = layers.Rescaling(1.0 / 255)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
