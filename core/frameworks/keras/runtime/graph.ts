import type { Machine } from "../../../interpreter/machine.ts";
import type { Recipe } from "../../../interpreter/trace.ts";
import type { Args, Instance, TensorValue } from "../../../interpreter/values.ts";
import type { Statement } from "../../../python/syntax.ts";
import { automaticName, keepingNames } from "./automaticNames.ts";
import { flatTensors } from "./parts.ts";
import {
  type GraphNode,
  type LayerRecord,
  type Operation,
  type Producer,
  recordOf,
  renewed,
  updateRecord,
} from "./records.ts";
import { isSymbolic } from "./tensors.ts";

/** Remembers that a layer's call made these symbolic tensors. */
export function graphCall(
  m: Machine,
  layer: Instance,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
  args?: Args,
  /** What else is to be known of the layer from now on. */
  more?: Pick<LayerRecord, "from">,
): void {
  const record = recordOf(m, layer);
  const index = record?.calls ?? 0;
  const taken = args === undefined ? inputs : inGraphOrder(m, args, inputs);
  const node = addNode(m, { kind: "layer", layer }, index, taken, outputs, { args });
  if (m.quiet === 0 && index === 0 && isStatement(m)) m.mark("layer call", { layer, node } satisfies LayerCalled);
  const now = renewed(m, layer);
  if (now === undefined) return;
  now.calls = index + 1;
  now.firstNode ??= node;
  now.lastNode = node;
  if (more !== undefined) now.from = more.from;
}

/** What the mark `layer call` holds: the first call of a layer, where a statement does nothing else. */
export interface LayerCalled {
  readonly layer: Instance;
  readonly node: number;
}
/** The call at hand is the whole value of its statement. */
function isStatement(m: Machine): boolean {
  const statement = m.statement as Statement;
  const isValue = statement.kind === "ExpressionStatement" || statement.kind === "Assign";
  return isValue && m.site !== undefined && statement.value === m.site;
}

/** Keras flattens positional arguments in order, then keywords by their names. */
function inGraphOrder(m: Machine, { list }: Args, inputs: readonly TensorValue[]): readonly TensorValue[] {
  if (list.length === 1 && inputs.length === 1) return inputs;
  const loose = list.filter((it) => it.name === undefined);
  const named = list.filter((it) => it.name !== undefined).sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1));
  const all = [...loose, ...named].flatMap(({ value }) => flatTensors(m, value) ?? []);
  return all.length < inputs.length ? inputs : all;
}

/** Remembers the tensor that an InputLayer stands for: a node without inputs. */
export function inputNode(m: Machine, layer: Instance, tensor: TensorValue, ragged = false): void {
  const node = addNode(m, { kind: "layer", layer }, 0, [], [tensor], { ragged });
  updateRecord(m, layer, { calls: 1, firstNode: node, lastNode: node });
}

/** Remembers an operation on symbolic tensors; Keras gives it a name like a layer's. */
export function graphOperation(
  m: Machine,
  type: string,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
  recipe?: Recipe,
): void {
  const operation: Operation = { kind: "operation", id: m.fresh(), name: automaticName(m, type), type };
  addNode(m, operation, 0, inputs, outputs, { recipe });
}

/** Runs an operation again under the name that it has; the next automatic one is what it was. */
export function renameOperation(
  m: Machine,
  { name, type }: Extract<Operation, { readonly kind: "operation" }>,
  body: () => readonly TensorValue[] | undefined,
): readonly TensorValue[] | undefined {
  const outputs = keepingNames(m, type, body);
  const at = outputs?.[0] === undefined ? undefined : producerOf(m, outputs[0]);
  if (at?.node.operation.kind === "operation")
    m.setSlot(at.id, { ...at.node, operation: { ...at.node.operation, name } } satisfies GraphNode);
  return outputs;
}

function addNode(
  m: Machine,
  operation: Operation,
  index: number,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
  { args, ragged, recipe }: Pick<GraphNode, "args" | "ragged" | "recipe"> = {},
): number {
  const node: GraphNode = { operation, index, inputs, outputs, place: m.here, args, ragged, recipe };
  const id = m.fresh();
  m.setSlot(id, node);
  let i = 0;
  for (const output of outputs) m.setSlot(output.id, { node: id, index: i++ } satisfies Producer);
  return id;
}

/** How the operation runs again that made a tensor by calling a function of the program's. */
export function runsAgain(m: Machine, made: TensorValue, inputs: readonly TensorValue[], recipe: Recipe): void {
  const { id, node } = producerOf(m, made) ?? {};
  if (id !== undefined && node?.operation.kind === "operation" && node.outputs.length === 1)
    m.setSlot(id, { ...node, inputs, recipe } satisfies GraphNode);
}

export interface Produced {
  readonly id: number;
  readonly node: GraphNode;
  readonly index: number;
}
export function producerOf(m: Machine, tensor: TensorValue): Produced | undefined {
  const producer = tensor.id > 0 ? m.slot<Producer>(tensor.id) : undefined;
  const node = producer === undefined ? undefined : m.slot<GraphNode>(producer.node);
  return producer === undefined || node?.operation === undefined
    ? undefined
    : { id: producer.node, node, index: producer.index };
}

