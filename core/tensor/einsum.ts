/**
 * The shape of `einsum`: equations with ellipsis, implicit output and repeated labels. Constraints: `one-arrow`,
 * `an-operand-per-term`, `labels-per-axis`, `one-ellipsis`, `output-labels-given`, `output-labels-once`,
 * `ellipsis-in-output`, `labelled-axes-equal`, `ellipsis-axes-broadcast`.
 *
 * Where libraries differ the answer is NumPy's, and a conflict what all of them reject when they run. Keras's symbolic
 * form checks less (labels that are summed, an ellipsis missing from the output) and counts blanks as labels. An axis
 * of size 1 stretches to the others of its label, as in NumPy and in Keras's symbolic form; TensorFlow wants them
 * equal.
 */
import { broadcastDims, broadcastShapes, provablyClash } from "./broadcast.ts";
import { type Conflict, conflict, type ShapeResult } from "./conflict.ts";
import { type Dim, printDim, provablyDifferent, unknown } from "./dim.ts";
import { type AnyShape, hasRank, printShape, Shape, unknownRank } from "./shape.ts";

const ELLIPSIS = "...";
interface Equation {
  readonly terms: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/** The labels of one term, an ellipsis among them as one. */
const labelsOf = (term: string): readonly string[] => term.match(/\.\.\.|./gsu) ?? [];
const isLabel = (label: string): boolean => label !== ELLIPSIS;

/** `ij,jk->ik` taken apart; without an arrow the output is the ellipsis, then the labels that occur once, in order. */
function parse(equation: string): Equation | Conflict {
  const [inputs = "", output, ...more] = equation.replace(/\s/g, "").split("->");
  if (more.length > 0) return conflict("one-arrow", equation);
  const terms = inputs.split(",").map(labelsOf);
  const given = terms.flat();
  const once = given.filter((label) => isLabel(label) && given.indexOf(label) === given.lastIndexOf(label));
  const implicit = [...(given.includes(ELLIPSIS) ? [ELLIPSIS] : []), ...once.sort()];
  const result = output === undefined ? implicit : labelsOf(output);
  for (const term of [...terms, result])
    if (term.indexOf(ELLIPSIS) !== term.lastIndexOf(ELLIPSIS)) return conflict("one-ellipsis", equation);
  const stray = result.find((label) => isLabel(label) && !given.includes(label));
  if (stray !== undefined) return conflict("output-labels-given", `${stray} in ${equation}`);
  if (new Set(result).size < result.length) return conflict("output-labels-once", equation);
  return { terms, output: result };
}

interface Bound {
  readonly sizes: ReadonlyMap<string, Dim>;
  readonly ellipses: readonly Shape[];
}

/** Gives the axes of one operand to its labels, and the rest to its ellipsis. */
function split(term: readonly string[], shape: Shape): { readonly pairs: [string, Dim][]; rest?: Shape } | Conflict {
  const at = term.indexOf(ELLIPSIS);
  const labels = term.filter(isLabel);
  if (at < 0 ? labels.length !== shape.rank : labels.length > shape.rank)
    return conflict("labels-per-axis", `${term.join("")} for ${printShape(shape)}`);
  const tail = at < 0 ? 0 : term.length - at - 1;
  const rest = shape.slice(labels.length - tail, shape.rank - tail);
  const pairs = labels.map((label, i): [string, Dim] => [
    label,
    shape.at(i < labels.length - tail ? i : i - labels.length),
  ]);
  return at < 0 ? { pairs } : { pairs, rest };
}

function bind({ terms }: Equation, shapes: readonly Shape[]): Bound | Conflict {
  const sizes = new Map<string, Dim>();
  const ellipses: Shape[] = [];
  for (const [i, shape] of shapes.entries()) {
    const part = split(terms[i] ?? [], shape);
    if ("conflict" in part) return part;
    if (part.rest) ellipses.push(part.rest);
    const own = new Map<string, Dim>();
    for (const [label, dim] of part.pairs) {
      const before = own.get(label);
      if (before !== undefined && provablyDifferent(before, dim)) return unequal(label, before, dim);
      own.set(label, dim);
      const other = sizes.get(label) ?? 1;
      if (provablyClash(other, dim)) return unequal(label, other, dim);
      sizes.set(label, broadcastDims(other, dim));
    }
  }
  return { sizes, ellipses };
}
const unequal = (label: string, a: Dim, b: Dim): Conflict =>
  conflict("labelled-axes-equal", `${label} is ${printDim(a)} and ${printDim(b)}`);

export function einsum(equation: string, shapes: readonly AnyShape[]): ShapeResult {
  const parsed = parse(equation);
  if ("conflict" in parsed) return parsed;
  if (parsed.terms.length !== shapes.length)
    return conflict("an-operand-per-term", `${parsed.terms.length} in ${equation}, ${shapes.length} given`);
  const known = shapes.filter(hasRank);
  const missing = shapes.find((shape) => !hasRank(shape));
  if (missing) return withoutRank(parsed, missing);
  const bound = bind(parsed, known);
  if ("conflict" in bound) return bound;
  const free = broadcastShapes(bound.ellipses);
  if ("conflict" in free) return conflict("ellipsis-axes-broadcast", shapes.map(printShape).join(" and "));
  if (!hasRank(free.shape)) return free.shape;
  if (!parsed.output.includes(ELLIPSIS) && free.shape.rank > 0) return conflict("ellipsis-in-output", equation);
  const rest = free.shape;
  return new Shape(parsed.output.flatMap((label) => (label === ELLIPSIS ? rest.dims : [bound.sizes.get(label) ?? 1])));
}

/** An operand of unknown rank: the equation alone still says how many axes come out, if it has no ellipsis. */
function withoutRank({ output }: Equation, missing: AnyShape): AnyShape {
  const reason = hasRank(missing) ? "" : missing.reason;
  return output.includes(ELLIPSIS) ? unknownRank(reason) : new Shape(output.map(() => unknown(reason)));
}
