/**
 * Floor division, modulo, minimum and maximum of sizes. Each rewrite is an identity of the integers, named, and tried
 * in order; what none of them simplifies becomes an atom. Where a divisor could be zero a rewrite that needs it
 * non-zero is not used. `undefined` from a rewrite: it does not apply.
 */
import { boundsOf, isAtMost, isNonZero, isPositive } from "./bounds.ts";
import {
  add,
  atomSize,
  constantOf,
  contentOf,
  divideTerm,
  floorQuotient,
  floorRemainder,
  fromTerms,
  keyOf,
  multiply,
  negated,
  type Operation,
  operation,
  type Size,
  sameSize,
  subtract,
  type Term,
  termsOf,
} from "./polynomial.ts";

type Rewrite = (a: Size, b: Size) => Size | undefined;

const firstOf = (rewrites: readonly Rewrite[], kind: Operation, a: Size, b: Size): Size => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  for (const rewrite of rewrites) {
    const result = rewrite(a, b);
    if (result !== undefined) return result;
  }
  return operation(kind, [a, b]);
};

/**
 * a = q·b + r, `q` taking whole multiples term by term: of a number as ⌊c / b⌋, of a symbolic term where it divides.
 */
function split(a: Size, b: Size): { readonly quotient: Size; readonly rest: Size } {
  const quotients: Term[] = [];
  const rests: Term[] = [];
  const [divisor, ...others] = termsOf(b);
  for (const term of termsOf(a)) {
    if (typeof b === "number") {
      quotients.push({ ...term, coefficient: floorQuotient(term.coefficient, b) });
      rests.push({ ...term, coefficient: floorRemainder(term.coefficient, b) });
    } else {
      const quotient = divisor && others.length === 0 ? divideTerm(term, divisor) : undefined;
      if (quotient) quotients.push(quotient);
      else rests.push(term);
    }
  }
  return { quotient: fromTerms(quotients), rest: fromTerms(rests) };
}

/** a = q·b exactly, by long division of polynomials. The bound is on steps: a division that works needs few. */
function exactQuotient(a: Size, b: Size): Size | undefined {
  const lead = leadingTerm(b);
  let quotient: Size = 0;
  let rest = a;
  for (let step = 0; lead && step < 16; step++) {
    if (rest === 0) return quotient;
    const top = leadingTerm(rest);
    const part = top && divideTerm(top, lead);
    if (!part) return undefined;
    quotient = add(quotient, fromTerms([part]));
    rest = subtract(rest, multiply(fromTerms([part]), b));
    if (Number.isNaN(rest)) return undefined;
  }
  return undefined;
}
const degree = (term: Term): number => term.factors.reduce((sum, { power }) => sum + power, 0);
function leadingTerm(size: Size): Term | undefined {
  let lead: Term | undefined;
  for (const term of termsOf(size))
    if (!lead || degree(term) > degree(lead) || (degree(term) === degree(lead) && term.key < lead.key)) lead = term;
  return lead;
}

interface Common {
  readonly factor: Size;
  /** The number in the factor: positive. */
  readonly number: number;
  readonly a: Size;
  readonly constant: number;
  readonly b: Size;
}
/** a = g·x + c and b = g·y for a common factor g ≠ 0; with a constant c beside symbols, g is a number. */
function commonFactor(a: Size, b: Size): Common | undefined {
  const constant = constantOf(a);
  const withoutConstant = termsOf(a).filter((term) => term.key !== "");
  const content = contentOf([...withoutConstant, ...termsOf(b)]);
  const common: Term = constant === 0 ? content : { key: "", coefficient: content.coefficient, factors: [] };
  if (common.coefficient === 1 && common.factors.length === 0) return undefined;
  const factor = fromTerms([common]);
  if (!isNonZero(factor) || (constant % common.coefficient !== 0 && !isPositive(b))) return undefined;
  const by = (terms: readonly Term[]) => fromTerms(terms.flatMap((term) => divideTerm(term, common) ?? []));
  return { factor, number: common.coefficient, a: by(withoutConstant), constant, b: by(termsOf(b)) };
}

// ---- floor division
// --------------------------------------------------------------------------------------------------

