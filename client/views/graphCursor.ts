import type { CodePlace, PlacedNode, Position } from "../../server/protocol/messages.ts";
import { heightOf, holds, isOnLine } from "./range.ts";

/** The nodes that a cursor is at: those made there, else on its line, else those that the line calls or leads to. */
export function nodesAt(nodes: readonly PlacedNode[], uri: string, at: Position): readonly string[] {
  const spots = (it: PlacedNode): readonly CodePlace[] => (it.spot === undefined ? [] : [it.spot]);
  const ways: readonly [(it: PlacedNode) => readonly CodePlace[], (spot: CodePlace, at: Position) => boolean][] = [
    [spots, holds],
    [spots, isOnLine],
    [({ around }) => around, holds],
    [({ around }) => around, isOnLine],
  ];
  for (const [of, fits] of ways) {
    const found = nodes.flatMap((node) =>
      of(node)
        .filter((spot) => spot.uri === uri && fits(spot, at))
        .map((spot) => ({ id: node.id, lines: heightOf(spot) })),
    );
    // A layer that is made inside another's call stands nearer.
    const least = Math.min(...found.map((it) => it.lines));
    if (found.length > 0) return [...new Set(found.filter((it) => it.lines === least).map(({ id }) => id))];
  }
  return [];
}
