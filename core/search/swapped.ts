import type { Expression } from "../python/syntax.ts";
import type { Move, Moves } from "./site.ts";

/** Two neighbours exchanged: of a pair, of a shape, of a call's arguments, of what a call's result is unpacked into. */
export const swapped: Moves = ({ node }, { text, isTurned }) => {
  if (node.kind === "Tuple" || node.kind === "List")
    return neighbours(node.items, text, isTurned ? 0.9 : 0.5, isTurned);
  if (node.kind !== "Call") return [];
  return neighbours(
    node.args.filter((it) => it.kind === "positional").map((it) => it.value),
    text,
    0.3,
    isTurned,
  );
};

function neighbours(
  items: readonly Expression[],
  text: string,
  likelihood: number,
  isEvident: boolean,
): readonly Move[] {
  if (items.length > 6) return [];
  const said = items.map(({ span }) => text.slice(span.start, span.end));
  return items.slice(1).flatMap((item, i): readonly Move[] => {
    const [before, a, b] = [items[i], said[i], said[i + 1]];
    if (before === undefined || a === undefined || b === undefined || a === b) return [];
    return [
      {
        edits: [
          { span: before.span, newText: b },
          { span: item.span, newText: a },
        ],
        likelihood,
        isEvident,
      },
    ];
  });
}
