/**
 * One axis of a shape. Four kinds, never mixed up:
 * - a number: the size is known;
 * - `NONE`: Keras's own `None`, any size at run time;
 * - a `Poly`: a named symbol or an integer polynomial of symbols, such as `filters * 2` or `n // 2 + 1`;
 * - an `Unknown` ("?"): not known to us, with the reason.
 *
 * Unknown absorbs everything and keeps its reason; `NONE` absorbs all but unknown. So rules read like the formula and
 * need no branches for what is not known. A `Poly` that is constant is always a number.
 */
import { boundsOf } from "./bounds.ts";
import {
  type Atom,
  add,
  atomSize,
  contentOf,
  multiply,
  Poly,
  type Size,
  sameSize,
  subtract,
  symbolAtom,
} from "./polynomial.ts";
import { printSize } from "./print.ts";
import * as rewrites from "./rewrites.ts";

export { Poly } from "./polynomial.ts";

export const NONE: unique symbol = Symbol("None");

/** A size that is not known to us. Never an error: it says why. */
export class Unknown {
  readonly reason: string;
  /** The expression that names it, where it is a part of something that is only supposed: `x.shape[-1]`. */
  readonly path: string | undefined;
  /** It is the one that the path names, and not computed from it. */
  readonly isWhole: boolean;
  constructor(reason: string, path?: string, isWhole = true) {
    this.reason = reason;
    this.path = path;
    this.isWhole = isWhole;
  }
}

export type Dim = number | typeof NONE | Poly | Unknown;

export const unknown = (reason: string, path?: string): Unknown => new Unknown(reason, path);
/** What is computed from something unknown. */
const derived = (it: Unknown): Unknown =>
  it.path === undefined || !it.isWhole ? it : new Unknown(it.reason, it.path, false);
export const isUnknown = (dim: unknown): dim is Unknown => dim instanceof Unknown;
export const isPoly = (dim: unknown): dim is Poly => dim instanceof Poly;
/** Why a size is no number, where one is needed: a sentence without its full stop. */
export function whyNoNumber(dim: Dim): string {
  if (isUnknown(dim)) return dim.reason;
  return dim === NONE ? "the program leaves it open" : `it is ${printDim(dim)}, which no number is given for`;
}
/** The number that a size is; NaN, which is neither more nor less than another, where it is none. */
export const asNumber = (dim: Dim | undefined): number => (typeof dim === "number" ? dim : Number.NaN);
/** A number or a polynomial: something that arithmetic can hold on to. */
export const isSize = (dim: Dim): dim is Size => typeof dim === "number" || dim instanceof Poly;

/**
 * A named size: a whole number ≥ `min` (0 unless said; it may be negative, or -Infinity). Symbols of one name are the
 * same symbol unless their `id` differs: two calls of a helper each have a `filters` of their own.
 */
export const symbol = (name: string, options: { readonly min?: number; readonly id?: string } = {}): Poly =>
  atomSize(symbolAtom(name, options.id ?? name, options.min ?? 0)) as Poly;

/** The size of an axis that a parameter decides, of a function that nobody calls: any that does not stretch. */
export const namedSize = (name: string, id: string): Poly => symbol(name, { id: `${NAMED}${id}`, min: 1 });
const NAMED = "parameter ";
/** It is made of such sizes. */
export function isNamed(dim: Dim): boolean {
  if (!isPoly(dim)) return false;
  for (const id of symbolsIn(dim)) if (!id.startsWith(NAMED)) return false;
  return true;
}
/** The ids that they were given. */
export const namedIn = (dim: Dim): readonly string[] =>
  [...symbolsIn(dim)].flatMap((id) => (id.startsWith(NAMED) ? [id.slice(NAMED.length)] : []));

/** A named size alone, and no formula. */
export const isSymbol = (dim: Dim): boolean =>
  isPoly(dim) &&
  dim.terms.length === 1 &&
  dim.terms.every(
    ({ coefficient, factors: [factor, ...more] }) =>
      coefficient === 1 && more.length === 0 && factor?.power === 1 && factor.atom.kind === "symbol",
  );

/** The symbols' ids in a size. */
export function symbolsIn(dim: Dim, into: Set<string> = new Set()): ReadonlySet<string> {
  const atom = (it: Atom): void => {
    if (it.kind === "symbol") into.add(it.id);
    else for (const operand of it.operands) symbolsIn(operand, into);
  };
  if (isPoly(dim)) for (const { factors } of dim.terms) for (const it of factors) atom(it.atom);
  return into;
}

// ---- arithmetic
// ------------------------------------------------------------------------------------------------------

const settled = (size: Size): Dim =>
  Number.isNaN(size) ? unknown("too large: past 2^53, or too long a formula") : size;
const checked = (dim: Dim): Dim =>
  typeof dim === "number" && !Number.isSafeInteger(dim) ? unknown("not a whole number below 2^53") : dim;

type Rule = (a: Size, b: Size) => Size;
/** Lifts arithmetic on sizes to dims. */
const lift =
  (rule: Rule) =>
  (left: Dim, right: Dim): Dim => {
    const a = checked(left);
    const b = checked(right);
    if (isUnknown(a)) return derived(a);
    if (isUnknown(b)) return derived(b);
    return a === NONE || b === NONE ? NONE : settled(rule(a, b));
  };
