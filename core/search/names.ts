import type { Argument, Expression } from "../python/syntax.ts";
import type { Clue, Move, Moves, Variable } from "./site.ts";

/** Another variable: one that holds the number which is wanted, that nothing reads, or whose name is a sister's. */
export const otherName: Moves = ({ node, around }, { clashes, variables }: Clue) => {
  if (node.kind !== "Name") return [];
  // What is called or asked for an attribute is rarely mistaken for another.
  const [holder, outer] = around;
  if (holder?.kind === "Call" && holder.callee === node) return [];
  if (holder?.kind === "Subscript" && holder.object === node) return [];
  if (holder?.kind === "Attribute" && outer?.kind === "Call" && outer.callee === holder) return [];
  const own = variables.find((it) => it.name === node.name);
  const beside = new Set([holder].flatMap(namesBeside));
  return variables
    .filter((it) => !it.name.startsWith("_"))
    .flatMap((it): readonly Move[] => {
      const likelihood = own === undefined || it === own || beside.has(it.name) ? 0 : likeness(own, it, clashes);
      return likelihood === 0 ? [] : [{ edits: [{ span: node.span, newText: it.name }], likelihood }];
    });
};

/** `[a, a]` and `f(y, y)` are hardly ever meant. */
function namesBeside(holder: Expression | Argument | undefined): readonly string[] {
  const items = holder?.kind === "Tuple" || holder?.kind === "List" ? holder.items : [];
  return items.flatMap((it) => (it.kind === "Name" ? [it.name] : []));
}

/** Of a size another size; of anything else what is called alike but for one part: `y_train` and `y_test`. */
function likeness(own: Variable, other: Variable, clashes: Clue["clashes"]): number {
  if (own.number !== undefined || own.isParameter) {
    if (other.number !== undefined)
      return clashes.some(([had, wanted]) => wanted === other.number && (own.number ?? had) === had) ? 0.8 : 0;
    if (other.isParameter && own.isParameter) return 0.5;
  }
  // What was made for nothing was made for here.
  if (other.isUnused && other.number === undefined) return 0.7;
  return isSister(own.name, other.name) ? 0.6 : 0;
}
/** Called alike but for one part. */
export function isSister(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  return a.length === b.length && a.length > 1 && a.filter((part, i) => part !== b[i]).length === 1;
}
/** `x_train` and `trainX` are of two parts. */
const partsOf = (name: string): readonly string[] => name.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
