import { py } from "../define.ts";
import { factor, interpolation } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";
import { exactly } from "./families/words.ts";

export const RandomElasticTransform = image("RandomElasticTransform", {
  summary: "Bends images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    factor: factor({ low: 0, high: 1 }),
    scale: factor({ low: 0, high: 1 }),
    fill_mode: exactly("reflect", "wrap", "constant", "nearest", "mirror"),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))             # shape: (None, 28, 28, 3)
    y = layers.RandomElasticTransform()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
