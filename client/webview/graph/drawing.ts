import { svg } from "../histogram.ts";
import { type Box, HEADER, type Layout, type Point } from "./boxes.ts";
import type { Scene, SceneEdge, SceneNode } from "./scene.ts";
import { fitted, widthOf } from "./text.ts";
import type { Part } from "./viewport.ts";
import { captionOf, descriptions, headingOf, LEVELS, levelOf, mostParams } from "./words.ts";

const [SIDE, ONE_LINE, TWO_LINES, TOGGLE] = [12, 28, 42, 22];
const CORNER = 6;
/** By how much those that lie under the first of equal ones stand out. */
const STACK = 6;

/** How large a node must be for what it says. */
export function sizeOf(it: SceneNode): { readonly width: number; readonly height: number } {
  const { title, detail } = captionOf(it);
  const text = Math.max(widthOf(fitted(title, "title"), "title"), widthOf(fitted(detail, "detail"), "detail"));
  const width = Math.max(72, Math.ceil(text) + 2 * SIDE + (it.isGroup ? TOGGLE : 0));
  if (it.isOpen) {
    const heading = widthOf(fitted(headingOf(it), "title"), "title");
    return { width: Math.ceil(heading) + 2 * SIDE + TOGGLE, height: HEADER };
  }
  const under = it.node.kind === "repeat" ? STACK : 0;
  return { width: width + under, height: (detail === "" ? ONE_LINE : TWO_LINES) + under };
}

