import { fixed } from "../../interpreter/rounding.ts";
import * as dims from "../../tensor/dim.ts";
import { isInteger } from "../../tensor/dtype.ts";
import { type AnyShape, hasRank } from "../../tensor/shape.ts";
import type { ShapeRule } from "../operation.ts";
import { counted, MOST_VALUES, type Operand, rangeOf, type SizeFacts, sizesOf } from "./operand.ts";
import type { Reader } from "./reader.ts";

/** What is known of the elements of results, as far as it comes cheap. */

const factsOf = (sizes: readonly dims.Dim[]): SizeFacts | undefined => {
  if (sizes.length > MOST_VALUES) return undefined;
  const numbers = sizes.filter((size) => typeof size === "number");
  return numbers.length === sizes.length ? { values: numbers } : { sizes };
};
export const sizeFacts = factsOf;

/** The same elements in the same order: a reshape, a new axis, a copy. */
export const kept =
  (name = "x") =>
  (a: Reader): SizeFacts | undefined => {
    const { values, sizes, range, kinds } = a.operand(name);
    if (values === undefined && sizes === undefined && range === undefined && kinds === undefined) return undefined;
    return { values, range, kinds, ...(values === undefined && { sizes }) };
  };

/** The same where the elements go in the order of the axes, and not in Fortran's. */
export const keptInOrder =
  (name = "x") =>
  (a: Reader): SizeFacts | undefined => {
    const order = a.value("order");
    return order.kind === "str" && order.value === "C" ? kept(name)(a) : undefined;
  };

/** The same elements, each several times. */
export const repeated =
  (name: string, times: string) =>
  (a: Reader): SizeFacts | undefined => {
    const { values = [], range, kinds } = a.operand(name);
    const count = a.number(times);
    if (count === undefined || count < 1) return undefined;
    const own = counted(values);
    return own.range === undefined ? range && { range, kinds } : own;
  };

/** The elements after a function of each. */
export const applied =
  (rule: (value: number) => number, name = "x") =>
  (a: Reader): SizeFacts | undefined => {
    const values = a.operand(name).values?.map((it) => rule(it) + 0);
    return values?.every(Number.isFinite) === true ? { values } : undefined;
  };
/** As Python and its libraries round. */
export const halfToEven = (x: number): number => Number(fixed(x, 0));
/** Whole numbers of elements that are held with less precision: only what is the same in either is certain. */
export const wholeIn = (rule: (value: number) => number): ((a: Reader) => SizeFacts | undefined) =>
  applied((value) => (rule(Math.fround(value)) === rule(value) ? rule(value) : Number.NaN));
/** Likewise where a result is rounded: JavaScript's numbers are of double precision, and of no other. */
export const computed =
  (rule: (value: number) => number, name = "x") =>
  (a: Reader): SizeFacts | undefined =>
    /^(?:float64|u?int(?:32|64))$/.test(a.dtype(name) ?? "") ? applied(rule, name)(a) : undefined;

/** The elements in another type: whole numbers have no fraction. */
export const converted =
  (name: string, dtype: string) =>
  (a: Reader): SizeFacts | undefined => {
    const type = a.type(dtype, undefined);
    const whole = type !== undefined && isInteger(type) && a.operand(name).values !== undefined;
    return whole ? applied(Math.trunc, name)(a) : kept(name)(a);
  };

/** One number of all elements, where an axis does not leave several. */
export const reducedTo =
  (rule: (values: readonly number[]) => number | undefined, x = "a") =>
  (a: Reader): SizeFacts | undefined => {
    const { values, shape } = a.operand(x);
    const isPlain =
      !["initial", "dtype"].some((it) => a.has(it)) && (!a.has("where") || a.value("where").kind === "bool");
    if (values === undefined || values.length === 0 || !isPlain || !hasRank(shape)) return undefined;
    const value = a.has("axis") && shape.rank > 1 ? undefined : rule(values);
    return value === undefined || !Number.isFinite(value) ? undefined : { values: [value] };
  };
/** Past this many, the order in which numbers with a fraction are added counts. */
const IN_ORDER = 7;
export const sumOf = (values: readonly number[]): number | undefined =>
  values.length <= IN_ORDER || values.every(Number.isSafeInteger) ? values.reduce((a, b) => a + b, 0) : undefined;

