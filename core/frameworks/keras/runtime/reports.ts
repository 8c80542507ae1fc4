import type { Outputs } from "../../../analysis.ts";
import type { Mark, PlacedLayer, PlacedModel } from "../../../interpreter/framework.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { outputsOf } from "../../../interpreter/observe.ts";
import type { Instance, TensorValue } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { BUILT_AT_ONCE } from "./builtAtOnce.ts";
import { parametersOf, weightBytes } from "./cost.ts";
import { operationId, producerOf } from "./graph.ts";
import { inputsOf } from "./modelCall.ts";
import { type GraphNode, type LayerRecord, nodeOf, type Operation, recordOf } from "./records.ts";
import { isSymbolic } from "./tensors.ts";
import { besides, innerLayers } from "./tracking.ts";

/** The models that an analysis met, in the order in which they were made, as they stand at its end. */
export function modelReports(m: Machine, marks: readonly Mark[]): readonly PlacedModel[] {
  const names = new Map<number, readonly string[]>();
  for (const { type, data } of marks) {
    if (type !== "name") continue;
    const { id, name } = data as { readonly id: number; readonly name: string };
    const before = names.get(id) ?? [];
    if (!before.includes(name)) names.set(id, [...before, name]);
  }
  let room = MOST_INSIDE_ALL;
  return modelsIn(marks).flatMap((self) => {
    const record = recordOf(m, self);
    if (record === undefined) return [];
    const report = room > 0 ? m.derived(self, () => modelReport(m, self, record)) : modelReport(m, self, record, 0);
    room -= report.rowsInside;
    return [named(report, names.get(self.id) ?? [])];
  });
}

const bound = new WeakMap<PlacedModel, PlacedModel>();
/** The report under the names that the program gave the model: the same object, as long as it is the same report. */
function named(report: PlacedModel, [name, ...otherNames]: readonly string[]): PlacedModel {
  if (name === undefined) return report;
  const before = bound.get(report);
  if (before?.name === name && `${before.otherNames}` === `${otherNames}`) return before;
  const made = { ...report, name, otherNames };
  bound.set(report, made);
  return made;
}

/** The models that were made, each once. */
export function modelsIn(marks: readonly Mark[]): readonly Instance[] {
  const models = new Map<number, Instance>();
  for (const { type, data } of marks)
    if (type === "model" && "self" in data) models.set((data.self as Instance).id, data.self as Instance);
  return [...models.values()];
}

function modelReport(m: Machine, self: Instance, record: LayerRecord, rows = MOST_INSIDE): PlacedModel {
  const cost = parametersOf(m, self);
  const inputs = inputsOf(record.model) ?? record.inputs;
  const outputs = modelOutputs(m, record);
  const room = { rows };
  const layers = layerReports(m, self, record, { models: [self.id], room });
  const trainable = cost.trainable;
  return {
    name: record.name,
    kerasName: record.name,
    kind: record.model?.kind ?? "subclass",
    subject: self.id,
    place: record.place,
    callers: record.callers,
    inputs: inputs?.map((it) => it.shape),
    outputs: outputs === undefined ? undefined : "shape" in outputs ? [outputs.shape] : outputs.map((it) => it.shape),
    dtype: commonDType(outputs),
    params: cost.total,
    trainable,
    nonTrainable: cost.total === undefined || trainable === undefined ? undefined : cost.total - trainable,
    trainableBytes: weightBytes(cost.weights.filter((weight) => weight.trainable)),
    nonTrainableBytes: weightBytes(cost.weights.filter((weight) => !weight.trainable)),
    layers,
    rowsInside: rows - room.rows,
  };
}

const commonDType = (outputs: Outputs | undefined) => {
  const all = outputs === undefined ? [] : "shape" in outputs ? [outputs] : outputs;
  return all.every((it) => it.dtype === all[0]?.dtype) ? all[0]?.dtype : undefined;
};

/** What a model yields: its own graph's outputs, or what its last call gave. */
export function modelOutputs(m: Machine, record: LayerRecord): Outputs | undefined {
  const { model } = record;
  if (model?.kind === "sequential") return model.output === undefined ? record.outputs : outputsOf(m, model.output);
  return model?.kind === "functional"
    ? model.flatOutputs.map(({ shape, dtype }) => ({ shape, dtype }))
    : record.outputs;
}

/** By a layer's id what feeds it. */
type Connections = ReadonlyMap<number, readonly string[]>;

interface Around {
  /** The models that a row stands in, the outermost first: one may hold itself. */
  readonly models: readonly number[];
  /** How many rows there may still be of the models inside. */
  readonly room: { rows: number };
  /** What feeds the layers of the outermost one. */
  readonly outside?: Connections | undefined;
}
/** A model that holds another twice, which holds another twice …: that is more rows than anybody could open. */
const MOST_INSIDE = 5_000;
const MOST_INSIDE_ALL = 20_000;
const DEEPEST = 12;

