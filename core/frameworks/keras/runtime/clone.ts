import { memberOf } from "../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../interpreter/calls.ts";
import { instantiate } from "../../../interpreter/classes.ts";
import { listOf, makeList } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { frameworkName } from "../../../interpreter/modules.ts";
import {
  type Arg,
  type Args,
  type Instance,
  positional,
  str,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { keepingNames } from "./automaticNames.ts";
import { makeFunctional } from "./functional.ts";
import { producerOf, renameOperation } from "./graph.ts";
import { makeInput } from "./inputLayer.ts";
import { callLayer } from "./layerCall.ts";
import { createLayer, initialise } from "./layerObject.ts";
import { argumentsFor, rerunOperation } from "./modelCall.ts";
import { flatTensors } from "./parts.ts";
import {
  type GraphNode,
  isLayer,
  type LayerRecord,
  type ModelRecord,
  nodeOf,
  recordOf,
  updateRecord,
} from "./records.ts";
import { addLayer, nameGraph } from "./sequential.ts";
import { isSymbolic, typeOf } from "./tensors.ts";
import { map } from "./userLayer.ts";

/** How a layer is made anew: by its configuration, unless the program says otherwise. */
export type Cloner = (layer: Instance) => Value;

export interface Cloning {
  /** Tensors to stand for the model's inputs. */
  readonly inputs?: Value | undefined;
  readonly one?: Cloner | undefined;
  /** `clone_model` names the inputs of a functional model after their tensors; `from_config` as they were. */
  readonly namesByTensor?: boolean;
}

/** A model with the same architecture and new weights, as `from_config(get_config())` gives it. */
export function cloneModel(m: Machine, self: Instance, how: Cloning = {}): Value {
  const record = recordOf(m, self);
  const model = record?.model;
  if (record === undefined || model === undefined) return unknown("this is no model");
  m.quiet++;
  try {
    if (model.kind === "sequential") return cloneSequential(m, record, model, how);
    if (model.kind === "functional") return cloneFunctional(m, record, model, how);
    return cloneLayer(m, self);
  } finally {
    m.quiet--;
  }
}

/** Found by its name: the classes need this file. */
export function newModel(m: Machine, own: string, name: string, model: ModelRecord): Instance | undefined {
  const type = frameworkName(m, name);
  if (type.kind !== "class") return undefined;
  const made = createLayer(m, type, model);
  initialise(m, made, undefined, { name: { name: "name", value: str(own) } });
  m.mark("model", { id: made.id, self: made });
  return made;
}

function cloneSequential(
  m: Machine,
  record: LayerRecord,
  model: Extract<ModelRecord, { kind: "sequential" }>,
  { inputs, one }: Cloning,
): Value {
  if (model.open !== undefined) return unknown(model.open);
  const made = newModel(m, record.name, "keras.Sequential", { kind: "sequential", layers: [] });
  if (made === undefined) return unknown("this is no model");
  const [given] = inputs === undefined ? [] : (flatTensors(m, inputs) ?? []);
  if (given !== undefined) addLayer(m, made, given);
  else if (model.input !== undefined) {
    const { name, tensor } = model.input;
    addLayer(m, made, makeInput(m, typeOf(tensor), { name }).tensor);
  }
  for (const layer of model.layers) addLayer(m, made, kept(m, layer, one?.(layer) ?? cloneLayer(m, layer)));
  nameGraph(m, made);
  return made;
}

function cloneFunctional(
  m: Machine,
  record: LayerRecord,
  model: Extract<ModelRecord, { kind: "functional" }>,
  how: Cloning,
): Value {
  const given = how.inputs === undefined ? [] : (flatTensors(m, how.inputs) ?? []);
  const now = new Map<number, TensorValue>();
  for (const [i, input] of model.flatInputs.entries()) {
    const name = inputName(m, input, how.namesByTensor === true);
    now.set(input.id, given[i] ?? makeInput(m, typeOf(input), { name }).tensor);
  }
  const layers = new Map<number, Value>();
  for (const id of model.nodes) {
    const node = nodeOf(m, id);
    if (node === undefined || node.inputs.length === 0 || node.outputs.every((it) => now.has(it.id))) continue;
    const results = again(m, node, now, layers, how.one);
    if (results === undefined) return unknown(`the graph of ${record.name} could not be followed`);
    for (const [i, output] of node.outputs.entries()) if (results[i] !== undefined) now.set(output.id, results[i]);
  }
  const change = (tensor: TensorValue): Value => now.get(tensor.id) ?? unknown("a tensor that was not made again");
  const made = newModel(m, record.name, "keras.src.models.functional.Functional", { kind: "subclass" });
  if (made === undefined) return unknown("this is no model");
  makeFunctional(m, made, argument(map(m, model.inputs, change)), argument(map(m, model.outputs, change)));
  return made;
}
const argument = (value: Value): Arg => ({ name: undefined, value });
/** How many tensors were made before, which an automatic name of a tensor counts, is not followed. */
function inputName(m: Machine, input: TensorValue, byTensor: boolean): string {
  const operation = producerOf(m, input)?.node.operation;
  const record = operation?.kind === "layer" ? recordOf(m, operation.layer) : undefined;
  return record === undefined || (byTensor && record.args["name"] === undefined) ? "?" : record.name;
}

/** Makes a node anew: calls the layer's clone, or runs the operation, on the new tensors. */
function again(
  m: Machine,
  node: GraphNode,
  now: ReadonlyMap<number, TensorValue>,
  layers: Map<number, Value>,
  one: Cloner | undefined,
): readonly TensorValue[] | undefined {
  const inputs = node.inputs.map((it) => now.get(it.id) ?? (isSymbolic(it) ? undefined : it));
  if (inputs.includes(undefined)) return undefined;
  const given = inputs as readonly TensorValue[];
  const { operation } = node;
  if (operation.kind === "operation") return renameOperation(m, operation, () => rerunOperation(m, node, given));
  const { layer } = operation;
  const clone = layers.get(layer.id) ?? kept(m, layer, one?.(layer) ?? cloneLayer(m, layer));
  layers.set(layer.id, clone);
  if (!isLayer(m, clone)) return undefined;
  const first = given.length === 1 ? (given[0] as TensorValue) : makeList(m, given);
  return flatTensors(m, callLayer(m, clone, argumentsFor(m, node, given) ?? positional(first)));
}

/** A clone trains as the layer does that it was made of. */
function kept(m: Machine, layer: Instance, clone: Value): Value {
  const trainable = recordOf(m, layer)?.trainable;
  if (clone.kind === "instance" && trainable === false) updateRecord(m, clone, { trainable });
  return clone;
}

/** `type(layer).from_config(layer.get_config())` */
export function cloneLayer(m: Machine, layer: Instance): Value {
  const record = recordOf(m, layer);
  if (record === undefined) return unknown("this layer's constructor was not followed");
  const { model } = record;
  if (model !== undefined && model.kind !== "subclass") return cloneModel(m, layer);
  if (layer.class.members === undefined && isUsers(m, layer, "get_config")) {
    const config = callMethod(m, layer, "get_config", { list: [] });
    const method = memberOf(m, layer.class, "from_config")?.value;
    if (config === undefined || method?.kind !== "classmethod") return unknown("its configuration is not known");
    return callValue(m, { kind: "method", self: layer.class, function: method.function }, positional(config));
  }
  const args = layer.class.members === undefined ? record.made : namedArguments(record);
  if (args?.open !== undefined) return unknown(args.open);
  const list = (args?.list ?? []).map((it) => ({ ...it, value: withCloned(m, it.value) }));
  const made = keepingNames(m, record.type, () => instantiate(m, layer.class, { list }));
  if (made.kind === "instance") updateRecord(m, made, { name: record.name });
  return made;
}

const namedArguments = (record: LayerRecord): Args => ({
  list: [
    ...Object.entries(record.args).flatMap(([name, { value }]) => (name === "name" ? [] : [{ name, value }])),
    { name: "name", value: str(record.name) },
  ],
});

const isUsers = (m: Machine, layer: Instance, name: string): boolean =>
  memberOf(m, layer.class, name)?.owner.members === undefined;

/** Layers that are a layer's arguments are made anew with it. */
function withCloned(m: Machine, value: Value): Value {
  if (isLayer(m, value)) return cloneLayer(m, value);
  if (value.kind === "tuple") return tuple(value.items.map((it) => withCloned(m, it)));
  if (value.kind !== "list") return value;
  const { items, rest } = listOf(m, value);
  return items.some((it) => isLayer(m, it))
    ? makeList(
        m,
        items.map((it) => withCloned(m, it)),
        rest,
      )
    : value;
}
