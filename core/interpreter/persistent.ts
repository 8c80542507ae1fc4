/**
 * An immutable map from small non-negative integers: a radix tree of 32-way nodes. A changed copy shares all but one
 * path with the original, so a snapshot is a reference, equality skips what is shared, and a join visits only what
 * differs. Of many changes in a row with no snapshot between them only the first copies a path (`edited`).
 */
const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** Keys of one leaf stand together. */
export const leafOf = (key: number): number => key >>> BITS;

/** The draft that it was made in, then what it holds. */
type Branch<V> = readonly [draft: number, ...(Branch<V> | V | undefined)[]];
type Open<V> = [draft: number, ...(Branch<V> | V | undefined)[]];
/** Of a node that no draft changes. */
const DONE = 0;

export class Persistent<V extends object> {
  private readonly root: Branch<V>;
  /** Bits above the leaf level; the tree holds keys below 2 ** (shift + 5). */
  private readonly shift: number;

  private constructor(root: Branch<V>, shift: number) {
    this.root = root;
    this.shift = shift;
  }

  static empty<V extends object>(): Persistent<V> {
    return new Persistent<V>([DONE], 0);
  }

  get(key: number): V | undefined {
    return this.leaf(key)?.[(key & MASK) + 1] as V | undefined;
  }

  /** Whether both maps hold the key, and its neighbours in its leaf, in the same object. */
  sharesLeaf(other: Persistent<V>, key: number): boolean {
    return this.leaf(key) === other.leaf(key);
  }
  private leaf(key: number): Branch<V> | undefined {
    if (key >>> this.shift >= WIDTH) return undefined;
    let node: Branch<V> | undefined = this.root;
    for (let shift = this.shift; shift > 0 && node !== undefined; shift -= BITS)
      node = node[((key >>> shift) & MASK) + 1] as Branch<V> | undefined;
    return node;
  }

  set(key: number, value: V | undefined): Persistent<V> {
    return this.edited(key, value, DONE);
  }

  /**
   * The same, where what was made in this draft is changed in place: nobody else may hold it. Drafts are numbered from
   * 1, and one that somebody has taken a snapshot of is never gone on with.
   */
  edited(key: number, value: V | undefined, draft: number): Persistent<V> {
    if (this.get(key) === value) return this;
    let { root, shift } = this;
    while (key >>> shift >= WIDTH) {
      root = [draft, root];
      shift += BITS;
    }
    const made = replaced(root, shift, key, value, draft);
    return made === this.root ? this : new Persistent(made, shift);
  }

  /**
   * This map with everything that `changed` has otherwise than `base`. What only one of them changed is taken over as
   * it is, a subtree at a time.
   */
  grafted(base: Persistent<V>, changed: Persistent<V>): Persistent<V> {
    const shift = Math.max(this.shift, base.shift, changed.shift);
    const rootOf = (map: Persistent<V>) => raised(map.root, map.shift, shift);
    return new Persistent(graft(rootOf(this), rootOf(base), rootOf(changed), shift), shift);
  }

  /**
   * Visits each key whose values are not the same object in both maps. Stops, and says true, when `visit` says true.
   */
  differs(other: Persistent<V>, visit: (key: number, mine: V | undefined, its: V | undefined) => boolean): boolean {
    const shift = Math.max(this.shift, other.shift);
    return branchesDiffer(
      raised(this.root, this.shift, shift),
      raised(other.root, other.shift, shift),
      shift,
      0,
      visit,
    );
  }
}

function replaced<V>(node: Branch<V>, shift: number, key: number, value: V | undefined, draft: number): Branch<V> {
  const own = openIn(node, draft);
  const index = ((key >>> shift) & MASK) + 1;
  while (own.length < index) own.push(undefined);
  if (shift === 0) own[index] = value;
  else {
    const inner = (own[index] as Branch<V> | undefined) ?? [draft];
    own[index] = replaced(inner, shift - BITS, key, value, draft);
  }
  return own;
}
/** The node itself where it is of this draft, or else a copy that is. */
function openIn<V>(node: Branch<V>, draft: number): Open<V> {
  if (draft !== DONE && node[0] === draft) return node as Open<V>;
  const copy = node.slice() as Open<V>;
  copy[0] = draft;
  return copy;
}

function raised<V>(root: Branch<V>, from: number, to: number): Branch<V> {
  let node = root;
  for (let shift = from; shift < to; shift += BITS) node = [DONE, node];
  return node;
}

const NOTHING: Branch<never> = [DONE];

function graft<V>(onto: Branch<V>, base: Branch<V>, changed: Branch<V>, shift: number): Branch<V> {
  if (changed === base || changed === onto) return onto;
  if (onto === base) return changed;
  const copy = openIn(onto, DONE);
  for (let i = 1, n = Math.max(base.length, changed.length); i < n; i++) {
    const its = changed[i];
    if (its === base[i]) continue;
    while (copy.length < i) copy.push(undefined);
    copy[i] =
      shift === 0
        ? its
        : graft(
            (copy[i] as Branch<V>) ?? NOTHING,
            (base[i] as Branch<V>) ?? NOTHING,
            (its as Branch<V>) ?? NOTHING,
            shift - BITS,
          );
  }
  return copy;
}

function branchesDiffer<V>(
  a: Branch<V>,
  b: Branch<V>,
  shift: number,
  prefix: number,
  visit: (key: number, mine: V | undefined, its: V | undefined) => boolean,
): boolean {
  if (a === b) return false;
  for (let i = 1, n = Math.max(a.length, b.length); i < n; i++) {
    const mine = a[i];
    const its = b[i];
    if (mine === its) continue;
    const key = prefix + (i - 1) * 2 ** shift;
    const stop =
      shift === 0
        ? visit(key, mine as V | undefined, its as V | undefined)
        : branchesDiffer((mine as Branch<V>) ?? NOTHING, (its as Branch<V>) ?? NOTHING, shift - BITS, key, visit);
    if (stop) return true;
  }
  return false;
}
