import { py, size } from "../define.ts";
import { cutDtype, image, imageArguments, oneOrMore, resized } from "./families/images.ts";

export const CenterCrop = image("CenterCrop", {
  summary: "Cuts the middle of images out, `height` × `width`.",
  args: { ...imageArguments, height: size(), width: size() },
  requires: (_, x) => oneOrMore("CenterCrop", x),
  output: ({ height, width, data_format }, x) => resized(x, height, width, data_format),
  dtype: cutDtype,
  example: py`
    x = keras.Input((28, 28, 3))       # shape: (None, 28, 28, 3)
    y = layers.CenterCrop(20, 16)(x)   # shape: (None, 20, 16, 3)  params: 0
  `,
});
