/** Kinds of arguments that many layers share, with what their constructors refuse. */
import { type Dim, isSize, isUnknown, provablyLess, unknown } from "../../../../tensor/dim.ts";
import { type DataFormat, Shape } from "../../../../tensor/shape.ts";
import { type Arg, dimOf, type Given, NOT_A_SIZE, number, oneOf, type Surroundings } from "../../define.ts";
import { aliasesOf, canonicalNames } from "../../signatures.ts";

export const isList = (given: Given): given is readonly Given[] => Array.isArray(given);
/** A value in a list of one, a list as it is. */
export const listOf = (given: Given): readonly Given[] => (isList(given) ? given : [given]);
/** Nothing can be said of it. */
export const isOpen = (given: Given): boolean => isUnknown(given) && given !== NOT_A_SIZE;
/** Python's True is 1. */
export const sizeOf = (given: Given): Dim => (typeof given === "boolean" ? Number(given) : dimOf(given));
const isWhole = (given: Given): boolean => sizeOf(given) !== NOT_A_SIZE;
const isFloat = (given: Given): boolean => typeof given === "object" && given !== null && "float" in given;

/** `channels_last` unless said: Keras reads `None` as its global image_data_format. */
export const dataFormat = (): Arg<DataFormat> => {
  const options = oneOf<DataFormat>("channels_last", "channels_first");
  return {
    cases: (given) => (given === null ? ["channels_last"] : options.cases(given)),
    refuses: (given) => {
      if (given === null || isOpen(given)) return undefined;
      return typeof given === "string" ? options.refuses?.(given) : 'must be "channels_last" or "channels_first"';
    },
  };
};

/** The same where Keras does not overlook capitals. */
export const exactFormat = (): Arg<DataFormat> => {
  const { cases, refuses } = dataFormat();
  return {
    cases,
    refuses: (given) => {
      // What Python takes for false is read as None.
      if (given === false || given === 0 || given === "" || (isList(given) && given.length === 0)) return undefined;
      const isLower = typeof given !== "string" || given === given.toLowerCase();
      return isLower ? refuses?.(given) : "must be written in small letters";
    },
  };
};

/** One of the options, capitals counted. */
export const exactly = <T extends string>(...options: readonly [T, ...T[]]): Arg<T> => ({
  cases: (given) => {
    const found = options.find((option) => option === given);
    return found === undefined ? options : [found];
  },
  refuses: (given) =>
    isOpen(given) || options.some((option) => option === given)
      ? undefined
      : `must be ${options.map((option) => `"${option}"`).join(" or ")}`,
});

/** A whole number of which the constructor asks nothing. */
export const sizeOrBool = (): Arg<Dim> => ({ takes: "size", cases: (given) => [sizeOf(given)] });

/** A whole number ≥ `least`; a float is none, even 2.0. */
export const whole = (least: number): Arg<Dim> => ({
  takes: "size",
  cases: (given) => [sizeOf(given)],
  refuses: (given) => {
    if (!isWhole(given)) return "must be a whole number";
    return provablyLess(sizeOf(given), least) ? `must be at least ${least}` : undefined;
  },
});
/** The same where Keras does not take True for 1. */
export const wholeOnly = (least: number): Arg<Dim> => {
  const { cases, refuses } = whole(least);
  return {
    takes: "size",
    cases,
    refuses: (given) => (typeof given === "boolean" ? "must be a whole number" : refuses?.(given)),
  };
};

/** `n` whole numbers ≥ `least`, or one for all. Source: `standardize_tuple` in keras.src.utils.argument_validation. */
export const tuple = (n: number, least = 1): Arg<Shape> => ({
  takes: "form",
  cases: (given) => [new Shape(isList(given) ? given.map(sizeOf) : Array<Dim>(n).fill(sizeOf(given)))],
  refuses: (given) => {
    const list = listOf(given);
    if (isList(given) && given.length !== n) return `must be ${counted(n)}; it has ${given.length}`;
    // Of several Keras takes int(…) of each.
    if (!list.every((it) => isWhole(it) || (isList(given) && isFloat(it)))) return `must be ${counted(n)}`;
    return list.some((it) => provablyLess(sizeOf(it), least)) ? `must be ${counted(n)}, each ≥ ${least}` : undefined;
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
/** The name of an activation, or null for none; a function is not looked into. */
export const activationName = (): Arg<string | null | undefined> => ({
  cases: (given) => [typeof given === "string" || given === null ? given : undefined],
  refuses: (given) =>
    typeof given !== "string" || given.includes(">") || activationNames().has(given)
      ? undefined
      : `names no activation of Keras: "${given}"`,
});

/** A gated linear unit halves the last axis of what a layer gives; Keras's symbolic answer overlooks it. */
export const gated = (name: string | null | undefined, y: Shape, { eager, keras }: Surroundings): Shape =>
  name === "glu" && eager === true && keras !== 2 ? y.withLast(unknown("glu halves it")) : y;

/** The same where shapes do not depend on it. */
export const activation = (): Arg<undefined> => {
  const { refuses } = activationName();
  return { cases: () => [undefined], ...(refuses && { refuses: (given) => refuses(given) }) };
};

/** One axis, or several; `undefined` where one of them is not known. */
export const axes = (): Arg<readonly number[] | undefined> => ({
  cases: (given) => {
    const list = listOf(given).map(sizeOf);
    return [list.every((it) => typeof it === "number") ? list : undefined];
  },
  refuses: (given) =>
    listOf(given).every((it) => isOpen(it) || isSize(sizeOf(it))) ? undefined : "must be an axis, or a list of axes",
});

/** One axis; undefined where it is not known. Keras's BatchNormalization takes `int(axis)`, so 1.0 is 1. */
export const axis = (): Arg<number | undefined> => {
  const { cases } = number();
  return {
    cases: (given) => cases(given).map((it) => (it === undefined ? it : Math.trunc(it))),
    refuses: (given) => (isList(given) ? "must be one axis; this layer takes no list" : undefined),
  };
};

/** One axis, as a list of it; Keras 2 takes several. */
export const oneAxis = (): Arg<readonly number[] | undefined> => {
  const [one, several] = [axis(), axes()];
  const cases = (given: Given) =>
    isList(given) ? several.cases(given) : one.cases(given).map((it) => (it === undefined ? it : [it]));
  return { ...one, cases };
};

/** The spread of a noise. */
export const deviation = (): Arg<number | undefined> => numberThat((n) => n >= 0 && n <= 1, "must lie between 0 and 1");
/** Of a piece of an activation. Keras refuses `None` too. */
export const notNegative = (): Arg<number | undefined> => {
  const { cases, refuses } = numberThat((n) => n >= 0, "must not be negative");
  return { cases, refuses: (given) => (given === null ? "must be a number" : refuses?.(given)) };
};

/** Which elements are dropped together: sizes, or `None` for the input's own. Shapes do not depend on it. */
export const noiseShape = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) => {
    if (given === null || isOpen(given)) return undefined;
    if (!isList(given)) return "must be a tuple of sizes";
    const wrong = given.some((it) => it !== null && (!isWhole(it) || provablyLess(dimOf(it), 1)));
    return wrong ? "must hold positive whole numbers, or None for the input's own size" : undefined;
  },
});
