import { py } from "../define.ts";
import { notNegative } from "./families/arguments.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";
import { known } from "./families/scaling.ts";

/** Only `tf.keras` still has it. */
export const ThresholdedReLU = keeping("ThresholdedReLU", {
  summary: "Keeps what is above `theta` and makes the rest 0; the shape stays.",
  args: { theta: notNegative() },
  requires: (_, __, at) => floatsInKeras2("ThresholdedReLU", at),
  dtype: (_, at) => at.compute,
  lower: (g, { theta }, x) =>
    g.multiply(g.float(x), g.cast(g.binary("Greater", g.float(x), known(theta, "theta"), "bool"), "float32")),

  example: py`
    x = keras.Input((10,))                        # shape: (None, 10)
    y = tf.keras.layers.ThresholdedReLU(0.5)(x)   # shape: (None, 10)  params: 0
  `,
});
