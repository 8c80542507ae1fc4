import type { Machine } from "../../interpreter/machine.ts";
import type { Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import type { Call } from "../operation/call.ts";
import { operandOf } from "../operation/operand.ts";
import { type FrameData, known, labelled, typed, wide, withRows } from "./frame.ts";
import { labelsOf } from "./indexers.ts";

/** `reindex(columns=…)`: just these, also where the table has none of the name; `reindex(index=…)` likewise of rows. */
export function reindexed(c: Call, data: FrameData): FrameData {
  const axis = c.value("axis");
  const isOfColumns = axis.kind === "str" ? axis.value === "columns" : c.number("axis") === 1;
  const labels = c.has("labels") ? c.value("labels") : undefined;
  const columns = c.has("columns") ? c.value("columns") : isOfColumns ? labels : undefined;
  const rows = c.has("index") ? c.value("index") : isOfColumns ? undefined : labels;
  // Rows that were not there are gaps, for which numbers may become floats.
  const kept = rows === undefined ? data : withRows(withoutTypes(data), countOf(c.m, rows));
  if (columns === undefined) return kept;
  const names = labelsOf(c.m, columns);
  if (names === undefined) return wide(kept.rows, countOf(c.m, columns));
  return known(
    kept.rows,
    names.map((label) => ({ label, dtype: labelled(kept, label)?.dtype })),
  );
}
const withoutTypes = (data: FrameData): FrameData => typed(data, () => undefined);

function countOf(m: Machine, labels: Value): Dim {
  const { shape } = operandOf(m, labels);
  return hasRank(shape) && shape.rank > 0 ? shape.at(0) : unknownDim("which labels it gets is not known");
}
