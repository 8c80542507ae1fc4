import type { Outputs } from "../../../analysis.ts";
import { dictOf, listOf } from "../../../interpreter/containers.ts";
import type { HeapEntry } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Recipe } from "../../../interpreter/trace.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  type Instance,
  type Place,
  reasonOf,
  type TensorValue,
  type Value,
} from "../../../interpreter/values.ts";
import type { TensorType } from "../../../tensor/type.ts";
import type { Weight } from "../define.ts";
import { versionIn } from "../version.ts";

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
  /** Its own weights, in order; those of the layers inside it are theirs. */
  readonly weights: readonly Weight[];
  /** Set where the weights are not known, and why. */
  readonly weightsUnknown?: string | undefined;
  /** It was called on something unknown, or fitted to it, which may have made its weights: why that is not known. */
  readonly unseen?: string | undefined;
  /** Layers inside it that are not attributes: a wrapper's. Their weights are in `weights` already. */
  readonly inner: readonly Instance[];
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
  weights: it.weights,
  weightsUnknown: it.weightsUnknown,
  unseen: it.unseen,
  inner: it.inner,
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

/** Keras's own snake case: `GlobalAveragePooling1D` → `global_average_pooling1d` (keras.src.utils.naming). */
export const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

interface NameCount {
  readonly count: number;
  /** Names that a `clear_session` has given free again are counted from 0: which clearing it was. */
  readonly session: number;
  joined(this: NameCount, other: object): NameCount;
}
/** After two ways that made different numbers of layers, the next name is not known. */
function joinedCounts(this: NameCount, other: object): NameCount {
  return { ...this, count: Number.NaN, session: Math.max(this.session, (other as NameCount).session) };
}
const SESSION = "keras session";
const sessionOf = (m: Machine): number => m.slot<{ readonly session: number }>(m.named(SESSION))?.session ?? 0;
const snakeCases = new Map<string, string>();

/**
 * The next automatic name for a class: `dense`, `dense_1`, … in the order of execution; each class counts by itself.
 */
export function automaticName(m: Machine, type: string): string {
  const isOld = versionIn(m) === 2;
  if (isOld && type === "Functional") return automaticName(m, "Model");
  // Keras 2 counts its inputs from 1, and calls them so.
  if (isOld && type === "InputLayer") return `input_${Number(/\d+$/.exec(automaticName(m, "Input"))?.[0] ?? 0) + 1}`;
  let prefix = snakeCases.get(type);
  if (prefix === undefined) {
    prefix = snakeCase(type);
    snakeCases.set(type, prefix);
  }
  const id = m.named(`keras name ${prefix}`);
  const session = sessionOf(m);
  const known = m.slot<NameCount>(id);
  const count = known?.session === session ? known.count : 0;
  m.setSlot(id, { count: count + 1, session, joined: joinedCounts } satisfies NameCount);
  if (Number.isNaN(count)) return "?";
  return count === 0 ? prefix : `${prefix}_${count}`;
}
/** Whatever is made in `body`, the next automatic name of the class is what it would have been. */
export function keepingNames<T>(m: Machine, type: string, body: () => T): T {
  const id = m.named(`keras name ${snakeCase(type)}`);
  const before = m.slot<NameCount>(id);
  const result = body();
  m.setSlot(id, before ?? ({ count: 0, session: sessionOf(m), joined: joinedCounts } satisfies NameCount));
  return result;
}
export const forgetNames = (m: Machine): void => m.setSlot(m.named(SESSION), { session: sessionOf(m) + 1 });

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

/**
 * The layers that an object holds as Keras tracks them: its attributes in order, and what lists and dictionaries hold.
 */
export function trackedLayers(m: Machine, layer: Instance): readonly Instance[] {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes") return [];
  if (entry.entries.size === 0) return NO_LAYERS;
  const found = new Map<number, Instance>();
  const visit = (value: Value, depth: number): void => {
    if (value.kind === "instance") {
      if (isLayer(m, value) && value.id !== layer.id) found.set(value.id, value);
    } else if (depth < 6) for (const part of partsOf(m, value)) visit(part, depth + 1);
  };
  for (const value of entry.entries.values()) visit(value, 0);
  return [...found.values()];
}

const NO_LAYERS: readonly Instance[] = [];
/** Whether that layer is one of them. Only where it stands is looked at, and none of the others. */
export function tracks(m: Machine, owner: Instance, layer: Instance): boolean {
  const entry = m.read(owner.id);
  if (entry?.kind !== "attributes" || owner.id === layer.id) return false;
  const holds = (value: Value, depth: number): boolean =>
    value.kind === "instance"
      ? value.id === layer.id
      : depth < 6 && partsOf(m, value).some((it) => holds(it, depth + 1));
  for (const value of entry.entries.values()) if (holds(value, 0)) return true;
  return false;
}

