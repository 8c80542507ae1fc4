import type { Machine } from "../../../interpreter/machine.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { recordOf } from "../runtime/records.ts";
import { unwrap } from "./insert.ts";
import { type LayerCall, placeOf } from "./layerCallRule.ts";

/** Layers that treat every axis but the last alike: TimeDistributed changes nothing around them. */
const LAST_AXIS_ONLY = new Set(["Dense", "Activation", "ReLU", "LeakyReLU", "ELU", "Rescaling"]);

/** `TimeDistributed(Dense(n))` is `Dense(n)`: the same weights, the same numbers. See docs/rules. */
export function redundantTimeDistributed(m: Machine, { record, input }: LayerCall): void {
  if (record.declared !== "TimeDistributed" || !hasRank(input.shape) || input.assumed) return;
  const inner = recordOf(m, record.args["layer"]?.value);
  if (inner?.declared === undefined || !LAST_AXIS_ONLY.has(inner.declared)) return;
  m.report({
    code: "redundant-time-distributed",
    severity: "hint",
    place: placeOf(m, record),
    message: `TimeDistributed changes nothing here: ${inner.declared} works on the last axis of every step by itself`,
    related: [],
    repairs: [
      {
        title: `Unwrap: ${inner.declared} alone gives the same`,
        preferred: true,
        keeps: true,
        edits: unwrap(record),
      },
    ],
  });
}
