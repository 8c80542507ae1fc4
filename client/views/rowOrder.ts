import type { ForwardRow } from "../../server/protocol/messages.ts";

/** What a column sorts by; rows where it is undefined stand last, whichever way. */
export type SortKey = (row: ForwardRow) => number | string | undefined;
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** The rows that have these words in their name or type, each word somewhere, in the order of a column. */
export function arranged(
  rows: readonly ForwardRow[],
  filter: string,
  key: SortKey | undefined,
  descending: boolean,
): readonly ForwardRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ name, type }) => {
    const text = `${name} ${type}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (key === undefined) return found;
  const sign = descending ? -1 : 1;
  return found.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x < y ? -1 : x > y ? 1 : 0) || a.index - b.index;
  });
}

/** A click on a column: numbers from the highest down, words from the first; then the other way; then as it ran. */
export function nextSorting(now: Sorting | undefined, column: number, isText: boolean): Sorting | undefined {
  if (now?.column !== column) return { column, descending: !isText };
  return now.descending === isText ? undefined : { column, descending: isText };
}

export type Mark = "slowest" | "largest output" | "first NaN" | "first infinity";

/** What stands out among the layers themselves: what is made of others has their time and memory. */
export function marksOf(rows: readonly ForwardRow[]): ReadonlyMap<number, readonly Mark[]> {
  const leaves = rows.filter((row, i) => (rows[i + 1]?.depth ?? 0) <= row.depth);
  const marks = new Map<number, readonly Mark[]>();
  const mark = (row: ForwardRow | undefined, what: Mark): void => {
    if (row !== undefined) marks.set(row.index, [...(marks.get(row.index) ?? []), what]);
  };
  if (leaves.length > 2) {
    mark(
      highest(leaves, ({ time }) => time),
      "slowest",
    );
    mark(
      highest(leaves, ({ bytes }) => bytes),
      "largest output",
    );
  }
  const bad = leaves.find(({ statistics: s }) => s !== undefined && s.nan + s.infinite > 0);
  mark(bad, (bad?.statistics?.nan ?? 0) > 0 ? "first NaN" : "first infinity");
  return marks;
}

function highest(rows: readonly ForwardRow[], of: (row: ForwardRow) => number | undefined): ForwardRow | undefined {
  const [first, ...others] = rows.filter((row) => (of(row) ?? 0) > 0);
  return others.reduce((most, row) => ((of(row) ?? 0) > ((most && of(most)) || 0) ? row : most), first);
}
