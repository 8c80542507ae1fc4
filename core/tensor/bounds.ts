import { type Atom, floorQuotient, type Size } from "./polynomial.ts";

/** Every value that a size can take lies between these, ends included; ±Infinity where nothing is known. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

const ANY: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Rounds outwards where doubles stop being exact, so that a bound never claims too much. */
function outwards(low: number, high: number): Bounds {
  const limit = Number.MAX_SAFE_INTEGER;
  return {
    low: low < -limit ? Number.NEGATIVE_INFINITY : Math.min(low, limit),
    high: high > limit ? Number.POSITIVE_INFINITY : Math.max(high, -limit),
  };
}

/** 0 · ∞ = 0: an end at infinity is only ever approached. */
const end = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

function timesBounds(a: Bounds, b: Bounds): Bounds {
  const ends = [end(a.low, b.low), end(a.low, b.high), end(a.high, b.low), end(a.high, b.high)];
  return outwards(Math.min(...ends), Math.max(...ends));
}

/** ⌊a / b⌋ with the ends at infinity. */
function quotientEnd(a: number, b: number): number {
  if (Number.isFinite(a) && Number.isFinite(b)) return floorQuotient(a, b);
  return Number.isFinite(a) ? (a < 0 ? -1 : 0) : a;
}
/** A size that may be zero divides nothing there, so only its values from 1 on count. */
function quotientBounds(a: Bounds, b: Bounds): Bounds {
  if (b.low < 0) return ANY;
  const smallest = Math.max(b.low, 1);
  return {
    low: quotientEnd(a.low, a.low < 0 ? smallest : b.high),
    high: quotientEnd(a.high, a.high < 0 ? b.high : smallest),
  };
}
function remainderBounds(a: Bounds, b: Bounds): Bounds {
  if (b.low < 0) return ANY;
  const high = Math.max(b.high, 1) - 1;
  return { low: 0, high: a.low >= 0 ? Math.min(a.high, high) : high };
}

function atomBounds(atom: Atom): Bounds {
  if (atom.kind === "symbol") return { low: atom.min, high: Number.POSITIVE_INFINITY };
  const operands = atom.operands.map(boundsOf);
  const [a = ANY, b = ANY] = operands;
  if (atom.kind === "floorDivide") return quotientBounds(a, b);
  if (atom.kind === "modulo") return remainderBounds(a, b);
  const pick = atom.kind === "minimum" ? Math.min : Math.max;
  return { low: pick(...operands.map((o) => o.low)), high: pick(...operands.map((o) => o.high)) };
}

/** Interval arithmetic, term by term: sound, not always tight. */
export function boundsOf(size: Size): Bounds {
  if (typeof size === "number") return Number.isNaN(size) ? ANY : { low: size, high: size };
  let sum: Bounds = { low: 0, high: 0 };
  for (const { coefficient, factors } of size.terms) {
    let term: Bounds = { low: coefficient, high: coefficient };
    for (const { atom, power } of factors) {
      const bounds = atomBounds(atom);
      for (let i = 0; i < power; i++) term = timesBounds(term, bounds);
    }
    sum = outwards(sum.low + term.low, sum.high + term.high);
  }
  return sum;
}

export const isPositive = (size: Size): boolean => boundsOf(size).low > 0;
export const isNegative = (size: Size): boolean => boundsOf(size).high < 0;
export const isNonZero = (size: Size): boolean => isPositive(size) || isNegative(size);
/** Is `a ≤ b`, whatever the symbols stand for? */
export const isAtMost = (difference: Size): boolean => boundsOf(difference).high <= 0;
