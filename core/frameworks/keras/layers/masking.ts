import { py } from "../define.ts";

import { autocast } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";

export const Masking = keeping("Masking", {
  summary: "Masks the steps whose every element is `mask_value`.",
  args: {},
  // Multiplying a bool by the mask gives a whole number.
  dtype: (_, at) => (at.dtypes[0] === "bool" ? "int32" : autocast(at)),

  example: py`
    x = keras.Input((10, 64))    # shape: (None, 10, 64)
    y = layers.Masking(0.0)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
