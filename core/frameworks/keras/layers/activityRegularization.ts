import { number, py } from "../define.ts";
import { autocast, floatsInKeras2 } from "./families/autocast.ts";
import { keeping, unchanged } from "./families/keeping.ts";

export const ActivityRegularization = keeping("ActivityRegularization", {
  summary: "Adds a penalty on its input to the loss.",
  args: { l1: number(), l2: number() },
  requires: (_, __, at) => floatsInKeras2("ActivityRegularization", at),
  dtype: ({ l1, l2 }, at) => {
    if (at.dtypes[0] !== "bool" || (l1 === 0 && l2 === 0)) return autocast(at);
    return l1 === undefined || l2 === undefined ? undefined : at.compute;
  },

  lower: unchanged,
  example: py`
    x = keras.Input((10, 64))                       # shape: (None, 10, 64)
    y = layers.ActivityRegularization(l2=0.01)(x)   # shape: (None, 10, 64)  params: 0
  `,
});
