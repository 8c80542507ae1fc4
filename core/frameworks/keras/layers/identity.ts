import { py } from "../define.ts";

import { keeping, unchanged } from "./families/keeping.ts";

export const Identity = keeping("Identity", {
  summary: "Gives back its input.",
  args: {},
  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.Identity()(x)    # shape: (None, 10, 64)  params: 0
  `,
});
