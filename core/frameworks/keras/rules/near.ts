/** The name that was probably meant: as near as a slip of the hand, one letter in three at most. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 3));
  let best: { readonly it: string; readonly far: number } | undefined;
  for (const it of names) {
    if (Math.abs(it.length - name.length) > most) continue;
    const far = distance(name.toLowerCase(), it.toLowerCase());
    if (best === undefined || far < best.far) best = { it, far };
  }
  return best !== undefined && best.far <= most ? best.it : undefined;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (x === y ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
