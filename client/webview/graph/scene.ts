import type { GraphResult, PlacedNode } from "../../../server/protocol/messages.ts";

/** What is seen of an architecture while some of its nodes are folded. */
export interface SceneNode {
  readonly node: PlacedNode;
  /** It holds others, which are seen where it is open. */
  readonly isGroup: boolean;
  readonly isOpen: boolean;
  /** How many layers and operations it holds, at any depth. */
  readonly holds: number;
}
export interface SceneEdge {
  readonly from: string;
  readonly to: string;
  /** Of the tensors that go this way, each once. */
  readonly shapes: readonly string[];
}
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  /** The node that is seen of any node: itself, or the folded one that it is in. */
  readonly seen: ReadonlyMap<string, string>;
}

/** Stages that are alike but for their sizes are worth seeing; what is equal, or a model of its own, is folded. */
export const isOpenAtFirst = ({ kind, differ }: Pick<PlacedNode, "kind" | "differ">): boolean =>
  kind === "repeat" && differ;

export function sceneOf(
  { nodes, edges }: Pick<GraphResult, "nodes" | "edges">,
  isOpen: (node: PlacedNode) => boolean,
): Scene {
  const holds = countInside(nodes);
  const seen = new Map<string, string>();
  const shown: SceneNode[] = [];
  const open = new Set<string | undefined>([undefined]);
  for (const node of nodes) {
    const isVisible = open.has(node.parent);
    seen.set(node.id, isVisible ? node.id : (seen.get(node.parent ?? "") ?? node.id));
    if (!isVisible) continue;
    const inside = holds.get(node.id);
    const isGroup = inside !== undefined;
    const opened = isGroup && isOpen(node);
    if (opened) open.add(node.id);
    shown.push({ node, isGroup, isOpen: opened, holds: inside ?? 0 });
  }
  return { nodes: shown, edges: lifted(edges, seen), seen };
}

/** For each node that holds others. */
function countInside(nodes: readonly PlacedNode[]): ReadonlyMap<string, number> {
  const parents = new Map(nodes.map((it) => [it.id, it.parent]));
  const holding = new Set(nodes.map((it) => it.parent));
  const counts = new Map<string, number>();
  for (const { id, parent } of nodes) {
    const own = holding.has(id) ? 0 : 1;
    for (let at = parent; at !== undefined; at = parents.get(at)) counts.set(at, (counts.get(at) ?? 0) + own);
  }
  return counts;
}

/** Edges between what is seen; what stays inside a folded node is not. */
function lifted(edges: GraphResult["edges"], seen: ReadonlyMap<string, string>): readonly SceneEdge[] {
  const found = new Map<string, { from: string; to: string; shapes: string[] }>();
  for (const edge of edges) {
    const [from, to] = [seen.get(edge.from) ?? edge.from, seen.get(edge.to) ?? edge.to];
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const known = found.get(key) ?? { from, to, shapes: [] };
    if (!known.shapes.includes(edge.shape)) known.shapes.push(edge.shape);
    found.set(key, known);
  }
  return [...found.values()];
}

/** The nodes that one stands in, the outermost first. */
export function around(nodes: readonly PlacedNode[], id: string): readonly string[] {
  const parents = new Map(nodes.map((it) => [it.id, it.parent]));
  const found: string[] = [];
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) found.unshift(at);
  return found;
}

/** Nodes whose name, type or shape has all the words; what was put together here is none that anybody looks for. */
export function matching(nodes: readonly PlacedNode[], text: string): readonly PlacedNode[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.filter(({ kind, name, type, outputs }) => {
    if (kind === "repeat" || kind === "block") return false;
    const all = `${name} ${type} ${outputs.join(" ")}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
