import { storeAttribute } from "../../interpreter/attributes.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { hashOf } from "../../interpreter/containers.ts";
import type { Described } from "../../interpreter/framework.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type ClassValue,
  type Facts,
  type Instance,
  nativeClass,
  type TensorValue,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, join, unknown as unknownDim } from "../../tensor/dim.ts";
import { type DType, isInteger } from "../../tensor/dtype.ts";
import { Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { numpyResultType } from "../numpy/promotion.ts";
import { rememberColumns } from "../operation/history.ts";
import { tensor } from "../operation.ts";

/** A DataFrame: an object that changes, whose columns are known by name as far as they are. */

export interface Column {
  /** Its name, or number. */
  readonly label: Value;
  /** Undefined for objects, and where it is not known. */
  readonly dtype: DType | undefined;
  /** What stands in so many rows of it, each once; it has no gaps. */
  readonly values?: { readonly rows: Dim; readonly kinds: readonly string[] } | undefined;
  /** The rows, of so many, in which nothing stands. */
  readonly gaps?: { readonly rows: Dim; readonly at: readonly number[] } | undefined;
}
export interface FrameData {
  readonly rows: Dim;
  /** Undefined where they are not all known. */
  readonly columns: readonly Column[] | undefined;
  /** How many columns. */
  readonly width: Dim;
  /** The table that it has its columns from; rows may have been chosen. */
  readonly of?: number | undefined;
  joined(this: FrameData, other: object): FrameData;
}

function joined(this: FrameData, other: object): FrameData {
  const its = other as FrameData;
  const same =
    this.columns !== undefined &&
    this.columns.length === its.columns?.length &&
    this.columns.every((it, i) => hashOf(it.label) === hashOf(its.columns?.[i]?.label ?? it.label));
  const columns = same
    ? this.columns?.map(({ label, dtype }, i) => ({
        label,
        dtype: dtype === its.columns?.[i]?.dtype ? dtype : undefined,
      }))
    : undefined;
  return { rows: join(this.rows, its.rows), columns, width: join(this.width, its.width), joined };
}
export const known = (rows: Dim, columns: readonly Column[]): FrameData => ({
  rows,
  columns: columns.map((it) => ([it.values, it.gaps].some((of) => (of?.rows ?? rows) !== rows) ? unvalued(it) : it)),
  width: columns.length,
  joined,
});
export const wide = (rows: Dim, width: Dim): FrameData => ({ rows, columns: undefined, width, joined });

const KEY = "%frame";
export const DATA_FRAME: ClassValue = nativeClass("pandas.DataFrame", [], {});
/** Its members are entered by the files that know them. */
export function addMembers(more: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(more)) (DATA_FRAME.members as Map<string, Value>).set(name, value);
}

export function frame(m: Machine, data: FrameData): Instance {
  const made = emptyInstance(m, DATA_FRAME);
  change(m, made, { ...data, of: data.of ?? made.id });
  return made;
}
export const change = (m: Machine, self: Instance, data: FrameData): void =>
  storeAttribute(m, self, KEY, { kind: "opaque", type: "pandas.DataFrame", data });

export function frameData(m: Machine, value: Value | undefined): FrameData | undefined {
  if (value?.kind !== "instance") return undefined;
  const own = m.read(value.id);
  const found = own?.kind === "attributes" ? own.entries.get(KEY) : undefined;
  return found?.kind === "opaque" && found.type === "pandas.DataFrame" ? (found.data as FrameData) : undefined;
}

/** The type that all columns have together, as `to_numpy` gives it; truth values beside numbers are objects. */
export function commonType(columns: readonly Column[] | undefined): DType | undefined {
  const types = columns?.map((it) => it.dtype);
  if (types === undefined || types.length === 0 || types.includes(undefined) || types.includes("string"))
    return undefined;
  const all = types.filter((it) => it !== undefined);
  if (all.includes("bool")) return all.every((it) => it === "bool") ? "bool" : undefined;
  return numpyResultType(all);
}
export const shapeOf = ({ rows, width }: FrameData): Shape => new Shape([rows, width]);

