import { isInteger } from "../../../tensor/dtype.ts";
import { py } from "../define.ts";
import { elementwise, meeting } from "./families/elementwise.ts";

export const Average = elementwise("Average", {
  summary: "Averages tensors element by element; axes of size 1 are repeated.",
  // TensorFlow divides integers as Python does: 8 and 16 bits give float32, 32 and 64 bits float64.
  dtype: (at) => {
    const sum = meeting(at);
    if (sum === undefined || !isInteger(sum)) return sum;
    return sum.endsWith("8") || sum.endsWith("16") ? "float32" : "float64";
  },
  step: (g, a, b) => g.add(a, b),
  finish: (g, y, n) => g.divide(g.float(y), n),
  example: py`
    a = keras.Input((10, 8))       # shape: (None, 10, 8)
    b = keras.Input((1, 8))        # shape: (None, 1, 8)
    y = layers.Average()([a, b])   # shape: (None, 10, 8)  params: 0
  `,
});
