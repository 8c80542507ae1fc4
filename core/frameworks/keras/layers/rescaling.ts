import { number, py } from "../define.ts";
import { keeping } from "./families/keeping.ts";
import { known } from "./families/scaling.ts";

export const Rescaling = keeping("Rescaling", {
  summary: "Multiplies by `scale` and adds `offset`; the shape stays.",
  args: { scale: number(), offset: number() },
  dtype: (_, at) => at.compute,
  lower: (g, { scale, offset }, x) => g.add(g.multiply(g.float(x), known(scale, "scale")), known(offset, "offset")),
  example: py`
    x = keras.Input((28, 28, 3))         # shape: (None, 28, 28, 3)
    y = layers.Rescaling(1.0 / 255)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
