import { type Drawing, type LayerReport, type Location, type ModelReport, printShape } from "../../core/index.ts";
import { withRepeats } from "./repeats.ts";

/** A model's architecture as plain data: nodes in nodes, and which tensor goes from where to where. */
export interface GraphNode {
  /** Stays the same as long as the names around it do, so that what was unfolded stays so while somebody types. */
  readonly id: string;
  /** The node that it stands in; that one is earlier in the list. */
  readonly parent: string | undefined;
  /**
   * A `repeat` holds equal parts that follow each other: nodes, or a `block` of nodes each. An `output` is what the
   * model gives.
   */
  readonly kind: "input" | "layer" | "operation" | "output" | "repeat" | "block";
  readonly name: string;
  /** `Dense`; of a repeat what one part of it is. */
  readonly type: string;
  /** As Keras prints them. */
  readonly outputs: readonly string[];
  /** Of a layer that is called several times they count once. Undefined where they are not known. */
  readonly params: number | undefined;
  readonly trainable: boolean;
  /** The same for each call of one layer. */
  readonly layer: number | undefined;
  /** How often the model calls this layer; of a repeat, how many parts it has. */
  readonly times: number;
  /** Of a repeat: its parts are built alike, and some of their sizes differ. */
  readonly differ: boolean;
  /** Why it is not known what it gives, or whether it runs; a sentence without its full stop. */
  readonly problem: string | undefined;
  readonly location: Location | undefined;
  /** Where it is called, and the calls that led to where it is made. */
  readonly around: readonly Location[];
}
export interface GraphEdge {
  /** Ids of nodes that hold no others. */
  readonly from: string;
  readonly to: string;
  /** As Keras prints it; `?` where it is not known. */
  readonly shape: string;
}
export interface Graph {
  readonly title: string;
  readonly params: number | undefined;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Why the picture is not the whole one; a sentence without its full stop. */
  readonly problem: string | undefined;
}

/** What core draws of a model; where its run cannot be followed, what the model's report knows of its layers. */
export function graphOf(drawing: Drawing<Location> | undefined, report: ModelReport): Graph {
  const title = report.name;
  const problem = drawing === undefined ? "its run was not followed" : drawing.problem;
  const isTraced = drawing?.nodes.some((it) => it.kind !== "input") === true;
  const { nodes, edges } = isTraced ? drawnGraph(drawing) : listedGraph(report);
  // What is not built has weights that nobody has counted.
  const params = isTraced || nodes.every((it) => it.params !== undefined) ? report.params : undefined;
  return { title, params, ...withRepeats(nodes, edges), problem };
}

type Parts = Pick<Graph, "nodes" | "edges">;

/** Ids are made of names: `encoder/dense`, and `encoder/dense 2` for the second of that name there. */
class Ids {
  private readonly taken = new Map<string, number>();
  next(parent: string | undefined, name: string): string {
    const path = parent === undefined ? name : `${parent}/${name}`;
    const count = (this.taken.get(path) ?? 0) + 1;
    this.taken.set(path, count);
    return count === 1 ? path : `${path} ${count}`;
  }
}

function drawnGraph({ nodes: drawn, edges }: Drawing<Location>): Parts {
  const ids = new Ids();
  const known: string[] = [];
  const calls = new Map<number, number>();
  for (const { layer } of drawn) if (layer !== undefined) calls.set(layer, (calls.get(layer) ?? 0) + 1);
  const nodes = drawn.map((it): GraphNode => {
    const parent = it.parent === undefined ? undefined : known[it.parent];
    const id = ids.next(parent, it.name);
    known.push(id);
    const times = it.layer === undefined ? 1 : (calls.get(it.layer) ?? 1);
    return { ...it, id, parent, times, differ: false, outputs: it.outputs.map(({ shape }) => printShape(shape)) };
  });
  const name = (place: number) => known[place] ?? "";
  return {
    nodes,
    edges: edges.map(({ from, to, tensor }) => ({
      from: name(from),
      to: name(to),
      shape: tensor === undefined ? "?" : printShape(tensor.shape),
    })),
  };
}

/** The rows of the model's table. A Sequential's follow each other; a functional model's say what feeds them. */
function listedGraph(report: ModelReport): Parts {
  const ids = new Ids();
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const list = (layers: readonly LayerReport[], parent: string | undefined, isChain: boolean): void => {
    const byName = new Map<string, GraphNode>();
    for (const [i, layer] of layers.entries()) {
      const made = listedNode(layer, ids.next(parent, layer.name), parent);
      const before = i === 0 ? undefined : byName.get(layers[i - 1]?.name ?? "");
      const feeds = isChain ? [before] : layer.connectedTo.map((it) => byName.get(it.replace(/\[\d+\]\[\d+\]$/, "")));
      nodes.push(made);
      byName.set(layer.name, made);
      for (const from of feeds) if (from) edges.push({ from: from.id, to: made.id, shape: from.outputs[0] ?? "?" });
      // What runs inside it is listed, and not how.
      list(layer.nested, made.id, false);
    }
  };
  list(report.layers, undefined, report.kind === "sequential");
  return { nodes, edges };
}

function listedNode(layer: LayerReport, id: string, parent: string | undefined): GraphNode {
  const { name, type, output, params, trainable, location } = layer;
  const outputs = output === undefined ? [] : "shape" in output ? [output] : output;
  return {
    ...{ id, parent, name, type, trainable, location },
    params: layer.built === false ? undefined : params,
    kind: layer.isOperation === true ? "operation" : type === "InputLayer" ? "input" : "layer",
    outputs: outputs.map(({ shape }) => printShape(shape)),
    layer: undefined,
    times: 1,
    differ: false,
    problem: undefined,
    around: [],
  };
}
