import { py } from "../define.ts";

import { keeping } from "./families/keeping.ts";

export const ELU = keeping("ELU", {
  summary: "x where it is positive, alpha · (exp(x) − 1) where it is not.",
  args: {},
  dtype: (_, at) => at.compute,

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.ELU()(x)         # shape: (None, 10, 64)  params: 0
  `,
});
