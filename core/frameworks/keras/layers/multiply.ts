import { py } from "../define.ts";
import { elementwise } from "./families/elementwise.ts";

export const Multiply = elementwise("Multiply", {
  summary: "Multiplies tensors element by element; axes of size 1 are repeated.",
  step: (g, a, b) => g.multiply(a, b),
  heedsMasks: true,
  example: py`
    a = keras.Input((10, 8))        # shape: (None, 10, 8)
    b = keras.Input((1, 8))         # shape: (None, 1, 8)
    y = layers.Multiply()([a, b])   # shape: (None, 10, 8)  params: 0
  `,
});