/** The rows of Keras's summary: layers, and for a functional model its inputs and operations too. */
function layerReports(m: Machine, self: Instance, { model }: LayerRecord, around: Around): readonly PlacedLayer[] {
  if (model?.kind !== "functional") return innerLayers(m, self).map((layer) => layerReport(m, layer, [], around));
  const nodes = [...model.nodes, ...(model.beside ?? [])].flatMap((id) => nodeOf(m, id) ?? []);
  const operations = model.operations.map((operation) => {
    const own = nodes.filter((node) => sameOperation(node.operation, operation));
    // Data among the inputs is none to Keras.
    const connectedTo = own.flatMap((node) => node.inputs.filter(isSymbolic).map((input) => connection(m, input)));
    return { operation, own, connectedTo };
  });
  const outside = around.outside ?? new Map(operations.map((it) => [operationId(it.operation), it.connectedTo]));
  const here = { ...around, outside };
  const rows = operations.map(({ operation, own, connectedTo }) =>
    operation.kind === "layer"
      ? layerReport(m, operation.layer, connectedTo, here)
      : operationReport(m, operation, own, connectedTo),
  );
  // Keras 2 lists the layers that are attributes of the model behind those of its graph.
  const others = versionIn(m) === 3 ? [] : besides(m, self, model.operations);
  return [...rows, ...others.map((it) => layerReport(m, it, [], here))];
}

const sameOperation = (a: Operation, b: Operation): boolean =>
  a.kind === "layer" ? b.kind === "layer" && a.layer.id === b.layer.id : b.kind === "operation" && a.id === b.id;

/** Keras's words: the layer's name, which of its calls, and which of that call's outputs. */
function connection(m: Machine, input: TensorValue): string {
  const producer = producerOf(m, input);
  if (producer === undefined) return "?";
  const { operation, index } = producer.node;
  const name = operation.kind === "layer" ? (recordOf(m, operation.layer)?.name ?? "?") : operation.name;
  return `${name}[${index}][${producer.index}]`;
}

function layerReport(m: Machine, layer: Instance, connectedTo: readonly string[], around: Around): PlacedLayer {
  const record = recordOf(m, layer);
  const outputs = record === undefined ? undefined : (shownOutputs(m, record) ?? modelOutputs(m, record));
  return {
    name: record?.name ?? "?",
    type: record?.type ?? "?",
    place: record?.place,
    output: outputs !== undefined && !("shape" in outputs) && outputs.length === 1 ? outputs[0] : outputs,
    params: parametersOf(m, layer).total,
    trainable: record?.trainable !== false,
    built: record?.built === true || BUILT_AT_ONCE.has(record?.declared ?? ""),
    connectedTo,
    connectedOutside: around.models.length > 1 ? around.outside?.get(layer.id) : undefined,
    nested: record?.model === undefined ? [] : nestedIn(m, layer, record, around),
  };
}

/** The rows of a model in a model, as far as there is room for them. */
function nestedIn(m: Machine, layer: Instance, record: LayerRecord, around: Around): readonly PlacedLayer[] {
  const { models, room } = around;
  if (models.includes(layer.id) || models.length >= DEEPEST || room.rows <= 0) return [];
  room.rows -= innerLayers(m, layer).length;
  return layerReports(m, layer, record, { ...around, models: [...models, layer.id] });
}

/**
 * What Keras's table shows: the last call in a graph. What runs on data later does not change it. Keras 2 shows of a
 * model its own outputs.
 */
function shownOutputs(m: Machine, record: LayerRecord): Outputs | undefined {
  if (record.model !== undefined && versionIn(m) === 2) return undefined;
  const outputs = nodeOf(m, record.lastNode)?.outputs.map(({ shape, dtype }) => ({ shape, dtype }));
  return outputs?.length === 1 ? outputs[0] : outputs;
}

function operationReport(
  _m: Machine,
  operation: Extract<Operation, { kind: "operation" }>,
  nodes: readonly GraphNode[],
  connectedTo: readonly string[],
): PlacedLayer {
  const outputs = nodes[0]?.outputs.map(({ shape, dtype }) => ({ shape, dtype })) ?? [];
  return {
    name: operation.name,
    type: operation.type,
    isOperation: operation.type !== "InputLayer",
    place: nodes[0]?.place,
    output: outputs.length === 1 ? outputs[0] : outputs,
    params: 0,
    trainable: true,
    connectedTo,
    nested: [],
  };
}
