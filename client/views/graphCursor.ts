import type { PlacedNode, Position, Spot } from "../../server/protocol/messages.ts";

const isIn = ({ range: { start, end } }: Spot, { line, character }: Position): boolean =>
  (line > start.line || (line === start.line && character >= start.character)) &&
  (line < end.line || (line === end.line && character <= end.character));
const isOnLine = ({ range }: Spot, { line }: Position): boolean => range.start.line <= line && line <= range.end.line;
const lines = ({ range }: Spot): number => range.end.line - range.start.line;

/** The nodes that a cursor is at: those made there, else on its line, else those that the line calls or leads to. */
export function nodesAt(nodes: readonly PlacedNode[], uri: string, at: Position): readonly string[] {
  const spots = (it: PlacedNode): readonly Spot[] => (it.spot === undefined ? [] : [it.spot]);
  const ways: readonly [(it: PlacedNode) => readonly Spot[], (spot: Spot, at: Position) => boolean][] = [
    [spots, isIn],
    [spots, isOnLine],
    [({ around }) => around, isIn],
    [({ around }) => around, isOnLine],
  ];
  for (const [of, fits] of ways) {
    const found = nodes.flatMap((node) =>
      of(node)
        .filter((spot) => spot.uri === uri && fits(spot, at))
        .map((spot) => ({ id: node.id, lines: lines(spot) })),
    );
    // A layer that is made inside another's call stands nearer.
    const least = Math.min(...found.map((it) => it.lines));
    if (found.length > 0) return [...new Set(found.filter((it) => it.lines === least).map(({ id }) => id))];
  }
  return [];
}