/** The elements of several vectors or numbers, one after the other; of other arrays the range that holds them all. */
export const joined =
  (xs: string, axes = "axis") =>
  (a: Reader): SizeFacts | undefined => {
    const parts = a.operands(xs);
    const isFlat = !a.has(axes) || [0, -1].includes(a.number(axes) ?? 0);
    const sizes = isFlat && parts.every(({ shape }) => hasRank(shape) && shape.rank <= 1) ? parts.map(sizesOf) : [];
    const all = sizes.length > 0 && sizes.every((it) => it !== undefined) ? factsOf(sizes.flat()) : undefined;
    return all ?? rangeOfAll(parts);
  };

/** Between which whole numbers all elements of several arrays lie. */
export function rangeOfAll(parts: readonly Operand[]): SizeFacts | undefined {
  const ranges = parts.map(rangeOf).filter((it) => it !== undefined);
  if (ranges.length < parts.length || ranges.length === 0) return undefined;
  const inOrder = ranges.toSorted(([a], [b]) => a - b);
  let reached = inOrder[0]?.[0] ?? 0;
  for (const [low, high] of inOrder) {
    // What lies between is none of them.
    if (low > reached + 1) return undefined;
    reached = Math.max(reached, high);
  }
  const isCounted = parts.every(({ kinds, values }, i) => {
    const [low = 0, high = 0] = ranges[i] ?? [];
    return values === undefined ? low === high || kinds === high - low + 1 : new Set(values).size === high - low + 1;
  });
  if (isCounted) return { range: [inOrder[0]?.[0] ?? 0, reached], kinds: reached - (inOrder[0]?.[0] ?? 0) + 1 };
  return { range: [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))] };
}

/** The elements of a vector, one by one. */
export const each =
  (name: string) =>
  (a: Reader): readonly (SizeFacts | undefined)[] | undefined => {
    const { shape } = a.operand(name);
    const sizes = sizesOf(a.operand(name));
    return sizes !== undefined && hasRank(shape) && shape.rank === 1 ? sizes.map((it) => factsOf([it])) : undefined;
  };

/** The elements of a vector that is cut in parts, of those of each: `split`, by its own shapes. */
export const cut =
  (name: string, rule: ShapeRule) =>
  (a: Reader): readonly (SizeFacts | undefined)[] | undefined => {
    const { shape, values } = a.operand(name);
    if (values === undefined || !hasRank(shape) || shape.rank !== 1) return undefined;
    const parts = rule(a);
    if (!Array.isArray(parts)) return undefined;
    let at = 0;
    return parts.map((part: AnyShape) => {
      const length = hasRank(part) ? part.at(0) : undefined;
      if (typeof length !== "number" || Number.isNaN(at)) at = Number.NaN;
      else at += length;
      return typeof length === "number" && !Number.isNaN(at) ? { values: values.slice(at - length, at) } : undefined;
    });
  };

/** The sums of a vector's elements up to each. */
export const summedUp =
  (name: string) =>
  (a: Reader): SizeFacts | undefined => {
    const { shape } = a.operand(name);
    const sizes = sizesOf(a.operand(name));
    const isPlain = !["exclusive", "reverse"].some((it) => a.value(it).kind === "bool" && a.flag(it));
    if (sizes === undefined || !hasRank(shape) || shape.rank !== 1 || !isPlain || a.has("dtype")) return undefined;
    let sum: dims.Dim = 0;
    return factsOf(sizes.map((it) => (sum = dims.plus(sum, it))));
  };

/** A number, or all elements the same number. */
export const filledWith =
  (value: number | string) =>
  (a: Reader): SizeFacts | undefined => {
    const number = typeof value === "number" ? value : a.number(value);
    if (number === undefined) return undefined;
    return Number.isInteger(number) ? { range: [number, number] } : undefined;
  };

const RULES: Readonly<Record<string, (a: dims.Dim, b: dims.Dim) => dims.Dim>> = {
  "+": dims.plus,
  "-": dims.minus,
  "*": dims.times,
  "//": dims.floorDivide,
  "%": dims.modulo,
  max: dims.maximum,
  min: dims.minimum,
};

