import { py } from "../define.ts";
import { factor } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";

export const CutMix = image("CutMix", {
  summary: "Pastes parts of the images of a batch into each other while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1 }) },
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.CutMix()(x)         # shape: (None, 28, 28, 3)  params: 0
  `,
});
