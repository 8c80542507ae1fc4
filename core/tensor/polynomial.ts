/**
 * Integer polynomials over sizes, in normal form: what `Dim` computes with.
 *
 * A `Size` is a number or a `Poly`. Two sizes in normal form are the same polynomial exactly when their keys are the
 * same string, so equality is cheap. `NaN` stands for a number past 2^53, where doubles stop being integers; it absorbs
 * everything, and `dim.ts` turns it into an unknown.
 */
export type Size = number | Poly;

/** What a term multiplies: a named symbol, or an operation that has no polynomial form. Atoms are integers. */
export type Atom = SymbolAtom | OperationAtom;
export interface SymbolAtom {
  readonly kind: "symbol";
  readonly key: string;
  readonly name: string;
  /** Tells symbols of one name apart. */
  readonly id: string;
  readonly min: number;
}
export type Operation = "floorDivide" | "modulo" | "minimum" | "maximum";
export interface OperationAtom {
  readonly kind: Operation;
  readonly key: string;
  readonly operands: readonly Size[];
}

export interface Factor {
  readonly atom: Atom;
  readonly power: number;
}
/** `coefficient · factor · factor …`; no factor twice; the constant term has no factors and the empty key. */
export interface Term {
  readonly key: string;
  readonly coefficient: number;
  readonly factors: readonly Factor[];
}

/** A polynomial that is not a constant: a constant always collapses to its number. */
export class Poly {
  readonly terms: readonly Term[];
  readonly key: string;
  constructor(terms: readonly Term[]) {
    this.terms = terms;
    this.key = terms.map((term) => `${term.coefficient}${term.key && `*${term.key}`}`).join("+");
  }
}

/** Larger than any shape arithmetic met in practice; a bound on work, past which a size counts as too large. */
const MAX_TERMS = 64;
const MAX_KEY_LENGTH = 2000;
const MAX_POWER = 16;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const safe = (value: number): number => (Number.isSafeInteger(value) ? value + 0 : Number.NaN);
export const keyOf = (size: Size): string => (typeof size === "number" ? String(size) : size.key);
export const sameSize = (a: Size, b: Size): boolean => keyOf(a) === keyOf(b) && !Number.isNaN(a);

export const symbolAtom = (name: string, id: string, min: number): SymbolAtom => ({
  kind: "symbol",
  key: `${JSON.stringify(id === name ? [name] : [name, id])}${min === 0 ? "" : `≥${min}`}`,
  name,
  id,
  min,
});
const operationAtom = (kind: Operation, operands: readonly Size[]): OperationAtom => ({
  kind,
  key: `${kind}(${operands.map(keyOf).join(",")})`,
  operands,
});

const makeTerm = (coefficient: number, factors: readonly Factor[]): Term => ({
  key: factors.map(({ atom, power }) => (power === 1 ? atom.key : `${atom.key}^${power}`)).join("*"),
  coefficient,
  factors,
});
export const atomSize = (atom: Atom): Size => new Poly([makeTerm(1, [{ atom, power: 1 }])]);

/** An operation that no rewrite could simplify. */
export function operation(kind: Operation, operands: readonly Size[]): Size {
  if (operands.some(Number.isNaN)) return Number.NaN;
  const atom = operationAtom(kind, operands);
  return atom.key.length > MAX_KEY_LENGTH ? Number.NaN : atomSize(atom);
}

export const termsOf = (size: Size): readonly Term[] =>
  typeof size !== "number" ? size.terms : size === 0 ? [] : [makeTerm(size, [])];

/** The constant term. */
export const constantOf = (size: Size): number =>
  typeof size === "number" ? size : (size.terms.find((term) => term.key === "")?.coefficient ?? 0);

/** Normal form: like terms added, zeros dropped, ordered by key, a lone constant collapsed. */
export function fromTerms(terms: Iterable<Term>): Size {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const coefficient = safe(term.coefficient + (sums.get(term.key)?.coefficient ?? 0));
    if (Number.isNaN(coefficient)) return Number.NaN;
    sums.set(term.key, { ...term, coefficient });
  }
  const kept = [...sums.values()].filter((term) => term.coefficient !== 0);
  if (kept.length > MAX_TERMS) return Number.NaN;
  if (kept.every((term) => term.key === "")) return kept[0]?.coefficient ?? 0;
  const poly = new Poly(kept.sort((a, b) => compareText(a.key, b.key)));
  return poly.key.length > MAX_KEY_LENGTH ? Number.NaN : poly;
}

export function add(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return safe(a + b);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return fromTerms([...termsOf(a), ...termsOf(b)]);
}
export const negated = (a: Size): Size => multiply(a, -1);
export const subtract = (a: Size, b: Size): Size => add(a, negated(b));

function multiplyTerms(a: Term, b: Term): Term {
  const powers = new Map<string, Factor>(a.factors.map((factor) => [factor.atom.key, factor]));
  for (const { atom, power } of b.factors)
    powers.set(atom.key, { atom, power: power + (powers.get(atom.key)?.power ?? 0) });
  const factors = [...powers.values()].sort((x, y) => compareText(x.atom.key, y.atom.key));
  const tooHigh = factors.some(({ power }) => power > MAX_POWER);
  return makeTerm(tooHigh ? Number.NaN : safe(a.coefficient * b.coefficient), factors);
}
export function multiply(a: Size, b: Size): Size {
  if (typeof a === "number" && typeof b === "number") return safe(a * b);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  return fromTerms(termsOf(a).flatMap((left) => termsOf(b).map((right) => multiplyTerms(left, right))));
}

/** `a / b` as a term; nothing where `b` does not divide it with whole coefficients. */
export function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const powers = new Map(a.factors.map((factor) => [factor.atom.key, factor]));
  for (const { atom, power } of b.factors) {
    const left = (powers.get(atom.key)?.power ?? 0) - power;
    if (left < 0) return undefined;
    if (left === 0) powers.delete(atom.key);
    else powers.set(atom.key, { atom, power: left });
  }
  return makeTerm(a.coefficient / b.coefficient, [...powers.values()]);
}

/** The product of the coefficients' greatest common divisor and of the atoms that every term has. */
export function contentOf(terms: readonly Term[]): Term {
  const [first, ...rest] = terms;
  if (!first) return makeTerm(1, []);
  let shared = first.factors;
  for (const { factors } of rest)
    shared = shared.flatMap(({ atom, power }) => {
      const other = factors.find((factor) => factor.atom.key === atom.key);
      return other ? [{ atom, power: Math.min(power, other.power) }] : [];
    });
  return makeTerm(
    terms.reduce((divisor, term) => greatestCommonDivisor(divisor, term.coefficient), 0),
    shared,
  );
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** ⌊a / b⌋ for whole numbers, `b` ≠ 0; exact where `Math.floor(a / b)` would round. */
export function floorQuotient(a: number, b: number): number {
  const rest = a % b;
  return (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0) + 0;
}
/** Python's `a % b`: the sign of `b`. */
export const floorRemainder = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
};
