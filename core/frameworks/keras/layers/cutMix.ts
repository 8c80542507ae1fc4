import { py } from "../define.ts";
import { factor } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const CutMix = image("CutMix", {
  summary: "Pastes parts of the images of a batch into each other while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1 }) },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.CutMix()(x)         # shape: (None, 28, 28, 3)  params: 0
  `,
});
