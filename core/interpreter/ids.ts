/** A set of identities, in ascending order, each once: small, and neighbours in it are neighbours in the heap. */
export type Ids = readonly number[];

export function idsOf(all: readonly number[]): Ids {
  const ids: number[] = [];
  // A typed array is sorted by number, and at once.
  for (const id of new Int32Array(all).sort()) if (id !== ids.at(-1)) ids.push(id);
  return ids;
}

export function hasId(ids: Ids, id: number): boolean {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? id) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id;
}
