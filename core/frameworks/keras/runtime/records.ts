import type { Outputs } from "../../../analysis.ts";
import type { HeapEntry } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Recipe } from "../../../interpreter/trace.ts";
import type { Arg, Args, ClassValue, Instance, Place, TensorValue, Value } from "../../../interpreter/values.ts";
import type { TensorType } from "../../../tensor/type.ts";
import type { Weight } from "../define.ts";

/**
 * What Keras knows of a layer object, beside the attributes that the program gave it. Immutable: a change is a new
 * record.
 */
export interface LayerRecord {
  readonly self: Instance;
  /** Its class's name, which Keras prints. */
  readonly type: string;
  /** The declaration's name; undefined for a class of the user's. */
  readonly declared: string | undefined;
  readonly name: string;
  /** Where it was made, and through which calls. */
  readonly place: Place;
  readonly callers: readonly Place[];
  /** The arguments that were given, by name. */
  readonly args: Readonly<Record<string, Arg>>;
  readonly trainable: boolean;
  readonly built: boolean;
  /** Its call runs its `build` just now: no second call in there runs it again, and `self.built` is still False. */
  readonly building?: boolean | undefined;
  /** Its own weights, in order; those of the layers inside it are theirs. */
  readonly weights: readonly Weight[];
  /** Set where the weights are not known, and why. */
  readonly weightsUnknown?: string | undefined;
  /** It was called on something unknown, or fitted to it, which may have made its weights: why that is not known. */
  readonly unseen?: string | undefined;
  /** Layers inside it that are not attributes: a wrapper's. Their weights are in `weights` already. */
  readonly inner: readonly Instance[];
  /** The layers that Keras 3 has noted as parts of it, by their ids, in the order in which they were put there. */
  readonly tracked: readonly number[];
  /** How often it was called on symbolic tensors. */
  readonly calls: number;
  /** The graph's nodes of its first and of its last such call: `layer.output` means the first. */
  readonly firstNode?: number | undefined;
  readonly lastNode?: number | undefined;
  readonly inputs?: readonly TensorType[] | undefined;
  readonly outputs?: Outputs | undefined;
  /** The layer that made its last call's first input. */
  readonly from?: Instance | undefined;
  /** Which tensor its last call took first, and which it gave, where that was one. */
  readonly took?: number | undefined;
  readonly gave?: number | undefined;
  /** Where it was last called in the text; undefined where a Sequential calls it. */
  readonly called?: Place | undefined;
  readonly model?: ModelRecord | undefined;
  readonly compiled?: Compiled | undefined;
  /** A model that was given data which fits it. */
  readonly fed?: boolean | undefined;
  /** Of a model of the user's own class: what its `call` was given last. */
  readonly given?: Args | undefined;
  /** The tensors that `add_weight` gave, in the order of `weights`, and what fills them. */
  readonly added?: readonly AddedWeight[] | undefined;
  /** What its constructor was given, of a class of the user's. */
  readonly made?: Args | undefined;
  /** The layer in whose `call` it was made. */
  readonly within?: Instance | undefined;
  /** What is known of it after two ways. */
  joined(this: LayerRecord, other: object): object;
}

export interface AddedWeight {
  readonly tensor: number;
  readonly name: string;
  readonly initializer: Value | undefined;
}

/** What makes a layer a model. */
export type ModelRecord =
  | {
      readonly kind: "sequential";
      readonly layers: readonly Instance[];
      /** The InputLayer's name and tensor, once there is one. */
      readonly input?: InputRecord | undefined;
      readonly output?: TensorValue | undefined;
      /** Something that was added is not known, and why: what comes behind it is not either. */
      readonly open?: string | undefined;
    }
  | {
      readonly kind: "functional";
      /** As they were given: a tensor, or a list, tuple or dictionary of them. */
      readonly inputs: Value;
      readonly outputs: Value;
      readonly flatInputs: readonly TensorValue[];
      readonly flatOutputs: readonly TensorValue[];
      /** Ids of graph nodes, in the order in which Keras runs them. */
      readonly nodes: readonly number[];
      /** Layers and operations in Keras's order. */
      readonly operations: readonly Operation[];
      /** Nodes of what is listed with it though it is no part of its graph: a loss that was added, in Keras 2. */
      readonly beside?: readonly number[] | undefined;
    }
  | { readonly kind: "subclass" };

export interface InputRecord {
  readonly name: string;
  readonly tensor: TensorValue;
  /** Where the shape was said: `input_shape=…`, `Input(…)`. */
  readonly place: Place;
  /** True when a call or `fit` decided it, not the program's text. */
  readonly deferred: boolean;
}

