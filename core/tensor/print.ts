import type { Factor, Size, Term } from "./polynomial.ts";

const PYTHON = { floorDivide: "//", modulo: "%", minimum: "min", maximum: "max" } as const;

const degree = (term: Term): number => term.factors.reduce((sum, { power }) => sum + power, 0);

/** An operand of `//` or `%`: a sum is bracketed; on the right a product too, since both associate to the left. */
function operand(size: Size, side: "left" | "right"): string {
  const text = printSize(size);
  if (typeof size === "number") return size < 0 ? `(${text})` : text;
  const [term] = size.terms;
  const single = size.terms.length === 1 && term !== undefined && term.coefficient > 0;
  const bare = single && (side === "left" || (term.coefficient === 1 && /^[^\s()]+$/.test(text)));
  return bare ? text : `(${text})`;
}

/** One factor; `leads` where nothing stands before it in its product, so that `//` and `%` need no brackets. */
function printFactor({ atom, power }: Factor, leads: boolean): string {
  const raised = (text: string) => (power === 1 ? text : `${text} ** ${power}`);
  if (atom.kind === "symbol") return raised(atom.name);
  if (atom.kind === "minimum" || atom.kind === "maximum")
    return raised(`${PYTHON[atom.kind]}(${atom.operands.map(printSize).join(", ")})`);
  const [a = 0, b = 1] = atom.operands;
  const text = `${operand(a, "left")} ${PYTHON[atom.kind]} ${operand(b, "right")}`;
  return leads && power === 1 ? text : raised(`(${text})`);
}

/** The absolute value of a term. Symbols come first, then operations, the number last: `filters * 2`. */
function printTerm({ coefficient, factors }: Term, negated = false): string {
  const ordered = factors
    .map((factor) => ({ factor, text: printFactor(factor, false) }))
    .sort((x, y) => rank(x.factor) - rank(y.factor) || (x.text < y.text ? -1 : 1))
    .map(({ factor }, i) => printFactor(factor, i === 0 && !negated));
  const size = Math.abs(coefficient);
  if (ordered.length === 0) return String(size);
  return size === 1 ? ordered.join(" * ") : [...ordered, String(size)].join(" * ");
}
const rank = (factor: Factor): number => (factor.atom.kind === "symbol" ? 0 : 1);

/** Higher powers first, then by name, the constant last; a positive term leads where there is one: `1 - n`. */
export function printSize(size: Size): string {
  if (typeof size === "number") return String(size);
  const terms = size.terms
    .map((term) => ({ term, text: printTerm(term) }))
    .sort((x, y) => degree(y.term) - degree(x.term) || (x.text < y.text ? -1 : 1));
  const lead = terms.findIndex(({ term }) => term.coefficient > 0);
  if (lead > 0) terms.unshift(...terms.splice(lead, 1));
  return terms
    .map(({ term, text }, i) => {
      if (i > 0) return `${term.coefficient < 0 ? " - " : " + "}${text}`;
      // A minus in front binds tighter than `//`: -(n // 2).
      return term.coefficient < 0 ? `-${printTerm(term, true)}` : text;
    })
    .join("");
}
