import type { Machine } from "../../../interpreter/machine.ts";
import type { Args, TensorValue, Value } from "../../../interpreter/values.ts";
import type { Given } from "../define.ts";
import { LAYERS } from "../layers/index.ts";
import { layerSignature } from "../signatures.ts";
import { bind, toGiven } from "./given.ts";
import { flatTensors } from "./parts.ts";
import type { LayerRecord } from "./records.ts";

/** The tensors of a call, in the declaration's order where it takes several. */
export function tensorsGiven(m: Machine, record: LayerRecord, args: Args): readonly TensorValue[] {
  const only = onlyTensor(record, args);
  if (only !== undefined) return [only];
  return LAYERS.get(record.declared ?? "")?.tensors === undefined
    ? args.list.flatMap(({ value }) => flatTensors(m, value) ?? [])
    : readCall(m, record, args).tensors;
}
/** The tensor that nearly every call is given alone. */
function onlyTensor(record: LayerRecord, { list }: Args): TensorValue | undefined {
  const [only] = list;
  if (only === undefined || list.length > 1 || only.name !== undefined || only.value.kind !== "tensor")
    return undefined;
  return LAYERS.get(record.declared ?? "")?.tensors === undefined ? only.value : undefined;
}
const NONE_GIVEN: Readonly<Record<string, Given>> = {};

/** A call's arguments as the declaration reads them: its tensors in order, everything else by name. */
export interface CallArguments {
  readonly tensors: readonly TensorValue[];
  /** The first input that is not a tensor. */
  readonly other: Value | undefined;
  readonly given: Readonly<Record<string, Given>>;
  /** Those among them that are tensors. */
  readonly named: Readonly<Record<string, TensorValue>>;
  /** An argument without a default that is not given. */
  readonly missing?: string | undefined;
}

export function readCall(m: Machine, record: LayerRecord, args: Args): CallArguments {
  const parameters = layerSignature(record.declared)?.call;
  const only = parameters?.[0]?.kind === "positional" ? onlyTensor(record, args) : undefined;
  if (only !== undefined) return { tensors: [only], other: undefined, given: NONE_GIVEN, named: {} };
  const { args: bound, missing } = bind({ parameters, keywords: "*" }, args);
  const first = parameters?.[0]?.name ?? Object.keys(bound)[0] ?? "inputs";
  const inputs = LAYERS.get(record.declared ?? "")?.tensors ?? [first];
  const tensors: TensorValue[] = [];
  let other: Value | undefined;
  for (const name of inputs) {
    const value = bound[name]?.value;
    const flat = value === undefined ? [] : flatTensors(m, value);
    if (flat === undefined) other ??= value;
    else tensors.push(...flat);
  }
  if (bound[first] === undefined && args.list[0] !== undefined && tensors.length === 0) other ??= args.list[0].value;
  const given: Record<string, Given> = {};
  const named: Record<string, TensorValue> = {};
  for (const name of Object.keys(bound)) {
    const arg = inputs.includes(name) ? undefined : bound[name];
    if (arg !== undefined) given[`call.${name}`] = toGiven(m, arg.value);
    if (arg?.value.kind === "tensor") named[name] = arg.value;
  }
  return { tensors, other, given, named, missing: args.open === undefined ? missing[0]?.name : undefined };
}
