import { emptyInstance } from "../../../interpreter/classes.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  type Instance,
  type NativeValue,
  nativeMethod,
  stringOf,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { lookup } from "../signatures.ts";
import { automaticName } from "./automaticNames.ts";
import { callerOf } from "./inside.ts";
import { joinRecords } from "./joinRecords.ts";
import { type LayerRecord, recordOf, rememberClass, renewed } from "./records.ts";

/** A layer as an object: how it is made and named, and how its class's members are declared. */

export type Method = (m: Machine, self: Instance, args: Args) => Value;
/** A native method of a layer: without a layer there is nothing to say. */
export const method = (name: string, body: Method): NativeValue =>
  nativeMethod(name, (m, { list: [self, ...list], open }) =>
    self?.value.kind === "instance"
      ? body(m, self.value, open === undefined ? { list } : { list, open })
      : unknown(`${name} of something that is not a layer`),
  );
export const property = (name: string, get: (m: Machine, self: Instance) => Value, set?: Method): Value => ({
  kind: "property",
  get: method(name, (m, self) => get(m, self)),
  ...(set !== undefined && { set: method(`${name}.setter`, set) }),
});

// One function for all, so that equal records compare equal.
function joined(this: LayerRecord, other: object): object {
  return joinRecords(this, other as LayerRecord);
}

/** GroupQueryAttention's class calls itself GroupedQueryAttention, and so do names and tables. */
function definedName({ name, qualifiedName }: ClassValue): string {
  const defined = lookup(qualifiedName)?.defined;
  return defined === undefined ? name : defined.slice(defined.lastIndexOf(".") + 1);
}

/** Makes the object and its record; the constructor fills it in. */
export function createLayer(m: Machine, type: ClassValue, model?: LayerRecord["model"]): Instance {
  rememberClass(m, type);
  return emptyInstance(m, type, (self) => newRecord(m, self, definedName(type), model));
}
/** Every field is there from the start, so that all records have one form. */
const newRecord = (m: Machine, self: Instance, type: string, model: LayerRecord["model"]): Required<LayerRecord> => ({
  self,
  type,
  declared: undefined,
  name: "",
  place: m.here,
  callers: m.context.callers,
  args: {},
  trainable: true,
  built: false,
  building: undefined,
  weights: [],
  weightsUnknown: undefined,
  unseen: undefined,
  inner: [],
  tracked: [],
  calls: 0,
  firstNode: undefined,
  lastNode: undefined,
  inputs: undefined,
  outputs: undefined,
  from: undefined,
  called: undefined,
  took: undefined,
  gave: undefined,
  model,
  compiled: undefined,
  fed: undefined,
  given: undefined,
  added: undefined,
  made: undefined,
  within: callerOf(m),
  joined,
});

/** Names the layer and keeps its arguments. */
export function initialise(
  m: Machine,
  self: Instance,
  declared: string | undefined,
  args: Readonly<Record<string, Arg>>,
): void {
  const record = recordOf(m, self);
  if (record === undefined) return;
  const given = stringOf(args["name"]?.value);
  const unknownName = args["name"] !== undefined && args["name"].value.kind === "unknown";
  const name = given ?? (unknownName ? "?" : automaticName(m, record.type));
  const trainable = args["trainable"]?.value.kind === "bool" ? args["trainable"].value.value : true;
  const now = renewed(m, self);
  if (now === undefined) return;
  now.declared = declared ?? record.declared;
  now.name = name;
  now.args = args;
  now.trainable = trainable;
}