/** Numbers so near to each other may compare otherwise in another type's arithmetic. */
const NEAR = 1e-5;
const apart = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) > NEAR * Math.max(Math.abs(a), Math.abs(b), NEAR);
/** On numbers that are not all whole. */
const NUMBERS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "**": (a, b) => (b < 0 && Number.isInteger(a) && Number.isInteger(b) ? Number.NaN : a ** b),
  max: Math.max,
  min: Math.min,
};
const COMPARED: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** Two vectors or numbers element by element; one number goes with all. */
function paired<T, R>(a: readonly T[], b: readonly T[], rule: (a: T, b: T) => R): readonly R[] | undefined {
  const length = Math.max(a.length, b.length);
  if ((a.length !== length && a.length !== 1) || (b.length !== length && b.length !== 1)) return undefined;
  return Array.from({ length }, (_, i) => rule(a[a.length === 1 ? 0 : i] as T, b[b.length === 1 ? 0 : i] as T));
}

/** Numbers that are known, put together element by element. */
export function combined(op: string, left: Operand, right: Operand): SizeFacts | undefined {
  return elementwise(op, left, right) ?? ranged(op, left, right);
}
/** No type of integers that holds the one end cannot hold the other. */
const MOST_OF_BYTE = 127;
/** Whole numbers of which both ends are known, with one number more or less, or divided by it with a remainder. */
function ranged(op: string, { range, kinds }: Operand, { values }: Operand): SizeFacts | undefined {
  const [by] = values ?? [];
  if (range === undefined || by === undefined || values?.length !== 1 || !Number.isInteger(by)) return undefined;
  const [low, high] = range;
  const isWhole = kinds === high - low + 1;
  const made =
    op === "%" && by > 0 && low >= 0 && isWhole && kinds >= by
      ? { range: [0, by - 1] as const, kinds: by }
      : op === "+" || op === "-"
        ? { range: [low + (op === "+" ? by : -by), high + (op === "+" ? by : -by)] as const, kinds }
        : undefined;
  return made !== undefined && made.range[0] >= 0 && made.range[1] <= MOST_OF_BYTE ? made : undefined;
}

function elementwise(op: string, left: Operand, right: Operand): SizeFacts | undefined {
  if (![left, right].every((it) => hasRank(it.shape) && it.shape.rank <= 1)) return undefined;
  const rule = RULES[op];
  const [a, b] = [sizesOf(left), sizesOf(right)];
  if (a !== undefined && b !== undefined && rule !== undefined) {
    const sizes = paired(a, b, rule);
    return sizes && factsOf(sizes);
  }
  const { values: x } = left;
  const { values: y } = right;
  if (x === undefined || y === undefined) return undefined;
  const compared = COMPARED[op];
  const values =
    compared !== undefined
      ? paired(x, y, apart)?.every((it) => it) === true
        ? paired(x, y, compared)?.map(Number)
        : undefined
      : NUMBERS[op] && paired(x, y, NUMBERS[op]);
  return values?.every((it) => Number.isFinite(it) && Math.abs(it) <= Number.MAX_SAFE_INTEGER) ? { values } : undefined;
}
/** The functions that compare, by what they are among Python's operators. */
export const COMPARISONS: Readonly<Record<string, string>> = {
  equal: "==",
  not_equal: "!=",
  greater: ">",
  greater_equal: ">=",
  less: "<",
  less_equal: "<=",
};
export const arithmetic =
  (op: string, x: string, y: string) =>
  (a: Reader): SizeFacts | undefined =>
    combined(op, a.operand(x), a.operand(y));

/** The product of all elements. */
export const productOf =
  (x: string, axes = "axis") =>
  (a: Reader): SizeFacts | undefined => {
    const sizes = sizesOf(a.operand(x));
    const { shape } = a.operand(x);
    if (sizes === undefined || !hasRank(shape) || (a.has(axes) && shape.rank > 1)) return undefined;
    return factsOf([dims.product(sizes)]);
  };

/**
 * How many different integers there are, where so many elements hold all of a range, as far as chance can tell: of n
 * even draws of k kinds one is missing with a probability of at most k (1 - 1/k)^n.
 */
export function kindsIn(shape: AnyShape, [low, high]: readonly [number, number]): number | undefined {
  const [kinds, count] = [high - low + 1, hasRank(shape) ? shape.at(0) : undefined];
  return typeof count === "number" && kinds * (1 - 1 / kinds) ** count < 1e-12 ? kinds : undefined;
}