/** Kept under the id of a tensor that a layer gave where there is no graph: in a `call` of the user's. */
export interface Made {
  readonly layer: Instance;
  readonly inputs: readonly TensorValue[];
}
/** The layer that made a tensor, and of what; undefined for what no layer made. */
export function madeBy(m: Machine, tensor: TensorValue): Made | undefined {
  const node = producerOf(m, tensor)?.node;
  if (node !== undefined)
    return node.operation.kind === "layer" ? { layer: node.operation.layer, inputs: node.inputs } : undefined;
  const made = tensor.id > 0 ? m.slot<Partial<Made>>(tensor.id) : undefined;
  return made?.layer === undefined || made.inputs === undefined
    ? undefined
    : { layer: made.layer, inputs: made.inputs };
}
/** What a tensor was made of at once, by a layer or an operation. */
export const sourcesOf = (m: Machine, tensor: TensorValue): readonly TensorValue[] =>
  producerOf(m, tensor)?.node.inputs ?? madeBy(m, tensor)?.inputs ?? [];

export const operationId = (operation: Operation): number =>
  operation.kind === "layer" ? operation.layer.id : operation.id;

export interface Traversal {
  /** Node ids in the order in which Keras runs them. */
  readonly nodes: readonly number[];
  readonly operations: readonly Operation[];
  /** A tensor that none of the inputs leads to. */
  readonly disconnected: TensorValue | undefined;
  /** Somewhere it is one tensor in one case and another in another: what is behind that is not among the nodes. */
  readonly undecided: boolean;
}

interface Visit {
  readonly m: Machine;
  readonly stop: ReadonlySet<number>;
  readonly starts: ReadonlyMap<number, Produced>;
  readonly order: number[];
  readonly firstSeen: Map<number, number>;
  readonly done: Set<number>;
  readonly nodes: Map<number, GraphNode>;
  disconnected: TensorValue | undefined;
  undecided: boolean;
}

/**
 * The graph from inputs to outputs, in Keras's order: depth first from the outputs, then by decreasing depth, ties by
 * first sight (`map_graph` in keras.src.ops.function). Where it begins at a tensor that a layer gave, `starts` has the
 * InputLayer that stands for that.
 */
export function traverse(
  m: Machine,
  inputs: readonly TensorValue[],
  outputs: readonly TensorValue[],
  starts: ReadonlyMap<number, Produced> = NO_STARTS,
): Traversal {
  const stop = new Set(inputs.map((it) => it.id));
  const visit: Visit = {
    m,
    stop,
    starts,
    order: [],
    firstSeen: new Map(),
    done: new Set(),
    nodes: new Map(),
    disconnected: undefined,
    undecided: false,
  };
  for (const output of outputs) walk(visit, output);
  const { nodeDepths, operationDepths } = depths(visit);
  for (const input of inputs) {
    const at = startOf(visit, input);
    if (at === undefined || operationDepths.has(operationId(at.node.operation))) continue;
    if (at.node.inputs.length > 0) continue;
    visit.nodes.set(at.id, at.node);
    nodeDepths.set(at.id, 0);
    operationDepths.set(operationId(at.node.operation), 0);
    visit.firstSeen.set(operationId(at.node.operation), -1);
  }
  const nodes = [...nodeDepths].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const operations = new Map<number, Operation>();
  for (const { operation } of visit.nodes.values()) operations.set(operationId(operation), operation);
  const depthOf = (it: Operation) => operationDepths.get(operationId(it)) ?? 0;
  const seenAt = (it: Operation) => visit.firstSeen.get(operationId(it)) ?? 0;
  const sorted = [...operations.values()].sort((a, b) => depthOf(b) - depthOf(a) || seenAt(a) - seenAt(b));
  return { nodes, operations: sorted, disconnected: visit.disconnected, undecided: visit.undecided };
}

const NO_STARTS: ReadonlyMap<number, Produced> = new Map();
const startOf = ({ m, starts }: Visit, tensor: TensorValue): Produced | undefined =>
  starts.get(tensor.id) ?? producerOf(m, tensor);

function walk(visit: Visit, tensor: TensorValue): void {
  // Data that a model holds as a constant comes from nowhere in its graph.
  if (!isSymbolic(tensor)) return;
  const at = startOf(visit, tensor);
  if (at === undefined) {
    // What a join left undecided was made somewhere; data among the inputs of an operation is a constant of the graph.
    const undecided = tensor.id < 0 || visit.m.slot(tensor.id) !== undefined || !isSymbolic(tensor);
    if (visit.stop.has(tensor.id)) return;
    if (undecided) visit.undecided = true;
    else visit.disconnected ??= tensor;
    return;
  }
  const isInput = at.node.inputs.length === 0;
  const isStart = visit.stop.has(tensor.id);
  // What gave a tensor that the model begins at is no part of it.
  if (visit.done.has(at.id) || (isStart && !isInput)) return;
  visit.done.add(at.id);
  const operation = operationId(at.node.operation);
  if (!visit.firstSeen.has(operation)) visit.firstSeen.set(operation, visit.firstSeen.size);
  if (isInput && !isStart) visit.disconnected ??= tensor;
  for (const input of at.node.inputs) walk(visit, input);
  visit.nodes.set(at.id, at.node);
  visit.order.push(at.id);
}

function depths(visit: Visit): { nodeDepths: Map<number, number>; operationDepths: Map<number, number> } {
  const { order, nodes } = visit;
  const nodeDepths = new Map<number, number>();
  const operationDepths = new Map<number, number>();
  for (const id of order.toReversed()) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const operation = operationId(node.operation);
    const depth = Math.max(nodeDepths.get(id) ?? 0, operationDepths.get(operation) ?? 0);
    operationDepths.set(operation, depth);
    nodeDepths.set(id, depth);
    for (const input of node.inputs) {
      const parent = startOf(visit, input);
      if (parent === undefined || !nodes.has(parent.id)) continue;
      nodeDepths.set(parent.id, Math.max(depth + 1, nodeDepths.get(parent.id) ?? 0));
    }
  }
  return { nodeDepths, operationDepths };
}
