/**
 * What the normalising layers share: weights along the axes that are named. Constraint: `axis-in-range`.
 * Sources: keras.src.layers.normalization.
 */
import { type Dim, unknown } from "../../../../tensor/dim.ts";
import { normaliseAxis, printShape, type Shape } from "../../../../tensor/shape.ts";
import { check, type Violation } from "../../define.ts";

type Axes = readonly number[] | undefined;

/** Every axis that is named must be there. */
export function inRange(axes: Axes, x: Shape): readonly Violation[] {
  const stray = axes?.find((axis) => normaliseAxis(axis, x.rank) === undefined);
  const text = `the input ${printShape(x)} has no axis ${stray}`;
  return check(stray === undefined, "axis-in-range", text, { argument: "axis", code: "incompatible-input" });
}

/** Their sizes, as Keras sorts them: by the numbers as they were written. */
export const sizesAlong = (axes: Axes, x: Shape): readonly Dim[] =>
  axes === undefined
    ? [unknown("not known along which axis")]
    : axes.toSorted((a, b) => a - b).map((axis) => x.at(axis));

/** A place for each axis of the input, as the BatchNormalization of Keras 2 has it where several are named. */
export const sizesAmongOnes = (axes: readonly number[], x: Shape): readonly Dim[] =>
  x.dims.map((dim, i) => (axes.some((axis) => normaliseAxis(axis, x.rank) === i) ? dim : 1));
