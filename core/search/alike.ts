import type { Argument, Expression, Subscript } from "../python/syntax.ts";
import type { Move, Moves } from "./site.ts";

/** As its neighbour is made: `[a[:100], b]` to `[a[:100], b[:100]]`. */
export const asNeighbour: Moves = ({ node, around: [holder, ...outer] }, { text }) => {
  if (node.kind !== "Name") return [];
  const found = new Map<string, Move>();
  for (const other of neighboursOf(node, holder, outer)) {
    if (other.kind !== "Subscript" || other.object.kind !== "Name" || !isCut(other)) continue;
    const { name, span } = other.object;
    if (name === node.name) continue;
    const newText = text.slice(span.end, other.span.end);
    const at = { start: node.span.end, end: node.span.end };
    found.set(newText, { edits: [{ span: at, newText }], likelihood: 1, isEvident: true });
  }
  return [...found.values()];
};

/** `a[:100]`, `a[:, 1:]`: some of it. A single item is picked for its own sake. */
const isCut = ({ index }: Subscript): boolean =>
  index.kind === "Slice" || (index.kind === "Tuple" && index.items.some(({ kind }) => kind === "Slice"));

/** What stands in one list, or is given to one call, with it; also where it is in a list that is given beside it. */
function neighboursOf(
  node: Expression,
  holder: Expression | Argument | undefined,
  outer: readonly (Expression | Argument)[],
): readonly Expression[] {
  if (holder?.kind === "Tuple" || holder?.kind === "List") return holder.items;
  const [call] = outer;
  if (holder === undefined || !("value" in holder) || holder.value !== node || call?.kind !== "Call") return [];
  return call.args.flatMap(({ value }) => (value.kind === "List" || value.kind === "Tuple" ? value.items : [value]));
}
