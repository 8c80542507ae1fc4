import { count } from "../numbers.ts";
import type { Scene, SceneNode } from "./scene.ts";

/** What a node says in the picture, in a line or two. */
export interface Caption {
  readonly title: string;
  readonly detail: string;
}

const params = (of: number | undefined): string =>
  of === undefined ? "? params" : of === 0 ? "" : `${count(of)} params`;
const joined = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(" · ");

export function captionOf({ node, holds }: SceneNode): Caption {
  const { kind, name, type, times, differ } = node;
  const cost = params(node.params);
  switch (kind) {
    case "input":
      return { title: "Input", detail: name };
    case "output":
      return { title: name === "output" ? "Output" : `Output ${name.replace("output ", "")}`, detail: "" };
    case "operation":
      return { title: type, detail: "" };
    case "repeat":
      return { title: differ ? `${times} alike` : `${times} × ${name}`, detail: joined(type, cost) };
    case "block":
      return { title: name, detail: joined(`${holds} layers`, cost) };
    case "layer":
      return { title: type, detail: joined(name, cost, times > 1 && `called ${times} times`) };
  }
}

/** Of an open node, over what it holds. */
export function headingOf(it: SceneNode): string {
  const { title } = captionOf(it);
  return it.node.kind === "layer" ? joined(title, it.node.name) : title;
}

/** What each node of a scene is in full, for a tooltip and for who hears the picture. */
export function descriptions(scene: Scene): (it: SceneNode) => string {
  const names = new Map(scene.nodes.map(({ node }) => [node.id, node.name]));
  const [from, to] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (map: Map<string, string[]>, key: string, id: string): void => {
    map.set(key, [...(map.get(key) ?? []), names.get(id) ?? id]);
  };
  for (const edge of scene.edges) {
    add(from, edge.to, edge.from);
    add(to, edge.from, edge.to);
  }
  return (it) => described(it, from.get(it.node.id) ?? [], to.get(it.node.id) ?? []);
}
function described(it: SceneNode, from: readonly string[], to: readonly string[]): string {
  const { node, isGroup, isOpen } = it;
  const { title, detail } = captionOf(it);
  const isUnknown = node.kind === "layer" && node.outputs.length === 0;
  const says = [
    title,
    node.kind === "operation" ? "operation" : detail.replaceAll(" · ", ", "),
    isUnknown ? "what it gives is not known" : node.outputs.length > 0 && `gives ${node.outputs.join(", ")}`,
    !node.trainable && "not trainable",
    node.problem,
    from.length > 0 && `from ${from.join(", ")}`,
    to.length > 0 && `to ${to.join(", ")}`,
    isGroup && (isOpen ? "unfolded" : "folded"),
  ];
  return says.filter(Boolean).join("; ");
}

export const LEVELS = 6;
/** How strong a colour stands for so many parameters, 0 to LEVELS. */
export function levelOf(of: number | undefined, most: number): number {
  if (of === undefined || of === 0 || most === 0) return 0;
  return Math.min(LEVELS, 1 + Math.floor(Math.sqrt(of / most) * LEVELS * 0.999));
}
/** The most parameters that one node of the picture has. */
export const mostParams = ({ nodes }: Scene): number =>
  Math.max(0, ...nodes.map((it) => (it.isOpen ? 0 : (it.node.params ?? 0))));
