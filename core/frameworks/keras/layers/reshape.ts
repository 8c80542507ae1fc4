import { needed } from "../../../lowering/builder.ts";
import { isConflict } from "../../../tensor/conflict.ts";
import { isSize, NONE, unknown } from "../../../tensor/dim.ts";
import { reshaped } from "../../../tensor/reshape.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { check, layer, py } from "../define.ts";
import { autocast } from "./families/autocast.ts";
import { counted, isLoose, negatives, target } from "./families/target.ts";

export const Reshape = layer("Reshape", {
  summary: "Rearranges the elements of each sample into `target_shape`; -1 stands for what is left.",
  args: { target_shape: target() },

  requires: ({ target_shape }, x, at) => {
    const sample = x.slice(1);
    if (at.keras === 2 && target_shape !== undefined && isLoose(target_shape))
      return check(
        sample.dims.includes(NONE) || negatives(target_shape).length < 2,
        "one-size-open",
        "only one size may be left open, as -1",
        {
          argument: "target_shape",
          code: "bad-reshape",
        },
      );
    const whole = check(at.keras !== 2 || !target_shape?.includes(NONE), "sizes-whole", "sizes must be whole numbers", {
      argument: "target_shape",
    });
    const conflict = target_shape && isConflict(reshaped(sample, target_shape));
    const text = `${counted(sample)} into ${counted(new Shape(target_shape ?? []))}`;
    if (whole.length > 0) return whole;
    return check(
      conflict !== true,
      "elements-kept",
      `${text} does not go: the number of elements must stay the same; the batch axis is not among them`,
      { argument: "target_shape", code: "bad-reshape" },
    );
  },
  output: ({ target_shape }, x): AnyShape => {
    if (target_shape === undefined) return unknownRank("the target shape is not known");
    if (isLoose(target_shape)) return x.slice(0, 1).concat(target_shape.map(() => unknown("several sizes are open")));
    const result = reshaped(x.slice(1), target_shape);
    // After a fault: the shape that was meant.
    const meant = target_shape.map((dim) => (isSize(dim) && dim !== -1 ? dim : unknown("what is left does not fit")));
    return isConflict(result) || !hasRank(result) ? new Shape([x.batch, ...meant]) : new Shape([x.batch, ...result]);
  },
  dtype: (_, at) => autocast(at),
  lower: (g, _, x, __, at) => g.reshape(x, needed(at.outputs[0])),

  example: py`
    x = keras.Input((4, 6))          # shape: (None, 4, 6)
    y = layers.Reshape((3, 8))(x)    # shape: (None, 3, 8)  params: 0
    z = layers.Reshape((2, -1))(x)   # shape: (None, 2, 12)  params: 0
  `,
});
