import type { Machine } from "../../../../interpreter/machine.ts";
import type { TensorValue, Value } from "../../../../interpreter/values.ts";
import { hasRank, printShape, type Shape } from "../../../../tensor/shape.ts";
import { type Step, stepsBack } from "../../../operation/history.ts";
import { sameSample, type WrongStep } from "./steps.ts";

/**
 * Columns of a table from one to another, of which the labels are a column too: data that end too early, or hold the
 * label. As many as the model reads are before the label or behind it.
 */
export function wrongColumns(
  m: Machine,
  tensor: TensorValue,
  wanted: Shape,
  labels: readonly TensorValue[],
): WrongStep | undefined {
  const step = columnStep(m, tensor);
  const [table, columns] = [step?.inputs[0], step && columnsOf(step)];
  const width = wanted.last;
  if (step === undefined || table === undefined || columns === undefined) return undefined;
  if (!hasRank(table.shape) || table.shape.rank !== 2 || wanted.rank !== 2 || typeof width !== "number")
    return undefined;
  const all = table.shape.last;
  const label = labels.map((it) => labelColumn(m, it, table)).find((it) => it !== undefined);
  if (typeof all !== "number" || label === undefined) return undefined;
  const at = label < 0 ? all + label : label;
  // From where it was said on; else those before the label.
  const isOther = ([from, to]: readonly [number, number]) => from >= 0 && to <= all && (at < from || at >= to);
  const ends = [[columns.from, columns.from + width] as const, [at - width, at] as const];
  const [start, end] = ends.find(isOther) ?? [0, 0];
  if (end === 0) return undefined;
  // All columns but the label: what the model says is wrong.
  if (columns.from === 0 && columns.to === all - 1 && at === columns.to) return undefined;
  const text = `${start === 0 ? "" : start}:${end}`;
  const edit = { place: step.place, text, form: "columns" };
  return {
    place: step.place,
    message: `these are the columns ${columns.from} to ${columns.to - 1} of ${printShape(table.shape)}`,
    repairs: [{ title: `The columns ${text}`, preferred: true, edits: [edit] }],
  };
}

/** Where the columns were chosen, if it was of a table that has as many or more. */
function columnStep(m: Machine, tensor: TensorValue): Step | undefined {
  for (const step of stepsBack(m, tensor)) {
    if (columnsOf(step) !== undefined) return step;
    const [from] = step.inputs;
    if (from === undefined || !hasRank(from.shape) || !hasRank(tensor.shape)) return undefined;
    if (!sameSample(from.shape, tensor.shape)) return undefined;
  }
  return undefined;
}

/** `table[:, 2:5]`: from which column on, and before which. */
function columnsOf({ type, args, inputs: [table] }: Step): { readonly from: number; readonly to: number } | undefined {
  const index = args?.list[1]?.value;
  const last = index?.kind === "tuple" && index.items.length === 2 ? index.items[1] : undefined;
  const all = table !== undefined && hasRank(table.shape) ? table.shape.last : undefined;
  if (type !== "GetItem" || last?.kind !== "slice" || last.step.kind !== "none" || typeof all !== "number")
    return undefined;
  const [from, to] = [bound(last.lower, 0, all), bound(last.upper, all, all)];
  return from === undefined || to === undefined ? undefined : { from, to };
}
function bound(value: Value, none: number, all: number): number | undefined {
  if (value.kind === "none") return none;
  if (value.kind !== "int" || typeof value.size !== "number") return undefined;
  return value.size < 0 ? all + value.size : value.size;
}

/** Which column of the table the labels are. */
function labelColumn(m: Machine, label: TensorValue, table: TensorValue): number | undefined {
  for (const { type, args, inputs } of stepsBack(m, label)) {
    if (type !== "GetItem" || inputs[0]?.id !== table.id) continue;
    const index = args?.list[1]?.value;
    const column = index?.kind === "tuple" ? index.items[1] : undefined;
    return column?.kind === "int" && typeof column.size === "number" ? column.size : undefined;
  }
  return undefined;
}
