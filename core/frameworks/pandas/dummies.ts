import { hashOf } from "../../interpreter/containers.ts";
import { str, stringOf, unknown } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { NUMPY } from "../numpy/library.ts";
import type { Call } from "../operation/call.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { type Column, type FrameData, known, wide } from "./frame.ts";
import { labelsOf } from "./indexers.ts";

/** `pandas.get_dummies`: one column for each value, where the values are there to be seen. */

const REASON = "the values in the columns decide how many columns there are";
const typeSaid = (c: Call): DType | undefined =>
  c.has("dtype") ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined) : "bool";

/** The columns that texts become stand behind the others. */
export function dummies(c: Call, { rows, columns }: FrameData): FrameData {
  const nothing = wide(rows, unknownDim(REASON));
  const first = c.flag("drop_first");
  if (columns === undefined || first === undefined || c.flag("dummy_na") !== false) return nothing;
  const said = c.has("columns") ? labelsOf(c.m, c.value("columns")) : undefined;
  if (said === undefined && (c.has("columns") || columns.some((it) => it.dtype === undefined && !it.values)))
    return nothing;
  const isText = (it: Column): boolean => it.dtype === "string" || it.dtype === undefined;
  const encoded =
    said?.map((label) => columns.find((it) => hashOf(it.label) === hashOf(label))) ?? columns.filter(isText);
  const made = encoded.map((it) => (it === undefined ? undefined : columnsFor(c, it, first)));
  if (made.includes(undefined)) return nothing;
  return known(rows, [...columns.filter((it) => !encoded.includes(it)), ...made.flatMap((it) => it ?? [])]);
}

function columnsFor(c: Call, { label, values }: Column, dropsFirst: boolean): readonly Column[] | undefined {
  const name = stringOf(label);
  const isPlain = name !== undefined && !c.has("prefix") && c.text("prefix_sep") !== undefined;
  const dtype = typeSaid(c);
  return values?.kinds.slice(dropsFirst ? 1 : 0).map((it) => ({
    label: isPlain ? str(`${name}${c.text("prefix_sep")}${it}`) : unknown("the name of a column"),
    dtype,
  }));
}

export function dummiesOfColumn(c: Call, rows: Dim): FrameData {
  const column = c.value("data");
  const kinds = column.kind === "tensor" ? column.facts?.kinds : undefined;
  const first = c.flag("drop_first");
  if (kinds === undefined || first === undefined || c.flag("dummy_na") !== false) return wide(rows, unknownDim(REASON));
  const dtype = typeSaid(c);
  const label = unknown("the name of a column");
  return known(rows, Array<Column>(first ? kinds - 1 : kinds).fill({ label, dtype }));
}
