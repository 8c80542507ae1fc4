import { masked } from "../../../lowering/builder.ts";
import { layer, number, py, raw } from "../define.ts";
import { autocast, floatsInKeras2, numbersInKeras2 } from "./families/autocast.ts";
import { known } from "./families/scaling.ts";

export const Masking = layer("Masking", {
  summary: "Masks the steps whose every element is `mask_value`.",
  args: { mask_value: raw() },
  // TensorFlow compares whole numbers with whole ones alone, and truth values with none.
  requires: ({ mask_value }, _, at) => {
    const isFloat = typeof mask_value === "object" && mask_value !== null && "float" in mask_value;
    return isFloat ? floatsInKeras2("Masking by a float", at) : numbersInKeras2("Masking", at);
  },
  output: (_, x) => x,
  // Multiplying a bool by the mask gives a whole number.
  dtype: (_, at) => (at.dtypes[0] === "bool" ? "int32" : autocast(at)),
  lower: (g, a, x) => {
    const [mask_value] = number().cases(a.mask_value);
    const same = g.binary("Equal", x, known(mask_value, "mask_value"), "bool");
    const kept = g.reduce("ReduceMax", g.cast(g.unary("Not", same), "int32"), [-1], true);
    return masked(g.where(g.cast(kept, "bool"), x, g.constant(0, x.dtype)), g.cast(g.squeeze(kept, -1), "bool"));
  },

  example: py`
    x = keras.Input((10, 64))    # shape: (None, 10, 64)
    y = layers.Masking(0.0)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
