import type { Box, Layout } from "./boxes.ts";
import type { Scene } from "./scene.ts";

export type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Home" | "End";
export const isWay = (key: string): key is Way => /^(?:Arrow(?:Up|Down|Left|Right)|Home|End)$/.test(key);

const middle = ({ x, width }: Box): number => x + width / 2;

/** The node that an arrow key leads to: up and down along the edges, left and right to what stands beside it. */
export function next(scene: Scene, { boxes }: Layout, from: string, way: Way): string | undefined {
  const here = boxes.get(from);
  if (here === undefined) return undefined;
  if (way === "Home") return scene.nodes[0]?.node.id;
  if (way === "End") return scene.nodes.at(-1)?.node.id;
  if (way === "ArrowLeft" || way === "ArrowRight") return beside(scene, boxes, from, way);
  const ends = scene.edges.flatMap((edge) => {
    if (way === "ArrowDown") return edge.from === from ? [edge.to] : [];
    return edge.to === from ? [edge.from] : [];
  });
  // Edges go to what stands in an open node.
  const inside = scene.nodes.find(({ node }) => node.parent === from && way === "ArrowDown")?.node.id;
  const around = scene.nodes.find(({ node }) => node.id === from)?.node.parent;
  const nearest = least(ends, (id) => distance(here, boxes.get(id)));
  return nearest ?? inside ?? (way === "ArrowUp" ? around : undefined);
}

function beside(
  scene: Scene,
  boxes: ReadonlyMap<string, Box>,
  from: string,
  way: "ArrowLeft" | "ArrowRight",
): string | undefined {
  const here = boxes.get(from);
  if (here === undefined) return undefined;
  const fits = (box: Box | undefined): boolean =>
    box !== undefined &&
    (way === "ArrowLeft" ? middle(box) < middle(here) - 1 : middle(box) > middle(here) + 1) &&
    box.y < here.y + here.height &&
    box.y + box.height > here.y;
  const all = scene.nodes.filter((it) => !it.isOpen && fits(boxes.get(it.node.id))).map(({ node }) => node.id);
  return least(all, (id) => distance(here, boxes.get(id)));
}

const distance = (a: Box, b: Box | undefined): number =>
  b === undefined ? Number.POSITIVE_INFINITY : Math.abs(middle(a) - middle(b)) + Math.abs(a.y - b.y);

function least(ids: readonly string[], of: (id: string) => number): string | undefined {
  let best: string | undefined;
  for (const id of ids) if (best === undefined || of(id) < of(best)) best = id;
  return best;
}
