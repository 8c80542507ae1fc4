import { size as sizeOf } from "../../../lowering/builder.ts";
import { py, size } from "../define.ts";
import { cutDtype, image, imageArguments, oneOrMore, resized } from "./families/images.ts";
import { batched, cutAndResampled, middle } from "./families/resampling.ts";

export const CenterCrop = image("CenterCrop", {
  summary: "Cuts the middle of images out, `height` × `width`.",
  args: { ...imageArguments, height: size(), width: size() },
  requires: (_, x) => oneOrMore("CenterCrop", x),
  output: ({ height, width, data_format }, x) => resized(x, height, width, data_format),
  // Keras 2 casts every image first.
  dtype: (a, at, xs) => (at.keras === 2 ? at.compute : cutDtype(a, at, xs)),
  lower: (g, a, image) => {
    const size = [sizeOf(a.height), sizeOf(a.width)] as const;
    return batched(g, g.float(image), (x) => {
      const row = a.data_format === "channels_first" ? 2 : 1;
      const fits = size.every((n, i) => n <= (x.shape[row + i] ?? 0));
      return fits ? middle(g, x, a.data_format, size) : cutAndResampled(g, x, a.data_format, size, "bilinear", false);
    });
  },
  example: py`
    x = keras.Input((28, 28, 3))       # shape: (None, 28, 28, 3)
    y = layers.CenterCrop(20, 16)(x)   # shape: (None, 20, 16, 3)  params: 0
  `,
});
