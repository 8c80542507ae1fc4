import { py } from "../define.ts";
import { elementwise } from "./families/elementwise.ts";

export const Subtract = elementwise("Subtract", {
  summary: "Subtracts the second tensor from the first element by element; axes of size 1 are repeated.",
  count: 2,
  bool: false,
  step: (g, a, b) => g.subtract(a, b),
  example: py`
    a = keras.Input((10, 8))        # shape: (None, 10, 8)
    b = keras.Input((1, 8))         # shape: (None, 1, 8)
    y = layers.Subtract()([a, b])   # shape: (None, 10, 8)  params: 0
  `,
});
