import { py } from "../define.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { factor } from "./families/factors.ts";
import { keeping } from "./families/keeping.ts";

/** Only `tf.keras` still has it. */
export const ThresholdedReLU = keeping("ThresholdedReLU", {
  summary: "Keeps what is above `theta` and makes the rest 0; the shape stays.",
  args: { theta: factor({ low: 0, high: Number.POSITIVE_INFINITY, pair: "none" }) },
  requires: (_, __, at) => floatsInKeras2("ThresholdedReLU", at),
  dtype: (_, at) => at.compute,

  example: py`
    x = keras.Input((10,))                        # shape: (None, 10)
    y = tf.keras.layers.ThresholdedReLU(0.5)(x)   # shape: (None, 10)  params: 0
  `,
});
