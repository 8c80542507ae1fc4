/** Kinds of arguments that many layers share, with what their constructors refuse. */
import { isSize, isUnknown, provablyLess } from "../../../../tensor/dim.ts";
import { type DataFormat, Shape } from "../../../../tensor/shape.ts";
import { type Arg, dimOf, type Given, NOT_A_SIZE, number, oneOf } from "../../define.ts";
import { aliasesOf, canonicalNames } from "../../signatures.ts";

export const isList = (given: Given): given is readonly Given[] => Array.isArray(given);
/** A value in a list of one, a list as it is. */
export const listOf = (given: Given): readonly Given[] => (isList(given) ? given : [given]);
/** Nothing can be said of it. */
export const isOpen = (given: Given): boolean => isUnknown(given) && given !== NOT_A_SIZE;
const isWhole = (given: Given): boolean => dimOf(given) !== NOT_A_SIZE || typeof given === "boolean";

/** `channels_last` unless said: Keras reads `None` as its global image_data_format. */
export const dataFormat = (): Arg<DataFormat> => {
  const options = oneOf<DataFormat>("channels_last", "channels_first");
  return {
    cases: (given) => (given === null ? ["channels_last"] : options.cases(given)),
    refuses: (given) => (given === null ? undefined : options.refuses?.(given)),
  };
};

/** A whole number ≥ `least`; a float is none, even 2.0. */
export const whole = (least: number): Arg<ReturnType<typeof dimOf>> => ({
  cases: (given) => [dimOf(given)],
  refuses: (given) =>
    !isWhole(given)
      ? "must be a whole number"
      : provablyLess(dimOf(given), least)
        ? `must be at least ${least}`
        : undefined,
});

/** `n` whole numbers ≥ `least`, or one for all. Source: `standardize_tuple` in keras.src.utils.argument_validation. */
export const tuple = (n: number, least = 1): Arg<Shape> => ({
  cases: (given) => [new Shape(isList(given) ? given.map(dimOf) : Array(n).fill(dimOf(given)))],
  refuses: (given) => {
    const list = listOf(given);
    if (isList(given) && given.length !== n) return `must be ${counted(n)}; it has ${given.length}`;
    if (!list.every(isWhole)) return `must be ${counted(n)}`;
    return list.some((it) => provablyLess(dimOf(it), least)) ? `must be ${counted(n)}, each ≥ ${least}` : undefined;
  },
});
const counted = (n: number): string => (n === 1 ? "a whole number" : `one or ${n} whole numbers`);

/** A number of which the constructor wants `test`, said in words. */
export const numberThat = (test: (n: number) => boolean, words: string): Arg<number | undefined> => {
  const { cases } = number();
  return {
    cases,
    refuses: (given) => {
      const [value] = cases(given);
      return value !== undefined && !test(value) ? words : undefined;
    },
  };
};

/** A fraction that is dropped, or the like. */
export const rate = (): Arg<number | undefined> =>
  numberThat((n) => n >= 0 && n <= 1, "must lie between 0 and 1: it is the share that is dropped");

let activations: ReadonlySet<string> | undefined;
const PREFIX = "keras.activations.";
const activationNames = (): ReadonlySet<string> => {
  activations ??= new Set(
    canonicalNames()
      .filter((name) => name.startsWith(PREFIX))
      .flatMap((name) => [name, ...aliasesOf(name)])
      .map((name) => name.slice(name.lastIndexOf(".") + 1)),
  );
  return activations;
};
/** The name of an activation; a function is not looked into. Shapes do not depend on it. */
export const activation = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) =>
    typeof given !== "string" || given.includes(">") || activationNames().has(given)
      ? undefined
      : `names no activation of Keras: "${given}"`,
});

/** One axis, or several; `undefined` where one of them is not known. */
export const axes = (): Arg<readonly number[] | undefined> => ({
  cases: (given) => {
    const list = listOf(given).map(dimOf);
    return [list.every((it) => typeof it === "number") ? list : undefined];
  },
  refuses: (given) =>
    listOf(given).every((it) => isOpen(it) || isSize(dimOf(it))) ? undefined : "must be an axis, or a list of axes",
});
