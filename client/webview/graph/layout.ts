import elkjs, { type ELK, type ElkNode } from "elkjs/lib/elk-api.js";
import { type Box, HEADER, type Layout, type Point } from "./boxes.ts";
import type { Scene, SceneNode } from "./scene.ts";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.mergeEdges": "true",
  "elk.layered.mergeHierarchyEdges": "false",
  "elk.layered.spacing.nodeNodeBetweenLayers": "40",
  "elk.layered.spacing.edgeNodeBetweenLayers": "18",
  "elk.spacing.nodeNode": "40",
  "elk.spacing.edgeNode": "18",
  "elk.spacing.edgeEdge": "12",
  "elk.padding": "[top=16,left=16,bottom=16,right=16]",
  "elk.json.edgeCoords": "ROOT",
  "elk.json.shapeCoords": "ROOT",
};
const INSIDE = { "elk.padding": `[top=${HEADER + 26},left=30,bottom=28,right=30]` };

/** Lays out in a worker, so that the page goes on; its script is read when the first picture is wanted. */
export class Layouts {
  private readonly script: string;
  private elk: Promise<ELK> | undefined;

  constructor(script: string) {
    this.script = script;
  }

  async of(scene: Scene, sizeOf: (node: SceneNode) => { width: number; height: number }): Promise<Layout> {
    this.elk ??= this.load();
    const elk = await this.elk;
    const began = performance.now();
    const root = await elk.layout(graphOf(scene, sizeOf), { layoutOptions: OPTIONS });
    const boxes = new Map<string, Box>();
    const collect = ({ id, x = 0, y = 0, width = 0, height = 0, children = [] }: ElkNode): void => {
      boxes.set(id, { x, y, width, height });
      children.forEach(collect);
    };
    for (const child of root.children ?? []) collect(child);
    const lines = scene.edges.map((_, i): readonly Point[] => {
      const [section] = root.edges?.[i]?.sections ?? [];
      return section === undefined ? [] : [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    });
    const { width = 0, height = 0 } = root;
    return { width, height, boxes, lines, time: performance.now() - began };
  }

  /** A worker of a page like this may only come out of the page itself. */
  private async load(): Promise<ELK> {
    const text = await (await fetch(this.script)).text();
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    return new elkjs.default({ algorithms: ["layered"], workerFactory: () => new Worker(url) });
  }
}

function graphOf(scene: Scene, sizeOf: (node: SceneNode) => { width: number; height: number }): ElkNode {
  const made = new Map<string | undefined, ElkNode>();
  const root: ElkNode = { id: "", children: [] };
  made.set(undefined, root);
  for (const it of scene.nodes) {
    const { width, height } = sizeOf(it);
    const least = { "elk.nodeSize.constraints": "MINIMUM_SIZE", "elk.nodeSize.minimum": `(${width}, ${height})` };
    const own: ElkNode = it.isOpen
      ? { id: it.node.id, children: [], layoutOptions: { ...INSIDE, ...least } }
      : { id: it.node.id, width, height };
    made.set(it.node.id, own);
    made.get(it.node.parent)?.children?.push(own);
  }
  const edges = scene.edges.map(({ from, to }, i) => ({ id: `edge ${i}`, sources: [from], targets: [to] }));
  return { ...root, edges };
}
