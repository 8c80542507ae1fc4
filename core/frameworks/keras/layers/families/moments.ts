/** Normalization's axes, and the mean and variance that it may be given. */
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";
import { isUnknown, provablyDifferent } from "../../../../tensor/dim.ts";
import { normaliseAxis, printShape, type Shape } from "../../../../tensor/shape.ts";
import { type Arg, check, type Given, number, optional, type Violation } from "../../define.ts";
import { axes, isList } from "./arguments.ts";

type Axes = readonly number[] | null | undefined;

/** `None`, one axis or several; Python takes a string for a list of letters, and an empty one has none. */
export const eachAxis = (): Arg<Axes> => {
  const some = optional(axes());
  return { ...some, refuses: (given) => (given === "" ? undefined : some.refuses?.(given)) };
};

/** The axes that keep their entries apart, counted from 0 and sorted; undefined where they are not known. */
export function kept(axes: Axes, rank: number): readonly number[] | "out of range" | undefined {
  if (axes === undefined) return undefined;
  const places = (axes ?? []).map((axis) => normaliseAxis(axis, rank));
  const found = places.filter((place) => place !== undefined);
  return found.length < places.length ? "out of range" : found.sort((a, b) => a - b);
}

/** The shape of nested lists of numbers; undefined where it is not known. */
function shapeOf(given: Given): readonly number[] | undefined {
  if (isUnknown(given)) return undefined;
  if (!isList(given)) return [];
  const [first] = given;
  const inner = first === undefined ? [] : shapeOf(first);
  return inner && [given.length, ...inner];
}

export function momentsFit(mean: Given, variance: Given, axes: Axes): readonly Violation[] {
  const [a, b] = [shapeOf(mean), shapeOf(variance)];
  if (a === undefined || b === undefined) return [];
  const count = axes === undefined ? undefined : (axes?.length ?? 0);
  const where = { argument: "mean" };
  return [
    ...check((mean === null) === (variance === null), "both-moments", "give mean and variance, or neither", where),
    ...check(a.join() === b.join(), "moments-alike", "mean and variance must have one shape", where),
    ...check(
      mean === null || count === undefined || a.length <= count,
      "moments-per-axis",
      `the mean has ${a.length} axes, more than the ${count} of \`axis\``,
      where,
    ),
  ];
}

/** A mean given by hand has one number, or one for every entry of its axes. */
export function momentsMeet(mean: Given, places: readonly number[], x: Shape): readonly Violation[] {
  const sizes = mean === null ? undefined : shapeOf(mean);
  if (sizes === undefined) return [];
  const differs = sizes.some((size, i) => {
    const place = places.at(i - sizes.length);
    return size !== 1 && place !== undefined && provablyDifferent(size, x.at(place));
  });
  const message = `the mean has the shape (${sizes.join(", ")}), which does not go with ${printShape(x)}`;
  return check(!differs, "moments-meet-input", message, { argument: "mean" });
}

/** The numbers in nested lists, row by row; undefined where one is not known. */
export function numbersIn(given: Given): readonly number[] | undefined {
  const parts = isList(given)
    ? given.map(numbersIn)
    : number()
        .cases(given)
        .map((it) => (it === undefined ? it : [it]));
  const found = parts.filter((it) => it !== undefined);
  return found.length < parts.length ? undefined : found.flat();
}

/** One number for all, or one for each entry of the axes that are kept apart. */
export function givenMoment(g: Builder, moment: Given, x: Tensor, places: readonly number[]): Tensor {
  const numbers = numbersIn(moment) ?? refuse("its mean or variance is not known");
  const sizes = places.map((place) => x.shape[place] ?? 1);
  const [first = 0] = numbers;
  const all = sizes.reduce((a, b) => a * b, 1);
  return g.constant(numbers.length === 1 ? Array<number>(all).fill(first) : numbers, "float32", sizes);
}

/** What Keras 2 refuses of a mean that goes along no axis. */
export function oneMoment(mean: Given): readonly Violation[] {
  const count = mean === null ? 1 : (numbersIn(mean)?.length ?? 1);
  const message = `with axis=None there is one mean for all, and these are ${count}`;
  return check(count === 1, "one-moment", message, { argument: "mean" });
}
