import { py } from "../define.ts";
import { factor, oddSize } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";
import { unchanged } from "./families/keeping.ts";

export const RandomGaussianBlur = image("RandomGaussianBlur", {
  summary: "Blurs images at random while training; the shape stays.",
  args: {
    ...imageArguments,
    factor: factor({ low: 0, high: 1 }),
    kernel_size: oddSize(),
    sigma: factor({ low: 0, high: 1 }),
  },
  lower: unchanged,
  example: py`
    x = keras.Input((28, 28, 3))         # shape: (None, 28, 28, 3)
    y = layers.RandomGaussianBlur()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
