import { py } from "../define.ts";
import { elementwise } from "./families/elementwise.ts";

export const Add = elementwise("Add", {
  summary: "Adds tensors element by element; axes of size 1 are repeated.",
  step: (g, a, b) => g.add(a, b),
  example: py`
    a = keras.Input((10, 8))   # shape: (None, 10, 8)
    b = keras.Input((1, 8))    # shape: (None, 1, 8)
    y = layers.Add()([a, b])   # shape: (None, 10, 8)  params: 0
  `,
});