export function asArray(m: Machine, data: FrameData): TensorValue {
  const columns = data.columns?.map(factsOf);
  const facts = columns?.some((it) => it !== undefined) ? { columns } : undefined;
  const made = tensor(m, ARRAY, shapeOf(data), commonType(data.columns), { facts });
  if (data.columns !== undefined && data.of !== undefined)
    rememberColumns(m, made, { table: data.of, columns: data.columns.map((it) => it.label) });
  return made;
}

export const labelled = ({ columns }: FrameData, label: Value): Column | undefined => {
  const hash = hashOf(label);
  return columns?.find((it) => hashOf(it.label) === hash);
};
/** With a column more, or another one in its place. */
export function withColumn(data: FrameData, label: Value, dtype: DType | undefined): FrameData {
  const { columns, rows } = data;
  if (columns === undefined || hashOf(label) === undefined)
    return wide(rows, unknownDim("a column was set, and which ones there were is not known"));
  const at = columns.findIndex((it) => hashOf(it.label) === hashOf(label));
  if (at < 0 && columns.some(isUnnamed)) return wide(rows, unknownDim("the names of the columns are not known"));
  return known(rows, at < 0 ? [...columns, { label, dtype }] : columns.with(at, { label, dtype }));
}
const isUnnamed = ({ label }: Column): boolean => hashOf(label) === undefined;
/** Without some columns. What is dropped is there: pandas refuses another name. */
export function without(data: FrameData, labels: readonly Value[] | undefined): FrameData {
  const { columns, rows, width } = data;
  const gone = labels?.map(hashOf);
  if (gone === undefined || gone.includes(undefined))
    return wide(rows, unknownDim("which columns are dropped is not known"));
  const kept = columns?.filter((it) => !gone.includes(hashOf(it.label)));
  if (columns !== undefined && kept?.length === columns.length - gone.length) return known(rows, kept);
  if (columns?.some(isUnnamed) === false) return wide(rows, unknownDim("which columns are dropped is not known"));
  return wide(rows, typeof width === "number" ? width - gone.length : width);
}
export const withRows = (data: FrameData, rows: Dim): FrameData =>
  rows === data.rows ? data : { ...data, rows, columns: data.columns?.map(unvalued) };
export const typed = (data: FrameData, dtype: (old: DType | undefined) => DType | undefined): FrameData => ({
  ...data,
  columns: data.columns?.map(({ label, dtype: old }) => ({ label, dtype: dtype(old) })),
});
const unvalued = ({ label, dtype }: Column): Column => ({ label, dtype });

/** Gaps that are filled are none. */
export const filled = (data: FrameData): FrameData => ({
  ...data,
  columns: data.columns?.map(({ gaps: _, ...it }) => it),
});
/** How many rows have no gap in these columns. */
export function withoutGaps({ rows }: FrameData, columns: readonly (Column | undefined)[] | undefined): Dim {
  const gaps = columns?.map((it) => it?.gaps);
  if (typeof rows !== "number" || gaps === undefined || gaps.includes(undefined))
    return unknownDim("how many rows have no gap is known when it runs");
  return rows - new Set(gaps.flatMap((it) => it?.at ?? [])).size;
}

/** What is known of the numbers, or texts, of a column. */
export function factsOf(column: Column | undefined): Facts | undefined {
  if (column?.values === undefined) return undefined;
  const { kinds } = column.values;
  if (column.dtype !== "int64") return { kinds: kinds.length };
  const numbers = kinds.map(Number);
  return { kinds: kinds.length, range: [Math.min(...numbers), Math.max(...numbers)] };
}
export const isNumeric = ({ dtype }: Column): boolean =>
  dtype !== undefined && (isInteger(dtype) || dtype.startsWith("float") || dtype === "bool");

/** The hint of a table. */
export function describeFrame(m: Machine, value: Value): Described | undefined {
  const data = frameData(m, value);
  if (data === undefined) return undefined;
  const types = new Set(data.columns?.map((it) => it.dtype));
  const outputs = { shape: shapeOf(data), dtype: types.size === 1 ? [...types][0] : undefined };
  return { outputs, note: { kind: "data", type: "DataFrame", params: 0 } };
}
