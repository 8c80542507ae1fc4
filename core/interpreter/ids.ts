/** A set of identities, in ascending order, each once: small, and neighbours in it are neighbours in the heap. */
export type Ids = readonly number[];

export function idsOf(all: readonly number[]): Ids {
  if (room.length < all.length) room = new Int32Array(2 * all.length);
  room.set(all);
  // A typed array is sorted by number, and at once.
  const sorted = room.subarray(0, all.length).sort();
  let count = 0;
  for (const id of sorted) if (count === 0 || id !== sorted[count - 1]) sorted[count++] = id;
  const ids = new Array<number>(count);
  for (let i = 0; i < count; i++) ids[i] = sorted[i] ?? 0;
  return ids;
}
let room = new Int32Array(1024);

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
