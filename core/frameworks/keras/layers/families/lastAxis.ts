import { NONE } from "../../../../tensor/dim.ts";
import { printShape, type Shape } from "../../../../tensor/shape.ts";
import { check, type Violation } from "../../define.ts";

/** A weight has the size of this axis, so it must be known when the layer is built. */
export const definedAxis = (name: string, x: Shape, axis = -1): readonly Violation[] =>
  check(
    x.rank === 0 || x.at(axis) !== NONE,
    "last-axis-defined",
    `${name} makes a weight for ${axis === -1 ? "the last axis" : `axis ${axis}`} of its input, which is None in ` +
      `${printShape(x)}: a size that is only known at run time. Give the input that size.`,
    { code: "undefined-last-axis" },
  );
