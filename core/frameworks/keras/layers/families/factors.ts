/** What the constructors of the image layers refuse. Source: `_set_factor` and its kin in their modules. */
import { isUnknown } from "../../../../tensor/dim.ts";
import { type Arg, type Given, number } from "../../define.ts";
import { isList, listOf } from "./arguments.ts";
import { exactly } from "./words.ts";

const numberOf = (given: Given): number | undefined =>
  typeof given === "boolean" ? Number(given) : number().cases(given)[0];
/** A number that depends on a symbol: nothing certain can be said of its size. */
const isFormula = (given: Given): boolean => typeof given === "object" && given !== null && "terms" in given;

interface Range {
  readonly low: number;
  readonly high: number;
  /** The lowest number is not allowed itself. */
  readonly open?: boolean;
  /** What a list may be: a pair that touches the range (the usual), a pair in it, nothing. */
  readonly pair?: "touches" | "inside" | "none";
  /** What else may be given, such as `None`. */
  readonly others?: (given: Given) => boolean;
}

/** A number in a range, or a list of two. */
export const factor = ({ low, high, open = false, pair = "touches", others }: Range): Arg<undefined> => {
  const inside = (n: number): boolean => (open ? n > low : n >= low) && n <= high;
  const fitsPair = (list: readonly Given[]): boolean => {
    if (list.length !== 2 || pair === "none") return false;
    const [a, b] = list.map(numberOf);
    if (pair === "inside") return [a, b].every((n) => n === undefined || inside(n));
    return !(a !== undefined && a > high) && !(b !== undefined && b < low);
  };
  const fits = (given: Given): boolean => {
    if (isUnknown(given) || isFormula(given) || others?.(given)) return true;
    if (isList(given)) return fitsPair(given);
    const single = numberOf(given);
    return single !== undefined && inside(single);
  };
  const range = high === Number.POSITIVE_INFINITY ? `from ${low} on` : `between ${low} and ${high}`;
  const words = `must be a number${pair === "none" ? "" : ", or a list of two,"} ${range}`;
  return { cases: () => [undefined], refuses: (given) => (fits(given) ? undefined : words) };
};
/** How much larger or smaller a side may become: a number from 0 to 1, or a rising pair from -1 on. */
export const growth = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) => {
    if (isUnknown(given) || isFormula(given)) return undefined;
    const single = numberOf(given);
    const [low, high] = isList(given) ? given.map(numberOf) : single === undefined ? [] : [-single, single];
    const wrong = low !== undefined && high !== undefined && (high < low || low < -1);
    return wrong || (!isList(given) && single === undefined)
      ? "must be between 0 and 1, or two rising numbers"
      : undefined;
  },
});

/** `factor or 0.0` takes everything that is empty for 0. */
export const isEmpty = (given: Given): boolean =>
  given === null || given === false || given === "" || (isList(given) && given.length === 0);
export const isNone = (given: Given): boolean => given === null;

/** An odd size of a kernel, or two. */
export const oddSize = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) => {
    const even = (it: Given): boolean =>
      !isUnknown(it) && !isFormula(it) && (numberOf(it) === undefined || Number(numberOf(it)) % 2 === 0);
    const counts = !isList(given) || given.length === 2;
    return counts && !listOf(given).some(even) ? undefined : "must be odd, or a list of two odd numbers";
  },
});

/** Whatever Python's `int()` takes. */
export const boxCount = (): Arg<undefined> => ({
  cases: () => [undefined],
  refuses: (given) =>
    given === null || isList(given) || (typeof given === "string" && !/^\s*[-+]?\d+\s*$/.test(given))
      ? "must be a whole number"
      : undefined,
});

/** The smallest and the largest value of an image. */
export const valueRange = (): Arg<Given> => ({
  cases: (given) => [given],
  refuses: (given) =>
    isUnknown(given) || (isList(given) && given.length === 2) ? undefined : "must be a list of two numbers",
});

/** Certainly two whole numbers. */
export const isWholeRange = (given: Given): boolean => isList(given) && given.every((it) => typeof it === "number");

export const fillMode = () => exactly("reflect", "wrap", "constant", "nearest");
export const interpolation = () => exactly("nearest", "bilinear");
