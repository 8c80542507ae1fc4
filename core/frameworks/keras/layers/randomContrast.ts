import { check, py } from "../define.ts";
import { factor } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomContrast = image("RandomContrast", {
  summary: "Changes the contrast of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: 0, high: 1 }) },
  requires: (_, x, { keras }) =>
    check(keras !== 2 || x.rank > 2, "image-rank", `RandomContrast takes images; this input has ${x.rank} axes`),
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))        # shape: (None, 28, 28, 3)
    y = layers.RandomContrast(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
