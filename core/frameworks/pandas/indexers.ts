import { hashOf, listOf } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { plainOf } from "../../interpreter/methods/receiver.ts";
import {
  type Instance,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  type Opaque,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { isConflict } from "../../tensor/conflict.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { indexed } from "../../tensor/indexing.ts";
import { hasRank, Shape } from "../../tensor/shape.ts";
import { rememberColumns } from "../operation/history.ts";
import { subscripts } from "../operation/indexing.ts";
import { operandOf } from "../operation/operand.ts";
import {
  type Column,
  change,
  commonType,
  type FrameData,
  factsOf,
  frame,
  frameData,
  known,
  typed,
  wide,
  withColumn,
  withRows,
} from "./frame.ts";
import { series } from "./series.ts";

/** `df[…]`, `df.iloc[…]`, `df.loc[…]`: by name, by place, by label. */

const entry = (): Value => unknown("an entry of a table");
const ALL = (value: Value): boolean =>
  value.kind === "slice" && [value.lower, value.upper, value.step].every((it) => it.kind === "none");

/** How many of `n` an index along one axis takes; "one" of a single place; undefined where it is not known. */
function taken(m: Machine, index: Value, n: Dim): Dim | "one" {
  if (index.kind === "int" || index.kind === "str") return "one";
  const parts = subscripts(m, index);
  if ("reason" in parts) return unknownDim(parts.reason);
  const shape = indexed(new Shape([n]), parts);
  if (isConflict(shape) || !hasRank(shape)) return unknownDim("which rows are taken is not known");
  return shape.rank === 0 ? "one" : shape.at(0);
}
/** The columns at these places; undefined where they are not known. */
function columnsAt(m: Machine, index: Value, columns: readonly Column[] | undefined): readonly Column[] | undefined {
  if (columns === undefined) return undefined;
  const places = columns.map((_, i): Value => ({ kind: "int", size: i }));
  const { values, leaves } = operandOf(m, index);
  if (leaves.includes("bool")) return values && columns.filter((_, i) => values[i] === 1);
  if (index.kind === "list" || index.kind === "tensor") return values?.flatMap((at) => columns.at(at) ?? []);
  if (index.kind !== "slice") return undefined;
  const bound = (value: Value, missing: number): number | undefined =>
    value.kind === "none" ? missing : value.kind === "int" && typeof value.size === "number" ? value.size : undefined;
  const [start, stop, step] = [bound(index.lower, 0), bound(index.upper, places.length), bound(index.step, 1)];
  if (start === undefined || stop === undefined || step !== 1) return undefined;
  return columns.slice(start, stop);
}

/** `df.iloc[rows]` and `df.iloc[rows, columns]` */
function byPlace(m: Machine, data: FrameData, index: Value): Value {
  const [r = index, c] = index.kind === "tuple" ? index.items : [index];
  const rows = taken(m, r, data.rows);
  if (c === undefined) {
    return rows === "one" ? series(m, data.width, commonType(data.columns)) : frame(m, withRows(data, rows));
  }
  const width = taken(m, c, data.width);
  if (width === "one") {
    if (rows === "one") return entry();
    const at = c.kind === "int" && typeof c.size === "number" ? c.size : undefined;
    return columnOf(m, withRows(data, rows), at === undefined ? undefined : withRows(data, rows).columns?.at(at));
  }
  const columns = ALL(c) ? data.columns : columnsAt(m, c, data.columns);
  if (rows === "one") return series(m, width, commonType(columns));
  return frame(m, columns === undefined ? wide(rows, width) : known(rows, columns));
}

/** Labels of rows: all, a mask, or what only the index knows. */
function rowsByLabel(m: Machine, r: Value, rows: Dim): Dim | "one" {
  if (ALL(r)) return rows;
  const { shape, leaves } = operandOf(m, r);
  if (leaves.includes("bool")) return unknownDim("as many as the mask has true values");
  if (r.kind === "list" || r.kind === "tensor") return hasRank(shape) ? shape.at(0) : unknownDim(shape.reason);
  return r.kind === "int" || r.kind === "str"
    ? "one"
    : unknownDim("which rows have these labels is known when it runs");
}
function byLabel(m: Machine, data: FrameData, index: Value): Value {
  const [r = index, c] = index.kind === "tuple" ? index.items : [index];
  const rows = rowsByLabel(m, r, data.rows);
  if (c === undefined) {
    return rows === "one" ? series(m, data.width, commonType(data.columns)) : frame(m, withRows(data, rows));
  }
  if (rows === "one") return c.kind === "str" || c.kind === "int" ? entry() : unknown("a row by its label");
  if (c.kind === "slice" && !ALL(c)) return frame(m, between(data, c, rows));
  if (operandOf(m, c).leaves.includes("bool")) return frame(m, masked(m, data, c, rows));
  return ALL(c) ? frame(m, withRows(data, rows)) : byName(m, withRows(data, rows), c);
}
/** The columns where a mask is true. */
function masked(m: Machine, data: FrameData, mask: Value, rows: Dim): FrameData {
  const columns = columnsAt(m, mask, data.columns);
  return columns === undefined ? wide(rows, unknownDim("as many as the mask has true values")) : known(rows, columns);
}
/** From one name to another, both included. */
function between(data: FrameData, { lower, upper }: Extract<Value, { kind: "slice" }>, rows: Dim): FrameData {
  const place = (label: Value, missing: number): number | undefined =>
    label.kind === "none" ? missing : data.columns?.findIndex((it) => hashOf(it.label) === hashOf(label));
  const [from, to] = [place(lower, 0), place(upper, (data.columns?.length ?? 0) - 1)];
  if (data.columns === undefined || from === undefined || to === undefined || from < 0 || to < 0)
    return wide(rows, unknownDim("which columns stand between these is not known"));
  return known(rows, data.columns.slice(from, to + 1));
}

/** One column as a Series. */
export function columnOf(m: Machine, { rows, of }: FrameData, column: Column | undefined): TensorValue {
  const made = series(m, rows, column?.dtype, factsOf(column));
  if (column !== undefined && of !== undefined) rememberColumns(m, made, { table: of, columns: [column.label] });
  return made;
}

/** `df[name]`, `df[[names]]`, `df[mask]`, `df[slice]` */
export function byName(m: Machine, data: FrameData, index: Value): Value {
  if (index.kind === "str" || index.kind === "int")
    return columnOf(
      m,
      data,
      data.columns?.find((it) => hashOf(it.label) === hashOf(index)),
    );
  if (index.kind === "slice") {
    const rows = taken(m, index, data.rows);
    return rows === "one" ? entry() : frame(m, withRows(data, rows));
  }
  const labels = labelsOf(m, index);
  if (labels !== undefined) return frame(m, selected(data, labels));
  const { shape, leaves } = operandOf(m, index);
  if (leaves.includes("bool") && hasRank(shape))
    return frame(m, shape.rank === 1 ? withRows(data, unknownDim("as many rows as the mask has true values")) : data);
  if (index.kind === "list" || index.kind === "tensor")
    return frame(m, wide(data.rows, hasRank(shape) ? shape.at(0) : unknownDim("which columns are taken is not known")));
  if (frameData(m, index) !== undefined) return frame(m, data);
  return unknown(index.kind === "unknown" ? index.reason : "which columns are taken is not known");
}
/** Names in a list; undefined where it is no list of names. */
export function labelsOf(m: Machine, given: Value): readonly Value[] | undefined {
  const value = plainOf(m, given);
  if (value.kind === "str" || value.kind === "int") return [value];
  const { items, rest } =
    value.kind === "list"
      ? listOf(m, value)
      : value.kind === "tuple"
        ? { items: value.items, rest: undefined }
        : { items: [], rest: true };
  if (rest !== undefined) return undefined;
  return items.every((it) => it.kind === "str" || it.kind === "int") ? items : undefined;
}
function selected(data: FrameData, labels: readonly Value[]): FrameData {
  if (data.columns === undefined) return wide(data.rows, labels.length);
  const columns = labels.map((label) => ({
    label,
    dtype: undefined,
    ...data.columns?.find((it) => hashOf(it.label) === hashOf(label)),
  }));
  return known(data.rows, columns);
}

/** `df[name] = value`, and the same through `loc`. */
export function assignColumn(m: Machine, self: Instance, index: Value, value: Value): void {
  const data = frameData(m, self);
  if (data === undefined) return;
  const { leaves } = operandOf(m, index);
  if (index.kind === "str" || index.kind === "int" || index.kind === "unknown") {
    const { dtype } = columnType(m, value);
    change(m, self, withColumn(data, index, dtype));
    return;
  }
  if (leaves.includes("bool") || index.kind === "slice") {
    change(
      m,
      self,
      typed(data, (dtype) => dtype),
    );
    return;
  }
  for (const label of labelsOf(m, index) ?? [])
    change(m, self, withColumn(frameData(m, self) ?? data, label, undefined));
}
/** What a column becomes that is given this. */
function columnType(m: Machine, value: Value): Pick<Column, "dtype"> {
  const { leaves } = operandOf(m, value);
  const [only] = leaves;
  if (leaves.length !== 1 || only === undefined) return { dtype: undefined };
  const own = { int: "int64", float: "float64", complex: "complex128" } as const;
  return { dtype: only in own ? own[only as keyof typeof own] : (only as Column["dtype"]) };
}

// ---- the indexers as values

/** A label of a row that is not there yet adds the row. */
function enlarged(m: Machine, data: FrameData, label: Value): FrameData {
  if (rowsByLabel(m, label, data.rows) !== "one") return data;
  const isThere =
    label.kind === "int" && typeof label.size === "number" && typeof data.rows === "number" && label.size < data.rows;
  return isThere ? data : withRows(data, unknownDim("a row is added where its label is new"));
}

interface Behind {
  readonly frame: Instance;
}
const behind = (value: Value | undefined): Instance | undefined =>
  value?.kind === "opaque" ? (value.data as Behind).frame : undefined;
const indexer = (name: string, read: (m: Machine, data: FrameData, index: Value) => Value, labels: boolean) =>
  nativeClass(`pandas.${name}`, [], {
    __getitem__: nativeMethod(`${name}.__getitem__`, (m, { list: [self, index] }) => {
      const data = frameData(m, behind(self?.value));
      return data === undefined || index === undefined ? unknown("no table") : read(m, data, index.value);
    }),
    __setitem__: nativeMethod(`${name}.__setitem__`, (m, { list: [self, index, value] }) => {
      const of = behind(self?.value);
      const [row, column] = index?.value.kind === "tuple" ? index.value.items : [index?.value];
      const before = frameData(m, of);
      const data = labels && row !== undefined && before !== undefined ? enlarged(m, before, row) : before;
      if (of !== undefined && data !== undefined && data !== before) change(m, of, data);
      const isNew = labels && column !== undefined && !ALL(column) && data?.columns !== undefined;
      if (of !== undefined && isNew && value !== undefined && column.kind === "str") {
        const old = data.columns?.find((it) => hashOf(it.label) === hashOf(column));
        assignColumn(m, of, column, old === undefined ? value.value : unknown("changed in some rows"));
      } else if (of !== undefined && data !== undefined)
        change(
          m,
          of,
          typed(data, (dtype) => dtype),
        );
      return NONE_VALUE;
    }),
  });
const ILOC = indexer("DataFrame.iloc", byPlace, false);
const LOC = indexer("DataFrame.loc", byLabel, true);
export const iloc = (self: Instance): Opaque => ({ kind: "opaque", type: "iloc", data: { frame: self }, class: ILOC });
export const loc = (self: Instance): Opaque => ({ kind: "opaque", type: "loc", data: { frame: self }, class: LOC });
