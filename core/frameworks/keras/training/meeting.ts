import { dictOf, listOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg, Instance, Place, TensorValue, Value } from "../../../interpreter/values.ts";
import type { Dim } from "../../../tensor/dim.ts";
import { counted } from "../../operation/operand.ts";
import { isRanked, type Ranked } from "../../operation/ranked.ts";
import { producerOf } from "../runtime/graph.ts";
import { type LayerRecord, type ModelRecord, recordOf } from "../runtime/records.ts";
import { innerLayers } from "../runtime/tracking.ts";
import { type Loss, readLoss } from "./loss.ts";

/** One output of a model and the labels that a loss holds against it, in one call of `fit` or `evaluate`. */
export interface Meeting {
  readonly m: Machine;
  readonly model: Instance;
  readonly record: LayerRecord;
  /** The call. */
  readonly place: Place;
  /** What was given for `x` and `y`. */
  readonly args: Readonly<Record<string, Arg>>;
  readonly sample: Ranked;
  readonly label: Ranked;
  readonly output: Ranked;
  /** Which output it is, of how many. */
  readonly index: number;
  readonly count: number;
  /** The size of the first batch. */
  readonly batch: Dim;
  readonly loss: Loss | undefined;
}

export interface Training {
  readonly m: Machine;
  readonly model: Instance;
  readonly record: LayerRecord;
  readonly args: Readonly<Record<string, Arg>>;
  readonly data: readonly TensorValue[];
  readonly labels: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  readonly batch: Dim;
}

/** Each output with its labels and its loss, where their ranks are known and none is what was only meant. */
export function meetingsOf({ data, labels, outputs, ...training }: Training): readonly Meeting[] {
  const [sample] = data;
  if (labels.length !== outputs.length || sample === undefined || !isRanked(sample)) return [];
  const { m, record } = training;
  return outputs.flatMap((output, index) => {
    const label = labels[index] && asCounted(labels[index]);
    if (label === undefined || !isRanked(label) || !isRanked(output) || label.assumed || output.assumed) return [];
    const loss = lossFor(m, record, outputs.length, index);
    return [{ ...training, place: m.here, sample, label, output, index, count: outputs.length, loss }];
  });
}

/** Of whole numbers that are known one by one, also between which they lie, and how many there are. */
function asCounted(label: TensorValue): TensorValue {
  const { facts, dtype } = label;
  if (facts?.values === undefined || facts.range !== undefined || dtype?.includes("int") !== true) return label;
  return { ...label, facts: { ...facts, ...counted(facts.values) } };
}

/** One loss for all outputs, or one for each, by place or by name. */
function lossFor(m: Machine, record: LayerRecord, count: number, index: number): Loss | undefined {
  const arg = record.compiled?.args["loss"];
  const own = ownOf(m, record, count, index);
  return own === undefined || arg === undefined ? undefined : readLoss(m, arg, own);
}
function ownOf(m: Machine, { compiled, model }: LayerRecord, count: number, index: number): Value | undefined {
  const value = compiled?.args["loss"]?.value;
  if (value?.kind === "list") return listOf(m, value).items[index];
  return value?.kind === "dict" ? namedLoss(m, value, model, count, index) : value;
}
/** The value that the program gave as the loss of this output. */
export const lossOf = ({ m, record, count, index }: Meeting): Value | undefined => ownOf(m, record, count, index);

function namedLoss(
  m: Machine,
  value: Extract<Value, { kind: "dict" }>,
  model: ModelRecord | undefined,
  count: number,
  index: number,
): Value | undefined {
  const entries = [...dictOf(m, value).entries.values()];
  if (count === 1 && entries.length === 1) return entries[0]?.value;
  const tensor = model?.kind === "functional" ? model.flatOutputs[index] : undefined;
  const operation = tensor === undefined ? undefined : producerOf(m, tensor)?.node.operation;
  const name = operation?.kind === "layer" ? recordOf(m, operation.layer)?.name : undefined;
  return entries.find(({ key }) => key.kind === "str" && key.value === name)?.value;
}

/** The layers that an output went through one after the other, the last first; as far as they stand in a row. */
export function endOf({ m, model, record, index, output }: Meeting): readonly Instance[] {
  return lastLayers(m, model, record.model, index, output);
}

function lastLayers(
  m: Machine,
  self: Instance,
  model: ModelRecord | undefined,
  index: number,
  output: TensorValue | undefined,
): readonly Instance[] {
  if (model?.kind === "sequential") return inner(m, model.layers.toReversed());
  if (model?.kind === "functional") return inner(m, chain(m, model.flatOutputs[index]));
  return output === undefined ? [] : inner(m, called(m, innerLayers(m, self), output.id));
}
/** A model at the end ends as itself does. */
const inner = (m: Machine, [last, ...others]: readonly Instance[]): readonly Instance[] => {
  const nested = recordOf(m, last)?.model;
  if (last === undefined || nested === undefined) return last === undefined ? [] : [last, ...others];
  return [...lastLayers(m, last, nested, 0, undefined), ...others];
};

/** In a `call` of the user's: the layers that handed a tensor on, each what it was given by the next. */
function called(m: Machine, layers: readonly Instance[], tensor: number): readonly Instance[] {
  const found: Instance[] = [];
  for (let at: number | undefined = tensor; at !== undefined && found.length < MOST; ) {
    const layer = layers.find((it) => recordOf(m, it)?.gave === at);
    if (layer === undefined || found.includes(layer)) break;
    found.push(layer);
    at = recordOf(m, layer)?.took;
  }
  return found;
}

function chain(m: Machine, tensor: TensorValue | undefined): readonly Instance[] {
  const layers: Instance[] = [];
  for (let at = tensor; at !== undefined && layers.length < MOST; ) {
    const node = producerOf(m, at)?.node;
    if (node?.operation.kind !== "layer") break;
    layers.push(node.operation.layer);
    // What a merge gives, or a layer with a state that it is handed, is where the row begins.
    at = node.inputs.length === 1 ? node.inputs[0] : undefined;
  }
  return layers;
}
const MOST = 200;
