/**
 * The same piece of tree with every span moved. An `except` clause and a `case` are read alone and their spans counted
 * from their own line, but they belong to the statement that holds them. Ids stay: it is the same text.
 */
export function shifted<T>(piece: T, by: number): T {
  return by === 0 ? piece : (shift(piece, by) as T); // shift keeps every property, and spans stay spans
}

function shift(piece: unknown, by: number): unknown {
  if (Array.isArray(piece)) return piece.map((item) => shift(item, by));
  if (typeof piece !== "object" || piece === null) return piece;
  const { start, end } = piece as { start?: unknown; end?: unknown };
  if (typeof start === "number" && typeof end === "number") return { start: start + by, end: end + by };
  return Object.fromEntries(Object.entries(piece).map(([key, value]) => [key, shift(value, by)]));
}
