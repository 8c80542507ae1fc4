import type { Machine } from "../../../interpreter/machine.ts";
import { product } from "../../../tensor/dim.ts";
import { printShape, Shape } from "../../../tensor/shape.ts";
import { weightBytes } from "../runtime/cost.ts";
import { recordOf } from "../runtime/records.ts";
import { type LayerCall, placeOf } from "./layerCallRule.ts";

/** Bytes above which no machine that people train on holds one weight. */
const LIMIT = 16e9;

/** One weight that does not fit into memory: Keras dies while it allocates it. */
export function hugeWeights(m: Machine, call: LayerCall): void {
  const record = recordOf(m, call.self) ?? call.record;
  const weight = record.weights.find((it) => (weightBytes([it]) ?? 0) > LIMIT);
  if (weight === undefined || call.input.assumed || call.record.built) return;
  const bytes = weightBytes([weight]) ?? 0;
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
