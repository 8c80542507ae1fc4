import type { Machine } from "../../../interpreter/machine.ts";
import type { Place } from "../../../interpreter/values.ts";
import { product } from "../../../tensor/dim.ts";
import { printShape, Shape } from "../../../tensor/shape.ts";
import { bytesOf, weightBytes } from "../runtime/cost.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { type LayerCall, placeOf } from "./layerCallRule.ts";

/** Bytes above which no machine that people train on holds one weight. */
export const LIMIT = 16e9;

/** One weight that does not fit into memory: Keras dies while it allocates it. */
export function hugeWeights(m: Machine, { record, input }: LayerCall): void {
  const weight = record.weights.find((it) => (bytesOf(it) ?? 0) > LIMIT);
  if (weight === undefined || input.assumed) return;
  const bytes = bytesOf(weight) ?? 0;
  const count = product(weight.shape);
  m.report({
    code: "memory",
    severity: "error",
    place: placeOf(m, record),
    message:
      `The ${weight.name} of this ${record.type} is ${printShape(new Shape(weight.shape))}: ` +
      `${typeof count === "number" ? count.toLocaleString("en-US") : "?"} numbers, ${gigabytes(bytes)}`,
    related: [],
    repairs: [],
  });
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** The layers of a model whose weights no machine holds, where they are said. */
export function hugeLayers(
  m: Machine,
  model: LayerRecord,
): readonly { readonly place: Place; readonly bytes: number }[] {
  const layers = model.model?.kind === "sequential" ? model.model.layers : [];
  return layers.flatMap((layer) => {
    const record = recordOf(m, layer);
    const bytes = weightBytes(record?.weights ?? []) ?? 0;
    return record === undefined || bytes <= LIMIT ? [] : [{ place: record.place, bytes }];
  });
}
