import { py } from "../define.ts";
import { autocast } from "./families/autocast.ts";
import { valueRange } from "./families/factors.ts";
import { image, imageArguments } from "./families/images.ts";

export const Equalization = image("Equalization", {
  summary: "Evens out the histogram of every image; the shape stays.",
  args: { ...imageArguments, value_range: valueRange() },
  // Symbolically the image keeps its dtype; where it is no image, no run says otherwise.
  dtype: (_, at, [x]) => (x?.rank === 3 || x?.rank === 4 ? at.compute : autocast(at)),
  example: py`
    x = keras.Input((28, 28, 3))   # shape: (None, 28, 28, 3)
    y = layers.Equalization()(x)   # shape: (None, 28, 28, 3)  params: 0
  `,
});
