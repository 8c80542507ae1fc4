import type { Drawing, DrawnEdge, DrawnNode } from "../../../graph/drawing.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Step, Tracer } from "../../../interpreter/trace.ts";
import type { Instance, Place, TensorValue } from "../../../interpreter/values.ts";
import { parametersOf } from "../runtime/cost.ts";
import { recordOf } from "../runtime/records.ts";
import { OperationNamer } from "./operations/namer.ts";
import { MAY_NOT_RUN } from "./reasons.ts";

type Node = DrawnNode<Place>;
type LayerStep = Extract<Step, { kind: "layer" }>;
type OperationStep = Extract<Step, { kind: "operation" }>;
type LeaveStep = Extract<Step, { kind: "leave" }>;
interface Source {
  readonly from: number;
  readonly tensor: TensorValue;
}

/** Draws what a traced program runs, call by call. What is made of sizes and constants alone is left out. */
export class Drawer {
  private readonly m: Machine;
  private readonly root: Instance;
  private readonly nodes: Node[] = [];
  private readonly edges: DrawnEdge[] = [];
  /** The node that made a tensor. */
  private readonly made = new Map<number, number>();
  /** The layers that are being run, from the outside in. */
  private readonly open: { readonly node: number; readonly isChain: boolean; last: number | undefined }[] = [];
  private readonly names = new OperationNamer();

  constructor(m: Machine, root: Instance) {
    this.m = m;
    this.root = root;
    this.open.push({ node: -1, isChain: recordOf(m, root)?.model?.kind === "sequential", last: undefined });
  }

  readonly tracer: Tracer = (step) => {
    if (step.kind === "same") this.alias(step.from, step.to);
    else if (step.kind === "layer") this.layer(step);
    else if (step.kind === "operation") this.operation(step);
    else if (step.layer.id === this.root.id && this.open.length === 1) this.finished(step);
    else if (step.kind === "enter") this.enter(step.layer);
    else this.leave(step);
  };

  input(tensor: TensorValue, name: string): void {
    this.add([], [tensor], { ...NOTHING, kind: "input", name, type: "InputLayer", location: undefined, around: [] });
  }