const floorDivideRewrites: readonly Rewrite[] = [
  /** 7 // 2 → 3 */
  function ofNumbers(a, b) {
    return typeof a === "number" && typeof b === "number" ? floorQuotient(a, b) : undefined;
  },
  /** a // 1 → a */
  function byOne(a, b) {
    return b === 1 ? a : undefined;
  },
  /** a // −k → (−a) // k */
  function byNegative(a, b) {
    return typeof b === "number" && b < 0 ? floorDivide(negated(a), -b) : undefined;
  },
  /** 0 // b → 0 and a // b → 0 for 0 ≤ a < b */
  function ofSmaller(a, b) {
    if (a === 0 && isNonZero(b)) return 0;
    return boundsOf(a).low >= 0 && isPositive(subtract(b, a)) ? 0 : undefined;
  },
  /** (a·b) // b → a, for any polynomial b that is not zero */
  function ofMultiple(a, b) {
    return typeof b !== "number" && isNonZero(b) ? exactQuotient(a, b) : undefined;
  },
  /** (q·b + r) // b → q + r // b */
  function ofSum(a, b) {
    if (!isNonZero(b)) return undefined;
    const { quotient, rest } = split(a, b);
    return sameSize(rest, a) ? undefined : add(quotient, floorDivide(rest, b));
  },
  /** (g·x + c) // (g·y) → (x + c // g) // y; y > 0 unless g divides c */
  function byCommonFactor(a, b) {
    const common = commonFactor(a, b);
    return common && floorDivide(add(common.a, floorQuotient(common.constant, common.number)), common.b);
  },
  /** (x // a + c) // b → (x + c·a) // (a·b), b > 0 */
  function ofQuotient(a, b) {
    if (!isPositive(b)) return undefined;
    for (const term of termsOf(a)) {
      const [factor, ...others] = term.factors;
      if (factor?.atom.kind !== "floorDivide" || factor.power !== 1 || others.length > 0) continue;
      const [x, divisor] = factor.atom.operands;
      if (term.coefficient !== 1 || x === undefined || divisor === undefined) continue;
      const rest = subtract(a, atomSize(factor.atom));
      return floorDivide(add(x, multiply(rest, divisor)), multiply(divisor, b));
    }
    return undefined;
  },
];

/** ⌊a / b⌋, Python's `a // b`. `b` is not the number 0. */
export const floorDivide = (a: Size, b: Size): Size => firstOf(floorDivideRewrites, "floorDivide", a, b);

// ---- modulo
// ----------------------------------------------------------------------------------------------------------

const moduloRewrites: readonly Rewrite[] = [
  /** 7 % 4 → 3 */
  function ofNumbers(a, b) {
    return typeof a === "number" && typeof b === "number" ? floorRemainder(a, b) : undefined;
  },
  /** a % −k → −((−a) % k) */
  function byNegative(a, b) {
    return typeof b === "number" && b < 0 ? negated(modulo(negated(a), -b)) : undefined;
  },
  /** a % b → a for 0 ≤ a < b */
  function ofSmaller(a, b) {
    return boundsOf(a).low >= 0 && isPositive(subtract(b, a)) ? a : undefined;
  },
  /** (a·b) % b → 0, for any polynomial b that is not zero */
  function ofMultiple(a, b) {
    return isNonZero(b) && exactQuotient(a, b) !== undefined ? 0 : undefined;
  },
  /** (q·b + r) % b → r % b; with b = 1 everything goes */
  function ofSum(a, b) {
    if (!isNonZero(b)) return undefined;
    const { rest } = split(a, b);
    return sameSize(rest, a) ? undefined : modulo(rest, b);
  },
  /** (g·x + c) % (g·y) → g·((x + c // g) % y) + c % g; y > 0 unless g divides c */
  function byCommonFactor(a, b) {
    const common = commonFactor(a, b);
    if (!common) return undefined;
    const reduced = modulo(add(common.a, floorQuotient(common.constant, common.number)), common.b);
    return add(multiply(common.factor, reduced), floorRemainder(common.constant, common.number));
  },
  /** (x % (k·b)) % b → x % b */
  function ofRemainder(a, b) {
    const [term, ...others] = termsOf(a);
    const [factor] = term?.factors ?? [];
    if (!factor || others.length > 0 || factor.atom.kind !== "modulo" || !sameSize(a, atomSize(factor.atom)))
      return undefined;
    const [x, divisor] = factor.atom.operands;
    if (x === undefined || divisor === undefined || !isNonZero(b)) return undefined;
    return exactQuotient(divisor, b) === undefined ? undefined : modulo(x, b);
  },
];

/** Python's `a % b`, with the sign of `b`. `b` is not the number 0. */
export const modulo = (a: Size, b: Size): Size => firstOf(moduloRewrites, "modulo", a, b);

// ---- minimum and maximum
// ---------------------------------------------------------------------------------------------

/** min(a, min(b, c)) → min(a, b, c) */
const flattened = (kind: Operation, size: Size): readonly Size[] => {
  const [term, ...others] = termsOf(size);
  const atom = term?.factors[0]?.atom;
  const alone = atom && others.length === 0 && sameSize(size, atomSize(atom));
  return alone && atom.kind === kind ? atom.operands : [size];
};

/** min(a, a) → a, min(a, a + 1) → a: an operand goes where another is provably at least as good. */
function extreme(kind: "minimum" | "maximum", a: Size, b: Size): Size {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const sign = kind === "minimum" ? 1 : -1;
  const kept: Size[] = [];
  for (const size of [...flattened(kind, a), ...flattened(kind, b)]) {
    const beats = (x: Size, y: Size) => isAtMost(multiply(sign, subtract(x, y)));
    if (kept.some((other) => beats(other, size))) continue;
    for (let i = kept.length - 1; i >= 0; i--) {
      const other = kept[i];
      if (other !== undefined && beats(size, other)) kept.splice(i, 1);
    }
    kept.push(size);
  }
  const [only, ...more] = kept.sort((x, y) => (keyOf(x) < keyOf(y) ? -1 : 1));
  return more.length === 0 && only !== undefined ? only : operation(kind, kept);
}
export const minimum = (a: Size, b: Size): Size => extreme("minimum", a, b);
export const maximum = (a: Size, b: Size): Size => extreme("maximum", a, b);
