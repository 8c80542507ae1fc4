import { py } from "../define.ts";
import { onlyFloat } from "./families/autocast.ts";
import { factor, isEmpty, isWholeRange, valueRange } from "./families/factors.ts";
import { image, imageArguments, keptDtype } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomBrightness = image("RandomBrightness", {
  summary: "Changes the brightness of images at random while training; the shape stays.",
  args: { ...imageArguments, factor: factor({ low: -1, high: 1, others: isEmpty }), value_range: valueRange() },
  // A range of floats does not go with whole numbers on TensorFlow, and what Keras announces stands.
  dtype: (a, at, xs) => {
    if (at.keras === 2) return at.compute;
    return isWholeRange(a.value_range) ? keptDtype(a, at, xs) : onlyFloat(at);
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))          # shape: (None, 28, 28, 3)
    y = layers.RandomBrightness(0.2)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