  /** What was drawn. Operations that nothing is made of, which mostly ask for a shape, are left out. */
  drawing(name: string, problem: string | undefined): Drawing<Place> {
    const kept = this.kept();
    const places = new Map(kept.map((old, now) => [old, now]));
    const nodes = kept.flatMap((old): Node[] => {
      const node = this.nodes[old];
      return node === undefined ? [] : [{ ...node, parent: places.get(node.parent ?? -1) }];
    });
    const edges = this.edges.flatMap((edge): DrawnEdge[] => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      return from === undefined || to === undefined ? [] : [{ ...edge, from, to }];
    });
    return { name, nodes, edges, problem };
  }
  private kept(): readonly number[] {
    const read = new Map<number, number>();
    for (const { from } of this.edges) read.set(from, (read.get(from) ?? 0) + 1);
    const dropped = new Set<number>();
    // An edge leads to a later node: behind it all is decided already.
    for (let i = this.nodes.length - 1; i >= 0; i--) {
      if (this.nodes[i]?.kind !== "operation" || (read.get(i) ?? 0) > 0) continue;
      dropped.add(i);
      for (const { from, to } of this.edges) if (to === i) read.set(from, (read.get(from) ?? 0) - 1);
    }
    return [...this.nodes.keys()].filter((i) => !dropped.has(i));
  }

  // ---- steps
  // ---------------------------------------------------------------------------------------------------------

  private alias(from: TensorValue, to: TensorValue): void {
    const node = this.made.get(from.id);
    if (node !== undefined) this.made.set(to.id, node);
  }
  private layer({ layer, inputs, named, outputs, problem }: LayerStep): void {
    this.add([...inputs, ...Object.values(named)], outputs, { ...this.described(layer), problem });
  }
  private operation({ name: qualified, inputs, outputs, place }: OperationStep): void {
    if (!inputs.some((it) => this.made.has(it.id))) return;
    const own = this.names.of(qualified);
    this.add(inputs, outputs, { ...NOTHING, ...own, kind: "operation", location: place, around: [] });
  }
  private enter(layer: Instance): void {
    const isChain = recordOf(this.m, layer)?.model?.kind === "sequential";
    const node = this.nodes.push({ ...this.described(layer), ...this.placed([]) }) - 1;
    this.open.push({ node, isChain, last: undefined });
  }
  private leave({ layer, outputs, problem }: LeaveStep): void {
    const group = this.open.pop();
    if (group === undefined) return;
    const around = this.open.at(-1);
    // Its weights are made when it is first called.
    const own = { ...this.described(layer), ...this.placed(outputs), problem: problem ?? this.whyOpen() };
    this.nodes[group.node] = own;
    if (around !== undefined) around.last = group.last ?? group.node;
    // One that runs nothing hands on what it was given.
    if (group.node === this.nodes.length - 1) {
      this.connect(group.node, this.sources(outputs));
      for (const { id } of outputs) this.made.set(id, group.node);
    }
  }
  private finished(step: LeaveStep | Extract<Step, { kind: "enter" }>): void {
    if (step.kind === "enter") return;
    const many = step.outputs.length > 1;
    for (const [i, tensor] of step.outputs.entries()) {
      const name = many ? `output ${i + 1}` : "output";
      this.add([tensor], [tensor], { ...NOTHING, kind: "output", name, type: "", location: undefined, around: [] });
    }
  }

  // ---- nodes
  // ---------------------------------------------------------------------------------------------------------

  private add(
    inputs: readonly TensorValue[],
    outputs: readonly TensorValue[],
    own: Omit<Node, "parent" | "outputs">,
  ): void {
    const sources = this.sources(inputs);
    const problem = own.problem ?? this.whyOpen();
    const node = this.nodes.push({ ...own, ...this.placed(outputs), problem }) - 1;
    this.connect(node, sources);
    const group = this.open.at(-1);
    // A Sequential's layers follow each other, whatever they give.
    if (group?.isChain && sources.length === 0 && group.last !== undefined)
      this.edges.push({ from: group.last, to: node, tensor: undefined });
    if (group !== undefined) group.last = node;
    if (own.kind !== "output") for (const { id } of outputs) this.made.set(id, node);
  }
  private sources(tensors: readonly TensorValue[]): readonly Source[] {
    return tensors.flatMap((tensor) => {
      const from = this.made.get(tensor.id);
      return from === undefined ? [] : [{ from, tensor }];
    });
  }
  private connect(to: number, sources: readonly Source[]): void {
    for (const { from, tensor } of sources) this.edges.push({ from, to, tensor: fact(tensor) });
  }
  private placed(outputs: readonly TensorValue[]): Pick<Node, "parent" | "outputs"> {
    const parent = this.open.at(-1)?.node ?? -1;
    return { parent: parent < 0 ? undefined : parent, outputs: outputs.map(fact) };
  }
  private whyOpen(): string | undefined {
    return this.m.conditional > 0 ? MAY_NOT_RUN : undefined;
  }
  private described(layer: Instance): Omit<Node, "parent" | "outputs"> {
    const record = recordOf(this.m, layer);
    const { name = "?", type = "?", place: location, callers = [], trainable = true } = record ?? {};
    const params = parametersOf(this.m, layer).total;
    const around = this.open.length > 1 ? [this.m.here, ...callers] : callers;
    return { kind: "layer", name, type, layer: layer.id, location, around, params, trainable, problem: undefined };
  }
}

const NOTHING = { layer: undefined, params: 0, trainable: true, problem: undefined } as const;
const fact = ({ shape, dtype }: TensorValue) => ({ shape, dtype });