/** What `compile` was given. */
export interface Compiled {
  readonly place: Place;
  readonly args: Readonly<Record<string, Arg>>;
  /** Labels were given that the loss took. */
  readonly settled?: boolean | undefined;
}

/** A node of the graph is the call of a layer, or of an operation on symbolic tensors. */
export type Operation =
  | { readonly kind: "layer"; readonly layer: Instance }
  | { readonly kind: "operation"; readonly id: number; readonly name: string; readonly type: string };
export interface GraphNode {
  readonly operation: Operation;
  /** Which call of its operation it is. */
  readonly index: number;
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  readonly place: Place;
  /** Of a layer's call: what it was given. */
  readonly args?: Args | undefined;
  /** Of an operation: how it is run again. */
  readonly recipe?: Recipe | undefined;
  /** Of an Input: rows of different lengths. */
  readonly ragged?: boolean | undefined;
}
/** Kept under a tensor's id: which node made it. */
export interface Producer {
  readonly node: number;
  readonly index: number;
}

/** What a layer's first call on symbolic tensors gave, or took: what Keras means by `layer.output`, `layer.input`. */
export const firstOutputs = (m: Machine, layer: Value | undefined): readonly TensorValue[] | undefined =>
  nodeOf(m, recordOf(m, layer)?.firstNode)?.outputs;
export const firstInputs = (m: Machine, layer: Value | undefined): readonly TensorValue[] | undefined => {
  const node = nodeOf(m, recordOf(m, layer)?.firstNode);
  // An InputLayer's input is its output.
  return node?.inputs.length === 0 ? node.outputs : node?.inputs;
};
/** Undefined too where two ways that differ came together: then nothing is known of it. */
export function nodeOf(m: Machine, id: number | undefined): GraphNode | undefined {
  const node = id === undefined ? undefined : m.slot<Partial<GraphNode>>(id);
  return node?.operation === undefined ? undefined : (node as GraphNode);
}

export const recordIn = (entry: HeapEntry | undefined): LayerRecord | undefined =>
  entry?.kind === "attributes" ? (entry.record as LayerRecord | undefined) : undefined;
export function recordOf(m: Machine, value: Value | undefined): LayerRecord | undefined {
  if (value?.kind !== "instance") return undefined;
  return recordIn(m.read(value.id));
}
const NO_ENTRIES: ReadonlyMap<string, Value> = new Map();
export function setRecord(m: Machine, layer: Instance, record: LayerRecord): void {
  const own = m.read(layer.id);
  const { entries = NO_ENTRIES, open, maybe } = own?.kind === "attributes" ? own : {};
  m.write(layer.id, { kind: "attributes", entries, open, maybe, record });
}
export function updateRecord(m: Machine, layer: Instance, change: Partial<LayerRecord>): void {
  const record = renewed(m, layer);
  if (record !== undefined) Object.assign(record, change);
}
/** A copy of its record, which is the layer's from now on: to be filled in at once, before anything else happens. */
export function renewed(m: Machine, layer: Instance): Mutable<LayerRecord> | undefined {
  const record = recordOf(m, layer);
  if (record === undefined) return undefined;
  const made: Mutable<LayerRecord> = copyOf(record);
  setRecord(m, layer, made);
  return made;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** Written out: each call of a layer makes some, and a spread of so many fields takes four times the room and time. */
const copyOf = (it: LayerRecord): Required<LayerRecord> => ({
  self: it.self,
  type: it.type,
  declared: it.declared,
  name: it.name,
  place: it.place,
  callers: it.callers,
  args: it.args,
  trainable: it.trainable,
  built: it.built,
  building: it.building,
  weights: it.weights,
  weightsUnknown: it.weightsUnknown,
  unseen: it.unseen,
  inner: it.inner,
  tracked: it.tracked,
  calls: it.calls,
  firstNode: it.firstNode,
  lastNode: it.lastNode,
  inputs: it.inputs,
  outputs: it.outputs,
  from: it.from,
  called: it.called,
  took: it.took,
  gave: it.gave,
  model: it.model,
  compiled: it.compiled,
  fed: it.fed,
  given: it.given,
  added: it.added,
  made: it.made,
  within: it.within,
  joined: it.joined,
});

const KNOWN = "keras class";
/** A class of the user's, for when a configuration names it. */
export function rememberClass(m: Machine, type: ClassValue): void {
  if (type.members === undefined) m.write(m.named(`${KNOWN} ${type.name}`), type);
}
export function rememberedClass(m: Machine, name: string): ClassValue | undefined {
  const known = m.read(m.named(`${KNOWN} ${name}`));
  return known?.kind === "class" ? known : undefined;
}

export const isLayer = (m: Machine, value: Value): value is Instance => recordOf(m, value) !== undefined;

export const argOf = (record: LayerRecord, name: string): Value | undefined => record.args[name]?.value;
