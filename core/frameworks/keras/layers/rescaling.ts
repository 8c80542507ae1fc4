import { refuse } from "../../../lowering/builder.ts";
import { py, raw } from "../define.ts";
import { keeping } from "./families/keeping.ts";
import { numbersIn } from "./families/moments.ts";

export const Rescaling = keeping("Rescaling", {
  summary: "Multiplies by `scale` and adds `offset`; the shape stays.",
  args: { scale: raw(), offset: raw() },
  dtype: (_, at) => at.compute,
  // One number, or one for each entry of the last axis.
  lower: (g, a, x) => {
    const [scale, offset] = (["scale", "offset"] as const).map((name) => {
      const numbers = numbersIn(a[name]) ?? refuse(`its ${name} is not known`);
      return g.constant(numbers.length === 1 ? (numbers[0] ?? 0) : numbers);
    });
    return g.add(g.multiply(g.float(x), scale), offset);
  },
  example: py`
    x = keras.Input((28, 28, 3))         # shape: (None, 28, 28, 3)
    y = layers.Rescaling(1.0 / 255)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