/** Lifts a division, which zero has no answer for. */
const liftDivision = (rule: Rule) => {
  const divide = lift(rule);
  return (a: Dim, b: Dim): Dim => (b === 0 ? unknown("division by zero") : divide(a, b));
};

export const plus = lift(add);
export const minus = lift(subtract);
export const times = lift(multiply);
export const minimum = lift(rewrites.minimum);
export const maximum = lift(rewrites.maximum);
export const negate = (a: Dim): Dim => minus(0, a);
/** Python's `a // b`: rounds towards −∞. */
export const floorDivide = liftDivision(rewrites.floorDivide);
/** Python's `a % b`: has the sign of `b`. */
export const modulo = liftDivision(rewrites.modulo);
/** ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for b > 0, −(−a // b) otherwise. */
export const ceilDivide = (a: Dim, b: Dim): Dim =>
  provablyPositive(b) ? floorDivide(plus(a, minus(b, 1)), b) : negate(floorDivide(negate(a), b));

// ---- what is certain
// -------------------------------------------------------------------------------------------------

/** The same description of a size, for comparing states: `None` is `None`, an unknown is one of the same reason. */
export const identical = (a: Dim, b: Dim): boolean =>
  Object.is(a, b) ||
  (isSize(a) && isSize(b) && sameSize(a, b)) ||
  (isUnknown(a) && isUnknown(b) && a.reason === b.reason && a.path === b.path && a.isWhole === b.isWhole);

/** The same number in every run. Two `None`s need not be, two unknowns never are. */
export const provablyEqual = (a: Dim, b: Dim): boolean => isSize(a) && isSize(b) && sameSize(a, b);

/** Says the same of a size: provably equal, or both `None`. An unknown says nothing, so it is the same as nothing. */
export const sameDim = (a: Dim, b: Dim): boolean => (a === NONE && b === NONE) || provablyEqual(a, b);

/**
 * Different in every run: the difference cannot be zero, by its sign or because no multiple of 2, 3, … is that
 * constant.
 */
export function provablyDifferent(a: Dim, b: Dim): boolean {
  if (!isSize(a) || !isSize(b)) return false;
  if (typeof a === "number" && typeof b === "number") return a !== b;
  const difference = subtract(a, b);
  if (typeof difference === "number") return difference !== 0 && !Number.isNaN(difference);
  const { low, high } = boundsOf(difference);
  if (low > 0 || high < 0) return true;
  const constant = difference.terms.find((term) => term.key === "")?.coefficient ?? 0;
  return constant % contentOf(difference.terms.filter((term) => term.key !== "")).coefficient !== 0;
}

export const provablyPositive = (dim: Dim): boolean => isSize(dim) && boundsOf(dim).low > 0;
export const provablyNegative = (dim: Dim): boolean => isSize(dim) && boundsOf(dim).high < 0;
/** Certainly `a < b`. */
export const provablyLess = (a: Dim, b: Dim): boolean =>
  isWhole(a) && isWhole(b) ? a < b : provablyNegative(minus(a, b));
/** Nearly every size is. */
const isWhole = (dim: Dim): dim is number => typeof dim === "number" && Math.abs(dim) < 2 ** 52 && dim % 1 === 0;

/** False only where `a` certainly does not divide `b`. Zero divides only zero. */
export const mayDivide = (a: Dim, b: Dim): boolean =>
  a === 0 ? !provablyDifferent(b, 0) : !provablyDifferent(modulo(b, a), 0);

/** The least claim that covers both. */
export const join = (a: Dim, b: Dim): Dim => {
  if (identical(a, b)) return a;
  if (isUnknown(a)) return derived(a);
  return isUnknown(b) ? derived(b) : unknown(`either ${printDim(a)} or ${printDim(b)}`);
};

export function product(dims: Iterable<Dim>): Dim {
  let result: Dim = 1;
  for (const dim of dims) result = times(result, dim);
  return result;
}

// ---- substitution and printing
// ---------------------------------------------------------------------------------------

const operations = { floorDivide, modulo, minimum, maximum };

/**
 * Puts dims in the place of symbols, by the symbols' ids (their names, unless an id was given), and simplifies again.
 */
export function substitute(dim: Dim, values: ReadonlyMap<string, Dim>): Dim {
  if (!isPoly(dim)) return dim;
  const atom = (it: Atom): Dim => {
    if (it.kind === "symbol") return values.get(it.id) ?? atomSize(it);
    return it.operands.map((operand) => substitute(operand, values)).reduce(operations[it.kind]);
  };
  const power = (base: Dim, exponent: number): Dim => product(Array<Dim>(exponent).fill(base));
  return dim.terms
    .map(({ coefficient, factors }) => times(coefficient, product(factors.map((f) => power(atom(f.atom), f.power)))))
    .reduce(plus, 0);
}

/** As Python would write it: `5`, `None`, `filters * 2`, `n // 2 + 1`; `?` for an unknown. */
export const printDim = (dim: Dim): string => {
  if (dim === NONE) return "None";
  return isUnknown(dim) ? "?" : printSize(dim);
};
