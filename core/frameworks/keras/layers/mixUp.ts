import { py } from "../define.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const MixUp = image("MixUp", {
  summary: "Blends the images of a batch with each other while training; the shape stays.",
  args: { ...imageArguments },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.MixUp()(x)          # shape: (None, 28, 28, 3)  params: 0
  `,
});
