import { size as sizeOf } from "../../../lowering/builder.ts";
import { check, py, size } from "../define.ts";
import { heightAxis, image, imageArguments } from "./families/images.ts";
import { batched, cutAndResampled } from "./families/resampling.ts";

export const RandomCrop = image("RandomCrop", {
  summary: "Cuts a part out of images, at a random place while training, `height` × `width`.",
  args: { ...imageArguments, height: size(), width: size() },
  requires: ({ data_format }, x) =>
    check(
      x.rank >= -heightAxis(data_format),
      "height-and-width",
      `RandomCrop cuts the height and width of an image; this input has ${x.rank} axes`,
    ),
  output: ({ height, width, data_format }, x) =>
    x.with(heightAxis(data_format), height).with(heightAxis(data_format) + 1, width),
  announces: "Keras 3 announces the cut at any time, and cuts only while it trains",
  // Keras 2 cuts the middle where it does not train.
  lower: (g, a, image) => {
    if (g.keras === 3) return g.unary("Identity", g.float(image));
    const size = [sizeOf(a.height), sizeOf(a.width)] as const;
    return batched(g, g.float(image), (x) => cutAndResampled(g, x, a.data_format, size, "bilinear", false));
  },
  example: py`
    x = keras.Input((28, 28, 3))       # shape: (None, 28, 28, 3)
    y = layers.RandomCrop(20, 16)(x)   # shape: (None, 20, 16, 3)  params: 0
  `,
});
