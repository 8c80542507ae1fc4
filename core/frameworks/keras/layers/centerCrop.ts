import { refuse, size as sizeOf } from "../../../lowering/builder.ts";
import { py, size } from "../define.ts";
import { cutDtype, image, imageArguments, oneOrMore, resized } from "./families/images.ts";
import { floating } from "./families/scaling.ts";

export const CenterCrop = image("CenterCrop", {
  summary: "Cuts the middle of images out, `height` × `width`.",
  args: { ...imageArguments, height: size(), width: size() },
  requires: (_, x) => oneOrMore("CenterCrop", x),
  output: ({ height, width, data_format }, x) => resized(x, height, width, data_format),
  dtype: cutDtype,
  lower: (g, a, x) => {
    const [row, column] = a.data_format === "channels_first" ? [2, 3] : [1, 2];
    const [height, width] = [sizeOf(a.height), sizeOf(a.width)];
    const [rows, columns] = [(x.shape[row] ?? 0) - height, (x.shape[column] ?? 0) - width];
    if (x.shape.length !== 4 || rows < 0 || columns < 0) return refuse("an image that is smaller is not lowered");
    const cut = g.slice(floating(x), row, rows >> 1, (rows >> 1) + height);
    return g.slice(cut, column, columns >> 1, (columns >> 1) + width);
  },
  example: py`
    x = keras.Input((28, 28, 3))       # shape: (None, 28, 28, 3)
    y = layers.CenterCrop(20, 16)(x)   # shape: (None, 20, 16, 3)  params: 0
  `,
});
