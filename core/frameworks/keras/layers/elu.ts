import { number, py } from "../define.ts";
import { floatsInKeras2 } from "./families/autocast.ts";
import { keeping } from "./families/keeping.ts";
import { known } from "./families/scaling.ts";

export const ELU = keeping("ELU", {
  summary: "x where it is positive, alpha · (exp(x) − 1) where it is not.",
  args: { alpha: number() },
  requires: (_, __, at) => floatsInKeras2("ELU", at),
  dtype: (_, at) => at.compute,
  lower: (g, { alpha }, x) => g.unary("Elu", g.float(x), { alpha: { float: known(alpha, "alpha") } }),

  example: py`
    x = keras.Input((10, 64))   # shape: (None, 10, 64)
    y = layers.ELU()(x)         # shape: (None, 10, 64)  params: 0
  `,
});
