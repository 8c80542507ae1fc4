import { dictOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { TensorValue, Value } from "../../../interpreter/values.ts";
import { producerOf } from "./graph.ts";
import { flatTensors } from "./parts.ts";
import { type ModelRecord, recordOf } from "./records.ts";

/**
 * Data for a model's inputs, or labels for its outputs, in the model's order. A dictionary goes by the names of the
 * layers that made `places`, unless the model's own structure is a dictionary: then by its keys. Undefined where it is
 * not known.
 */
export function inOrder(
  m: Machine,
  model: ModelRecord | undefined,
  which: "inputs" | "outputs",
  given: Value,
): readonly TensorValue[] | undefined {
  if (given.kind !== "dict" || model?.kind !== "functional" || model[which].kind === "dict")
    return flatTensors(m, given);
  const { entries, open } = dictOf(m, given);
  if (open !== undefined) return undefined;
  const byName = new Map([...entries.values()].map(({ key, value }) => [key.kind === "str" ? key.value : "", value]));
  const places = which === "inputs" ? model.flatInputs : model.flatOutputs;
  const found = places.map((it) => byName.get(nameOf(m, it)));
  const tensors = found.map((it) => (it?.kind === "tensor" ? it : undefined));
  return tensors.includes(undefined) ? undefined : tensors.flatMap((it) => it ?? []);
}

/** The names of a functional model's inputs, or outputs: those of the layers that made them. */
export const placeNames = (
  m: Machine,
  model: Extract<ModelRecord, { kind: "functional" }>,
  which: "inputs" | "outputs",
): readonly string[] => (which === "inputs" ? model.flatInputs : model.flatOutputs).map((it) => nameOf(m, it) || "?");

function nameOf(m: Machine, tensor: TensorValue): string {
  const operation = producerOf(m, tensor)?.node.operation;
  return (operation?.kind === "layer" ? recordOf(m, operation.layer)?.name : operation?.name) ?? "";
}
