import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import { FALSE, type Instance } from "../../../interpreter/values.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { producerOf } from "../runtime/graph.ts";
import { type GraphNode, type LayerRecord, recordOf } from "../runtime/records.ts";
import { insertBefore } from "./insert.ts";

/**
 * Ways from one prediction per step to one per sample: the layer before gives its last state alone, or something between
 * takes the steps together. The likeliest first; each is offered only if it is verified.
 */
export function denseRepairs(m: Machine, model: Instance, dense: Instance, input: Shape): readonly Repair[] {
  const record = recordOf(m, dense);
  if (record === undefined) return [];
  const last = lastStateOnly(recordOf(m, layerBefore(m, model, dense)));
  const pooling = { 3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D" }[input.rank];
  const steps = input.rank === 3 ? ["LSTM(64)", "Lambda(lambda t: t[:, -1])"] : [];
  const layers = ["Flatten()", ...(pooling === undefined ? [] : [`${pooling}()`]), ...steps];
  const inserts = layers.map((layer) => ({
    title: layer.startsWith("Lambda") ? `Take the last step: ${layer}` : `Insert ${layer}`,
    preferred: layer === "Flatten()" && last === undefined,
    edits: insertBefore(record, layer),
  }));
  return last === undefined ? inserts : [last, ...inserts];
}

/** A recurrent layer that was asked for all its steps gives the last one if it is not. */
function lastStateOnly(before: LayerRecord | undefined): Repair | undefined {
  const place = before?.args["return_sequences"]?.place;
  if (before === undefined || place === undefined || before.args["return_sequences"]?.value === FALSE) return undefined;
  if (before.outputs === undefined || !("shape" in before.outputs)) return undefined;
  return {
    title: `return_sequences=False: the last state of ${before.name}`,
    preferred: true,
    edits: [{ place, text: "return_sequences=False" }],
  };
}

/** The layer whose output this one is given. */
function layerBefore(m: Machine, self: Instance, layer: Instance): Instance | undefined {
  const model = recordOf(m, self)?.model;
  if (model?.kind === "sequential") return model.layers[model.layers.findIndex((it) => it.id === layer.id) - 1];
  if (model?.kind !== "functional") return undefined;
  for (const id of model.nodes) {
    const node = m.slot<GraphNode>(id);
    if (node?.operation.kind !== "layer" || node.operation.layer.id !== layer.id || node.inputs[0] === undefined)
      continue;
    const from = producerOf(m, node.inputs[0])?.node.operation;
    return from?.kind === "layer" ? from.layer : undefined;
  }
  return undefined;
}
