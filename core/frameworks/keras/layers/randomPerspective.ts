import { py } from "../define.ts";
import { numberThat } from "./families/arguments.ts";
import { factor, interpolation } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomPerspective = image("RandomPerspective", {
  summary: "Tilts images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    factor: factor({ low: 0, high: 1 }),
    scale: numberThat((n) => n >= 0 && n <= 1, "must lie between 0 and 1"),
    interpolation: interpolation(),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))        # shape: (None, 28, 28, 3)
    y = layers.RandomPerspective()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
