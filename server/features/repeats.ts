import type { Graph, GraphEdge, GraphNode } from "./graph.ts";

/**
 * Finds parts of a model that follow each other and are built alike, such as a ResNet's blocks, and puts them into
 * nodes of their own. It goes by structure, never by names: what the nodes are, and which of them feeds which.
 */
export function withRepeats(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Pick<Graph, "nodes" | "edges"> {
  const tree = new Tree(nodes, edges);
  return { nodes: tree.folded(), edges };
}

/** One of the nodes that stand in one node, or several of them that were put together. */
interface Item {
  readonly node: GraphNode;
  readonly items: readonly Item[];
  /** Equal for what is equal, and for what is built alike. */
  readonly exact: string;
  readonly alike: string;
  /** Which items around it feed it, as places of the leaves of this list. */
  readonly sources: readonly number[];
  /** Its first leaf among those of the list, and how many it has. */
  readonly start: number;
  readonly length: number;
}
type Kind = "exact" | "alike";

/** Of so few nodes everything can be seen, and a repetition must leave out so many at least. */
const FEWEST = 10;
const LONG = 4;

class Tree {
  private readonly children = new Map<string | undefined, GraphNode[]>();
  private readonly byId: ReadonlyMap<string, GraphNode>;
  private readonly into = new Map<string, string[]>();

  constructor(nodes: readonly GraphNode[], edges: readonly GraphEdge[]) {
    this.byId = new Map(nodes.map((it) => [it.id, it]));
    for (const it of nodes) grouped(this.children, it.parent).push(it);
    for (const { from, to } of edges) grouped(this.into, to).push(from);
  }

  folded(): readonly GraphNode[] {
    return this.written(this.level(undefined), undefined);
  }

  /** What stands in a node, repetitions put together. */
  private level(parent: string | undefined): readonly Item[] {
    const own = this.children.get(parent) ?? [];
    const places = new Map(own.map((it, i) => [it.id, i]));
    const items = own.map((node, i) => this.item(node, i, places, parent));
    if (items.length < FEWEST) return items;
    return repeated(repeated(items, "exact"), "alike");
  }
  private item(node: GraphNode, start: number, places: ReadonlyMap<string, number>, parent: string | undefined): Item {
    const items = this.level(node.id);
    const sources = new Set<number>();
    for (const leaf of this.leaves(node))
      for (const from of this.into.get(leaf) ?? []) {
        const place = places.get(this.above(from, parent) ?? "");
        if (place !== start) sources.add(place ?? -1);
      }
    const alike = [node.kind, node.type, ...items.map((it) => it.alike)].join(" ");
    const exact = [alike, node.params, ...node.outputs, ...items.map((it) => it.exact)].join(" ");
    return { node, items, exact, alike, sources: [...sources].sort((a, b) => a - b), start, length: 1 };
  }
  /** The node that stands in `parent` and holds this one. */
  private above(id: string, parent: string | undefined): string | undefined {
    let at = this.byId.get(id);
    while (at !== undefined && at.parent !== parent)
      at = at.parent === undefined ? undefined : this.byId.get(at.parent);
    return at?.id;
  }
  private leaves(node: GraphNode): readonly string[] {
    const own = this.children.get(node.id);
    return own === undefined ? [node.id] : own.flatMap((it) => this.leaves(it));
  }

  private written(items: readonly Item[], parent: string | undefined): readonly GraphNode[] {
    return items.flatMap(({ node, items: inner }) => [{ ...node, parent }, ...this.written(inner, node.id)]);
  }
}

function grouped<K, V>(map: Map<K, V[]>, key: K): V[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

interface Run {
  readonly from: number;
  readonly period: number;
  readonly times: number;
}

/** The items with the repetition that leaves out the most put together; likewise what is before, in and behind it. */
function repeated(items: readonly Item[], kind: Kind): readonly Item[] {
  const run = longest(items, kind);
  if (run === undefined) return items;
  const { from, period, times } = run;
  const end = from + period * times;
  const parts = Array.from({ length: times }, (_, i) => items.slice(from + i * period, from + (i + 1) * period));
  const inside = parts.map((part) => (kind === "exact" ? repeated(part, kind) : part));
  return [...repeated(items.slice(0, from), kind), together(inside, kind), ...repeated(items.slice(end), kind)];
}

function longest(items: readonly Item[], kind: Kind): Run | undefined {
  let best: Run | undefined;
  const saved = (it: Run | undefined) => (it === undefined ? 0 : (it.times - 1) * it.period);
  for (let period = kind === "exact" ? 1 : 2; period * 2 <= items.length; period++)
    for (const run of runs(items, period, kind)) if (saved(run) > saved(best)) best = run;
  return best;
}

/** Where each item is the same as the one a period behind it, from its best beginning on. */
function runs(items: readonly Item[], period: number, kind: Kind): readonly Run[] {
  const found: Run[] = [];
  let length = 0;
  for (let i = 0; i + period <= items.length; i++) {
    const [here, there] = [items[i], items[i + period]];
    if (here !== undefined && there !== undefined && isSame(here, there, kind)) {
      length++;
      continue;
    }
    const times = Math.floor(length / period) + 1;
    if (times >= 3 || (times === 2 && period >= LONG)) {
      const first = i - length;
      found.push({ from: bestStart(items, first, length + period - times * period, period * times), period, times });
    }
    length = 0;
  }
  return found;
}

/** Fed from as far before, or by the very same. */
function isSame(a: Item, b: Item, kind: Kind): boolean {
  if (a[kind] !== b[kind] || a.sources.length !== b.sources.length) return false;
  if (a.node.kind === "input" || a.node.kind === "output") return false;
  return a.sources.every((source, i) => b.sources[i] === source || a.start - source === b.start - (b.sources[i] ?? 0));
}

/** A part begins and ends where few tensors go across, and with something that has weights. */
function bestStart(items: readonly Item[], first: number, play: number, length: number): number {
  let best = first;
  let least = Number.POSITIVE_INFINITY;
  for (let start = first; start <= first + play; start++) {
    const begins = (items[start]?.node.params ?? 0) > 0 ? 0 : 0.5;
    const cost = crossing(items, start) + crossing(items, start + length) + begins;
    if (cost < least) [best, least] = [start, cost];
  }
  return best;
}
function crossing(items: readonly Item[], at: number): number {
  const leaf = items[at]?.start ?? Number.POSITIVE_INFINITY;
  const sources = items.slice(at).flatMap((it) => it.sources.filter((source) => source < leaf));
  return new Set(sources).size;
}

// ---- what is put together

function together(parts: readonly (readonly Item[])[], kind: Kind): Item {
  const [first = []] = parts;
  const single = parts.every((it) => it.length === 1);
  const items = single ? parts.flat() : parts.map((part, i) => block(part, i));
  return groupOf(items, {
    kind: "repeat",
    name: kind === "alike" ? "alike" : single ? (first[0]?.node.type ?? "") : described(first),
    type: single ? "" : composition(first),
    times: parts.length,
    differ: kind === "alike",
    outputs: items.at(-1)?.node.outputs ?? [],
  });
}
function block(part: readonly Item[], i: number): Item {
  const outputs = part.at(-1)?.node.outputs ?? [];
  const own = { name: commonName(part) ?? `block ${i + 1}`, type: composition(part), outputs, times: 1, differ: false };
  return groupOf(part, { kind: "block", ...own });
}

type Own = Pick<GraphNode, "kind" | "name" | "type" | "times" | "differ" | "outputs">;
function groupOf(items: readonly Item[], own: Own): Item {
  const [first] = items;
  const start = first?.start ?? 0;
  const length = items.reduce((sum, it) => sum + it.length, 0);
  const sources = new Set(items.flatMap((it) => it.sources.filter((at) => at < start)));
  // Stages are alike however many equal blocks each has.
  const alike = `${own.kind} ${(own.kind === "repeat" ? items.slice(0, 1) : items).map((it) => it.alike).join(" ")}`;
  const node: GraphNode = {
    ...own,
    id: `${first?.node.id ?? ""} ${own.kind === "repeat" ? "…" : "·"}`,
    parent: undefined,
    params: summed(items),
    trainable: items.some((it) => it.node.trainable),
    layer: undefined,
    problem: undefined,
    location: undefined,
    around: [],
  };
  const exact = `${own.kind} ${own.times} ${items.map((it) => it.exact).join(" ")}`;
  return { node, items, exact, alike, sources: [...sources].sort((a, b) => a - b), start, length };
}

/** A layer that is called several times has its weights once. */
function summed(items: readonly Item[]): number | undefined {
  const byLayer = new Map<unknown, number | undefined>();
  const add = ({ node, items: inner }: Item): void => {
    if (node.kind === "repeat" || node.kind === "block") inner.forEach(add);
    else byLayer.set(node.layer ?? node.id, node.params);
  };
  items.forEach(add);
  return [...byLayer.values()].reduce((sum, it) => (sum === undefined || it === undefined ? undefined : sum + it), 0);
}

const leavesOf = (items: readonly Item[]): readonly GraphNode[] =>
  items.flatMap((it) => (it.node.kind === "repeat" || it.node.kind === "block" ? leavesOf(it.items) : [it.node]));
const described = (part: readonly Item[]): string => `${leavesOf(part).length} layers`;

/** `Conv2D, BatchNormalization, ReLU, …`: each kind once. */
function composition(part: readonly Item[]): string {
  const types = [...new Set(leavesOf(part).map((it) => it.type))];
  return types.length > 4 ? `${types.slice(0, 4).join(", ")}, …` : types.join(", ");
}

/** `conv2_block3` of `conv2_block3_1_conv` and `conv2_block3_out`. */
function commonName(part: readonly Item[]): string | undefined {
  const names = leavesOf(part).map((it) => it.name.split(/[_/.]/));
  const [first = []] = names;
  let length = 0;
  while (length < first.length && names.every((it) => it[length] === first[length])) length++;
  return length === 0 || length === first.length ? undefined : first.slice(0, length).join("_");
}