/** Why the layers in an object are not all known: an attribute of which nothing is known may be one, or hold one. */
export function untracked(m: Machine, layer: Instance): string | undefined {
  const entry = m.read(layer.id);
  if (entry?.kind !== "attributes") return undefined;
  const doubt = (value: Value, depth: number): string | undefined => {
    if (value.kind === "unknown") return value.type === undefined ? value.reason : undefined;
    if (depth > 3) return undefined;
    return partsOf(m, value).reduce<string | undefined>((why, part) => why ?? doubt(part, depth + 1), undefined);
  };
  for (const value of entry.entries.values()) {
    const why = doubt(value, 0);
    if (why !== undefined) return why;
  }
  return undefined;
}

function partsOf(m: Machine, value: Value): readonly Value[] {
  if (value.kind === "tuple") return value.items;
  if (value.kind === "list") return listOf(m, value).items;
  return value.kind === "dict" ? [...dictOf(m, value).entries.values()].map((it) => it.value) : [];
}

/** The layers directly inside a layer or a model, in Keras's order. */
export function innerLayers(m: Machine, layer: Instance): readonly Instance[] {
  const record = recordOf(m, layer);
  const model = record?.model;
  if (model?.kind === "sequential") return model.layers;
  if (model?.kind === "functional") {
    const own = model.operations.flatMap((it) => (it.kind === "layer" ? [it.layer] : []));
    const extra = trackedLayers(m, layer).filter((it) => !own.some((other) => other.id === it.id));
    return [...own, ...extra];
  }
  return trackedLayers(m, layer);
}

export interface Held {
  readonly layers: ReadonlySet<number>;
  readonly nodes: ReadonlySet<number>;
}

/** All layers that models hold, at any depth, and the calls that their graphs are made of; of each model by itself. */
export const heldBy = (m: Machine, models: readonly LayerRecord[]): readonly Held[] =>
  models.map((it) => m.derived(it, () => heldByOne(m, it)));
function heldByOne(m: Machine, { self, model }: LayerRecord): Held {
  const layers = new Set<number>();
  const visit = (layer: Instance): void => {
    if (layers.has(layer.id)) return;
    layers.add(layer.id);
    const record = recordOf(m, layer);
    for (const it of [...innerLayers(m, layer), ...(record?.inner ?? [])]) visit(it);
  };
  visit(self);
  return { layers, nodes: new Set(model?.kind === "functional" ? model.nodes : []) };
}

/** The layer was run on something unknown: what is not built in it may be by now. */
export function noteUnseen(m: Machine, layer: Instance, reason: string): void {
  const record = recordOf(m, layer);
  if (record === undefined || record.built || record.unseen !== undefined) return;
  updateRecord(m, layer, { unseen: reason });
  for (const inner of innerLayers(m, layer)) noteUnseen(m, inner, reason);
}

/**
 * Tensors in a value, flattened as Keras flattens: dictionaries by sorted keys. Undefined where something is not known.
 */
export function flatTensors(m: Machine, value: Value): readonly TensorValue[] | undefined {
  if (value.kind === "tensor") return [value];
  if (value.kind === "none") return [];
  let parts: readonly Value[] | undefined;
  if (value.kind === "tuple") parts = value.items;
  else if (value.kind === "list" && listOf(m, value).rest === undefined) parts = listOf(m, value).items;
  else if (value.kind === "dict" && dictOf(m, value).open === undefined) {
    const sorted = [...dictOf(m, value).entries].sort(([a], [b]) => (a < b ? -1 : 1));
    parts = sorted.map(([, entry]) => entry.value);
  }
  const flat = parts?.map((part) => flatTensors(m, part));
  return flat === undefined || flat.includes(undefined) ? undefined : flat.flatMap((it) => it ?? []);
}

/** Why a value is not all tensors: what is not known in it, or in what it holds. */
export function reasonInside(m: Machine, value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "list" && listOf(m, value).rest !== undefined) return listOf(m, value).rest?.reason;
  return (
    reasonOf(value) ??
    partsOf(m, value).reduce<string | undefined>((why, part) => why ?? reasonInside(m, part), undefined)
  );
}

export const argOf = (record: LayerRecord, name: string): Value | undefined => record.args[name]?.value;
