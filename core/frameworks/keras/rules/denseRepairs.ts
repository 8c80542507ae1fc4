import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import { FALSE, type Instance } from "../../../interpreter/values.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { insertBefore, lastStepOf } from "./insert.ts";

/**
 * Ways from one prediction per step to one per sample: the layer before gives its last state alone, or something
 * between takes the steps together. The likeliest first; each is offered only if it is verified.
 */
export function denseRepairs(m: Machine, dense: Instance, input: Shape): readonly Repair[] {
  const record = recordOf(m, dense);
  if (record === undefined) return [];
  const last = lastStateOnly(recordOf(m, record.from));
  const pooling = { 3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D" }[input.rank];
  const layers = [
    "Flatten()",
    ...(pooling === undefined ? [] : [`${pooling}()`]),
    ...(input.rank === 3 ? ["LSTM(64)"] : []),
  ];
  const inserts = layers.map((layer) => ({
    title: `Insert ${layer}`,
    preferred: layer === "Flatten()" && last === undefined,
    edits: insertBefore(record, layer),
  }));
  const step: Repair = { title: "Take the last step", preferred: false, edits: lastStepOf(record) };
  return [...(last === undefined ? [] : [last]), ...inserts, ...(input.rank === 3 ? [step] : [])];
}

/** A recurrent layer that was asked for all its steps gives the last one if it is not. */
export function lastStateOnly(before: LayerRecord | undefined): Repair | undefined {
  const place = before?.args["return_sequences"]?.place;
  if (before === undefined || place === undefined || before.args["return_sequences"]?.value === FALSE) return undefined;
  if (before.outputs === undefined || !("shape" in before.outputs)) return undefined;
  return {
    title: `return_sequences=False: the last state of ${before.name}`,
    preferred: true,
    edits: [{ place, text: "return_sequences=False" }],
  };
}
