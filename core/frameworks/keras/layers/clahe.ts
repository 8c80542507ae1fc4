import { py } from "../define.ts";
import { image, imageArguments, keptDtype } from "./families/images.ts";

export const ContrastLimitedAdaptiveHistogramEqualization = image("ContrastLimitedAdaptiveHistogramEqualization", {
  summary: "Evens out the histogram of every tile of an image; the shape stays.",
  args: { ...imageArguments },
  dtype: keptDtype,
  example: py`
    x = keras.Input((28, 28, 3))                                   # shape: (None, 28, 28, 3)
    y = layers.ContrastLimitedAdaptiveHistogramEqualization()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
