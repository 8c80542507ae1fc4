import { masked, refuse } from "../../../lowering/builder.ts";
import { completed, concatenated } from "../../../tensor/combine.ts";
import { isConflict } from "../../../tensor/conflict.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import { check, merging, py } from "../define.ts";
import { axisArgument } from "./families/axis.ts";
import { dtypesMeet, listed, meeting, meetsTensors } from "./families/elementwise.ts";
import { joinedMask } from "./families/merged.ts";

const WORDS: Readonly<Record<string, string>> = {
  "ranks-equal": "must have the same number of axes",
  "other-axes-equal": "must agree on every axis but the one that they are joined along",
  "axis-in-range": "have no such axis",
};

export const Concatenate = merging("Concatenate", {
  summary: "Joins tensors along one axis, whose sizes add up; all other axes agree.",
  args: { axis: axisArgument() },

  requires: ({ axis }, xs, at) => {
    // A lone input is passed on as it is, and only an axis that is counted from the end is looked up.
    if (xs.length === 1 && axis !== undefined && axis >= 0) return [];
    const result = axis === undefined ? undefined : concatenated(xs, axis);
    if (result === undefined || !isConflict(result)) return dtypesMeet("Concatenate", at);
    const message = `Concatenate along axis ${axis}: ${listed(xs)} ${WORDS[result.conflict]}.`;
    return check(false, result.conflict, message, { code: "incompatible-shapes" });
  },
  output: ({ axis }, xs, at) => {
    if (axis === undefined) return unknownRank("the axis is not known");
    const result = concatenated(meetsTensors(at) ? completed(xs, axis) : xs, axis);
    return isConflict(result) ? (xs[0] ?? unknownRank(result.detail)) : result;
  },
  dtype: (_, at) => meeting(at),
  lower: (g, { axis = refuse("its axis is not known") }, xs, _, at) => {
    const same = xs.every((x) => x.dtype === xs[0]?.dtype) ? xs : xs.map((x) => g.float(x));
    return masked(g.concat(same, axis), joinedMask(g, xs, axis, at));
  },

  example: py`
    a = keras.Input((10, 8))           # shape: (None, 10, 8)
    b = keras.Input((10, 4))           # shape: (None, 10, 4)
    y = layers.Concatenate()([a, b])   # shape: (None, 10, 12)  params: 0
  `,
});