/** The picture, and its parts: open nodes below, then edges, then nodes. */
export function drawn(scene: Scene, layout: Layout): { readonly world: SVGElement; readonly parts: readonly Part[] } {
  const look: Look = { most: mostParams(scene), described: descriptions(scene) };
  const world = svg("g", { class: "world" });
  const layers = ["groups", "edges", "nodes"].map((name) => svg("g", { class: name }));
  const [groups, edges, nodes] = layers as [SVGElement, SVGElement, SVGElement];
  const parts: Part[] = [];
  const put = (into: SVGElement, element: SVGElement, box: Box): void => {
    into.append(element);
    parts.push({ element, box });
  };
  for (const it of scene.nodes) {
    const box = layout.boxes.get(it.node.id);
    if (box !== undefined) put(it.isOpen ? groups : nodes, nodeElement(it, box, look), box);
  }
  const labelled = new Map<string, string[]>();
  for (const [i, edge] of scene.edges.entries()) {
    const points = layout.lines[i] ?? [];
    if (points.length > 1) put(edges, edgeElement(edge, points, labelled), boxAround(points));
  }
  world.append(...layers);
  return { world, parts };
}
function boxAround(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

interface Look {
  /** The most parameters that one node has. */
  readonly most: number;
  readonly described: (it: SceneNode) => string;
}
function nodeElement(it: SceneNode, box: Box, { most, described }: Look): SVGElement {
  const { node, isGroup, isOpen } = it;
  const isStack = node.kind === "repeat" && !isOpen;
  const { x, y } = box;
  const [width, height] = isStack ? [box.width - STACK, box.height - STACK] : [box.width, box.height];
  const level = isOpen ? 0 : levelOf(node.params, most);
  const kinds = [node.kind, isOpen ? "open" : `level-${level}`, node.trainable ? "" : "frozen"];
  if (isGroup) kinds.push("group");
  if (node.problem !== undefined) kinds.push("doubtful");
  const words = described(it);
  const made = svg("g", {
    ...{ class: `node ${kinds.filter(Boolean).join(" ")}`, "data-id": node.id, transform: `translate(${x} ${y})` },
    ...{ role: "button", tabindex: -1, "aria-label": words },
    ...(isGroup && { "aria-expanded": String(isOpen) }),
  });
  made.append(svg("title", {}, words));
  if (isStack) made.append(...stacked(width, height));
  const round = node.kind === "input" || node.kind === "output" ? height / 2 : node.kind === "operation" ? 12 : 4;
  made.append(svg("rect", { class: "box", width, height, rx: isOpen ? 6 : round }));
  // What colour says to some, a bar says to all.
  if (level > 0)
    made.append(svg("rect", { class: "share", y: height - 3, width: (width * level) / LEVELS, height: 3 }));
  made.append(...captions(it, width, height));
  if (isGroup) made.append(toggle(width, isOpen ? HEADER : height, isOpen));
  return made;
}

/** Equal ones lie under the first. */
const stacked = (width: number, height: number): readonly SVGElement[] =>
  [STACK, STACK / 2].map((by) => svg("rect", { class: "box under", x: by, y: by, width, height, rx: 4 }));

function captions(it: SceneNode, width: number, height: number): readonly SVGElement[] {
  if (it.isOpen) return [svg("text", { class: "title", x: SIDE, y: 17 }, fitted(headingOf(it), "title"))];
  const { title, detail } = captionOf(it);
  const x = it.isGroup ? SIDE : width / 2;
  const at = it.isGroup ? "" : " middle";
  if (detail === "") return [svg("text", { class: `title${at}`, x, y: height / 2 + 4 }, fitted(title, "title"))];
  return [
    svg("text", { class: `title${at}`, x, y: 17 }, fitted(title, "title")),
    svg("text", { class: `detail${at}`, x, y: 33 }, fitted(detail, "detail")),
  ];
}

/** A plus in what is folded, a minus in what is open. */
function toggle(width: number, height: number, isOpen: boolean): SVGElement {
  const made = svg("g", { class: "toggle", transform: `translate(${width - TOGGLE} ${height / 2 - 8})` });
  made.append(svg("rect", { class: "hit", width: 16, height: 16, rx: 3 }));
  made.append(svg("path", { class: "sign", d: isOpen ? "M4 8H12" : "M4 8H12M8 4V12" }));
  return made;
}

/** An edge with its shape where it leaves its node. */
function edgeElement(edge: SceneEdge, points: readonly Point[], labelled: Map<string, string[]>): SVGElement {
  const { from, to, shapes } = edge;
  const isKnown = !shapes.every((it) => it.includes("?"));
  const made = svg("g", { class: isKnown ? "edge" : "edge unknown", "data-from": from, "data-to": to });
  made.append(svg("path", { class: "line", d: pathOf(points) }));
  const [start, end] = [points[0], points.at(-1)];
  if (start === undefined || end === undefined) return made;
  made.append(
    svg("path", { class: "head", d: `M${end.x - 4} ${end.y - 7}L${end.x} ${end.y}L${end.x + 4} ${end.y - 7}Z` }),
  );
  made.append(...labels(shapes, start, labelled));
  return made;
}
/** Edges that leave at one place with one shape say it once; a second shape stands on the other side of the line. */
function labels(shapes: readonly string[], { x, y }: Point, labelled: Map<string, string[]>): readonly SVGElement[] {
  const key = `${Math.round(x)} ${Math.round(y)}`;
  const there = labelled.get(key) ?? [];
  labelled.set(key, there);
  return shapes.flatMap((shape) => {
    if (there.includes(shape)) return [];
    const place = there.push(shape);
    if (place > 3) return [];
    const words = place === 3 ? "…" : shape;
    const at = place === 2 ? { class: "shape left", x: x - 6 } : { class: "shape", x: x + 6 };
    return [svg("text", { ...at, y: y + (place === 3 ? 24 : 12) }, words)];
  });
}

/** A line with round corners. */
function pathOf(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return "";
  const parts = [`M${first.x} ${first.y}`];
  for (let i = 1; i < points.length; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    if (before === undefined || at === undefined) continue;
    if (after === undefined) parts.push(`L${at.x} ${at.y}`);
    else {
      const [a, b] = [towards(at, before), towards(at, after)];
      parts.push(`L${a.x} ${a.y}Q${at.x} ${at.y} ${b.x} ${b.y}`);
    }
  }
  return parts.join("");
}
/** A little way from one point to another, at most half of it. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
