import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Place } from "../../../interpreter/values.ts";
import { type Dim, printDim, product } from "../../../tensor/dim.ts";
import { hasRank, type Shape } from "../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../runtime/records.ts";
import { denseRepairs, lastStateOnly } from "./denseRepairs.ts";
import { type LayerCall, placeOf } from "./layerCallRule.ts";
import { besides } from "./related.ts";

/**
 * A Dense on a tensor of rank 3 or more is legal, and often meant: one kernel for the last axis, shared by every step.
 * So it is said as a hint; it becomes a warning on evidence only (`denseEvidence`). See
 * docs/rules/dense-on-sequence.md.
 */
export function denseOnSequence(m: Machine, { self, record, input }: LayerCall): void {
  if (record.declared !== "Dense" || !hasRank(input.shape) || input.shape.rank < 3 || input.assumed) return;
  const { shape } = input;
  m.report({
    code: "dense-on-sequence",
    severity: "hint",
    place: placeOf(m, record),
    message: explain(record, shape),
    related: [],
    repairs: denseRepairs(m, self, shape),
  });
}

const explain = (record: LayerRecord, shape: Shape): string => {
  const steps = product(shape.dims.slice(1, -1));
  const count = typeof steps === "number" ? `${steps} steps` : "all steps";
  const kernel = `${printDim(shape.last)} × ${unitsText(record)}`;
  return `Dense applies one kernel (${kernel}) to the last axis, the same for ${count}: nothing is flattened`;
};
const unitsText = (record: LayerRecord): string => {
  const units = record.args["units"]?.value;
  return units?.kind === "int" ? printDim(units.size as Dim) : "units";
};

/** What a model's data or loss say against an axis that its Dense layers have kept. */
export interface Evidence {
  /** Where it shows: the `fit`, the `compile`. */
  readonly place: Place;
  readonly text: string;
}

/** Warns at the last Dense that kept the axis, with the evidence related. */
export function denseEvidence(m: Machine, layer: Instance, input: Shape, evidence: Evidence): void {
  const dense = recordOf(m, layer);
  if (dense === undefined) return;
  const here = dense.called ?? dense.place;
  const repairs = denseRepairs(m, layer, input).map((it) => ({ ...it, toldAt: here }));
  // A recurrent layer right before it that was asked for all its steps is what a person would change.
  const place = lastStateOnly(recordOf(m, dense.from))?.edits[0]?.place ?? here;
  m.report({
    code: "dense-on-sequence",
    severity: "warning",
    place,
    message: `${explain(dense, input)}. ${evidence.text}`,
    related: besides(place, [
      { place: here, message: `${dense.name} keeps the steps here` },
      { place: evidence.place, message: evidence.text },
    ]),
    repairs,
  });
}
