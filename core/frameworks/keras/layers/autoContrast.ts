import { py } from "../define.ts";
import { valueRange } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";

export const AutoContrast = image("AutoContrast", {
  summary: "Stretches the colours of every image over the whole range; the shape stays.",
  args: { ...imageArguments, value_range: valueRange() },
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.AutoContrast()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
