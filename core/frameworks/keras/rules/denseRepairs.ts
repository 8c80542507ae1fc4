import type { Repair } from "../../../interpreter/record.ts";
import type { Shape } from "../../../tensor/shape.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { insertBefore } from "./insert.ts";

/** Ways from one prediction per step to one per sample, the plainest first; each is offered only if it is verified. */
export function denseRepairs(dense: LayerRecord, input: Shape): readonly Repair[] {
  const pooling = { 3: "GlobalAveragePooling1D", 4: "GlobalAveragePooling2D", 5: "GlobalAveragePooling3D" }[input.rank];
  const layers = [
    "Flatten()",
    ...(pooling === undefined ? [] : [`${pooling}()`]),
    ...(input.rank === 3 ? ["LSTM(64)"] : []),
  ];
  return layers.map((layer, i) => ({
    title: `Insert ${layer}`,
    preferred: i === 0,
    edits: insertBefore(dense, layer),
  }));
}
