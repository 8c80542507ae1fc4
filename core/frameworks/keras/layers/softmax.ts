import { py } from "../define.ts";

import { keeping } from "./families/keeping.ts";

export const Softmax = keeping("Softmax", {
  summary: "Makes the elements along an axis positive with the sum 1.",
  args: {},
  dtype: (_, at) => at.compute,

  example: py`
    x = keras.Input((10, 64))     # shape: (None, 10, 64)
    y = layers.Softmax()(x)     # shape: (None, 10, 64)  params: 0
  `,
});
