import { py } from "../define.ts";
import { boxCount } from "./families/factors.ts";
import { image, imageArguments, keptDtype } from "./families/images.ts";

export const MaxNumBoundingBoxes = image("MaxNumBoundingBoxes", {
  summary: "Cuts or fills the list of bounding boxes beside an image; the image stays.",
  args: { ...imageArguments, max_number: boxCount() },
  dtype: keptDtype,
  example: py`
    x = keras.Input((28, 28, 3))            # shape: (None, 28, 28, 3)
    y = layers.MaxNumBoundingBoxes(10)(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
