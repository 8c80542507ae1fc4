import { dictOf, hashOf, listOf } from "../../interpreter/containers.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  int,
  NONE_VALUE,
  native,
  nativeMethod,
  numberOf,
  stringOf,
  type TensorValue,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, plus, provablyEqual, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { hasRank } from "../../tensor/shape.ts";
import { NUMPY } from "../numpy/library.ts";
import { type Call, fn } from "../operation/call.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { arrayOf, operandOf } from "../operation/operand.ts";
import { type CsvOptions, readCsv } from "./csv.ts";
import { dummies, dummiesOfColumn } from "./dummies.ts";
import { addMembers, type Column, type FrameData, frame, frameData, known, typed, wide } from "./frame.ts";
import { byName, labelsOf } from "./indexers.ts";
import { SERIES, series } from "./series.ts";
import "./methods.ts";

/** What makes tables and columns: files, dictionaries, arrays, other tables. */

// ---- read_csv

/** How the file is to be read; undefined where something is not known, or not followed. */
function csvOptions(c: Call): CsvOptions | undefined {
  const separator = c.has("sep") ? c.text("sep") : c.has("delimiter") ? c.text("delimiter") : ",";
  const names = c.has("names") ? labelsOf(c.m, c.value("names")) : [];
  const header = c.value("header");
  const skipped = c.has("skiprows") ? c.number("skiprows") : 0;
  const most = c.has("nrows") ? c.number("nrows") : Number.POSITIVE_INFINITY;
  const simple = ["comment", "skipfooter", "thousands", "decimal", "na_values", "chunksize", "iterator"];
  if (separator === undefined || separator.length !== 1 || names === undefined || skipped === undefined)
    return undefined;
  if (most === undefined || simple.some((it) => c.more.has(it))) return undefined;
  const inferred = header.kind === "str" && header.value === "infer";
  const row = inferred ? (names.length > 0 ? undefined : 0) : header.kind === "none" ? undefined : numberOf(header);
  if (!inferred && header.kind !== "none" && row === undefined) return undefined;
  return {
    separator,
    header: row,
    names: names.length > 0 ? names.map((it) => stringOf(it) ?? "") : undefined,
    skipped,
    most: Number.isFinite(most) ? most : undefined,
  };
}

/** With these a column or an iterator comes, or whatever the version of pandas makes of it. */
const NO_TABLE = ["squeeze", "chunksize", "iterator"];
function readTable(c: Call): Value {
  const path = c.text("filepath_or_buffer");
  const options = csvOptions(c);
  const other = NO_TABLE.find((it) => c.more.has(it));
  if (other !== undefined) return unknown(`read_csv with ${other} is not followed`);
  if (path === undefined) return unread(c.m, "the path is not known: the table is known when it runs");
  const file = c.m.dataFile(path);
  if (file === undefined) return unread(c.m, `${path} is not in the workspace: its columns are known when it runs`);
  if (file === "pending") return unread(c.m, `${path} is not read yet`);
  if (options === undefined) return unread(c.m, `how ${path} is read is not followed`);
  const table = readCsv(file.text, file.whole, options);
  if (table === undefined) return unread(c.m, `${path} is empty`);
  return frame(c.m, chosen(c, known(table.rows, table.columns)));
}
const unread = (m: Machine, reason: string): Value => frame(m, wide(unknownDim(reason), unknownDim(reason)));

/** `usecols`, `index_col` and `dtype`, as far as they are followed. */
function chosen(c: Call, whole: FrameData): FrameData {
  let data = whole;
  const columns = whole.columns ?? [];
  if (c.has("usecols")) {
    const labels = labelsOf(c.m, c.value("usecols"));
    if (labels === undefined) return wide(data.rows, unknownDim("usecols is not known"));
    const kept = columns.filter((it, i) =>
      labels.some((label) => (label.kind === "int" ? label.size === i : hashOf(label) === hashOf(it.label))),
    );
    data = known(data.rows, kept);
  }
  const index = c.value("index_col");
  if (index.kind === "int" || index.kind === "str") {
    const at = data.columns?.findIndex((it, i) =>
      index.kind === "int" ? index.size === i : hashOf(it.label) === hashOf(index),
    );
    data = known(
      data.rows,
      (data.columns ?? []).filter((_, i) => i !== at),
    );
  } else if (index.kind === "list" || index.kind === "unknown") {
    return wide(data.rows, unknownDim("index_col is not followed"));
  }
  if (!c.has("dtype")) return c.has("parse_dates") ? datesGone(c, data) : data;
  const dtype = dtypeOf(c.value("dtype"), NUMPY) ?? undefined;
  return typed(data, () => dtype);
}
/** Columns that are read as dates have no type of ours. */
const datesGone = (_: Call, data: FrameData): FrameData => typed(data, (it) => (it === "string" ? undefined : it));

// ---- DataFrame(…)

const typeIn = (m: Machine, value: Value): DType | undefined => NUMPY.concrete(operandOf(m, value).leaves);

function made(c: Call): Value {
  const data = c.value("data");
  const named = c.has("columns") ? labelsOf(c.m, c.value("columns")) : undefined;
  const table = frameData(c.m, data);
  if (table !== undefined) return named === undefined ? frame(c.m, table) : byName(c.m, table, c.value("columns"));
  if (data.kind === "dict") return frame(c.m, fromDict(c, data));
  if (data.kind === "none")
    return frame(
      c.m,
      known(
        0,
        (named ?? []).map((label) => ({ label, dtype: undefined })),
      ),
    );
  if (data.kind === "list" && listOf(c.m, data).items.some((it) => it.kind === "dict" || it.kind === "instance"))
    return frame(c.m, wide(lengthOf(c.m, data), unknownDim("the keys of the rows are not followed")));
  const { shape, leaves } = operandOf(c.m, arrayOf(c.m, data) ?? data);
  if (!hasRank(shape)) {
    const width = named?.length ?? unknownDim(shape.reason);
    return frame(c.m, wide(unknownDim(shape.reason), width));
  }
  const [rows = 0, columns = 1] = shape.dims;
  const width = named?.length ?? columns;
  const dtype = c.has("dtype") ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined) : NUMPY.concrete(leaves);
  if (typeof width !== "number" || width > 4096 || (c.has("columns") && named === undefined))
    return frame(c.m, wide(rows, c.has("columns") && named === undefined ? columns : width));
  // A list of rows has a type of its own in each column.
  const own = data.kind === "tensor" ? dtype : undefined;
  const unnamed = data.kind === "tensor" && data.family === SERIES ? unknown("the name of a column") : undefined;
  return frame(
    c.m,
    known(
      rows,
      Array.from({ length: width }, (_, i): Column => ({ label: named?.[i] ?? unnamed ?? int(i), dtype: own })),
    ),
  );
}
function fromDict(c: Call, data: Extract<Value, { kind: "dict" }>): FrameData {
  const { entries, open } = dictOf(c.m, data);
  const list = [...entries.values()];
  const rows = list.map((it) => lengthOf(c.m, it.value)).find((it) => typeof it === "number");
  const first = list[0] === undefined ? 0 : lengthOf(c.m, list[0].value);
  if (open !== undefined) return wide(rows ?? unknownDim(open), unknownDim(open));
  return known(
    rows ?? first,
    list.map(({ key, value }): Column => ({ label: key, dtype: typeIn(c.m, value), values: textsIn(c.m, value) })),
  );
}
/** The different texts in a list of texts. */
function textsIn(m: Machine, value: Value): Column["values"] {
  const { items, rest } = value.kind === "list" ? listOf(m, value) : { items: [], rest: undefined };
  const texts = items.flatMap((it) => stringOf(it) ?? []);
  if (rest !== undefined || texts.length === 0 || texts.length < items.length) return undefined;
  return { rows: texts.length, kinds: [...new Set(texts)].sort() };
}
/** How many rows a column would have. */
function lengthOf(m: Machine, value: Value): Dim {
  const { shape } = operandOf(m, value);
  if (hasRank(shape)) return shape.rank === 0 ? unknownDim("one value for all rows") : shape.at(0);
  const { items, rest } = iterate(m, value);
  return rest === undefined ? items.length : unknownDim(rest.reason);
}

// ---- other tables

function joinedTables(c: Call): Value {
  const parts = iterate(c.m, c.value("objs"));
  const axis = c.value("axis");
  const across = axis.kind === "str" ? axis.value === "columns" : c.number("axis") === 1;
  if (parts.rest !== undefined) return unread(c.m, parts.rest.reason);
  const tables = parts.items.map((it): FrameData | undefined => {
    if (it.kind === "tensor" && it.family === SERIES)
      return known(lengthOf(c.m, it), [{ label: unknown("a name"), dtype: it.dtype }]);
    return frameData(c.m, it);
  });
  const sure = tables.filter((it) => it !== undefined);
  const [first] = sure;
  if (first === undefined || sure.length < tables.length) return unread(c.m, "what is put together is not known");
  if (parts.items.every((it) => it.kind === "tensor") && !across)
    return series(c.m, sure.map((it) => it.rows).reduce(plus), first.columns?.[0]?.dtype);
  return frame(c.m, across ? sideBySide(sure, first) : oneBelowAnother(sure, first));
}
function sideBySide(tables: readonly FrameData[], first: FrameData): FrameData {
  const rows = tables.every((it) => provablyEqual(it.rows, first.rows))
    ? first.rows
    : unknownDim("rows with the same label go together");
  const columns = tables.map((it) => it.columns);
  if (columns.includes(undefined)) return wide(rows, tables.map((it) => it.width).reduce(plus));
  return known(
    rows,
    columns.flatMap((it) => it ?? []),
  );
}
function oneBelowAnother(tables: readonly FrameData[], first: FrameData): FrameData {
  const rows = tables.map((it) => it.rows).reduce(plus);
  const hashes = (it: FrameData): string | undefined => it.columns?.map((column) => hashOf(column.label)).join();
  if (first.columns !== undefined && tables.every((it) => hashes(it) === hashes(first))) {
    const columns = first.columns.map((it, i) => ({
      ...it,
      dtype: tables.every((other) => other.columns?.[i]?.dtype === it.dtype) ? it.dtype : undefined,
    }));
    return known(rows, columns);
  }
  return wide(rows, unknownDim("the columns of all tables together"));
}

const likeColumn = (name: string): readonly [string, Value] => [
  `pandas.${name}`,
  fn(`pandas.${name}`, "arg, *more, **named", (c) => {
    const column = c.value("arg");
    const { shape } = operandOf(c.m, column);
    if (frameData(c.m, column) !== undefined) return frame(c.m, wide(unknownDim("rows"), unknownDim("columns")));
    return hasRank(shape) && shape.rank === 1
      ? series(c.m, shape, undefined)
      : unknown("what it makes is not followed");
  }),
];
const unfollowed = (name: string): readonly [string, Value] => [
  `pandas.${name}`,
  fn(`pandas.${name}`, "*given, **named", (c) => unread(c.m, `what ${name} reads is known when it runs`)),
];

const maker = (call: Value): Value => ({
  kind: "static",
  function: nativeMethod("__new__", (m, { list: [, ...list], open }) =>
    call.kind === "native" ? call.call(m, open === undefined ? { list } : { list, open }) : NONE_VALUE,
  ),
});
addMembers({
  __new__: maker(fn("pandas.DataFrame", "data=None, index=None, columns=None, dtype=None, copy=None", made)),
  __init__: nativeMethod("DataFrame.__init__", () => NONE_VALUE),
});

const makeSeries = fn("pandas.Series", "data=None, index=None, dtype=None, name=None, copy=None", (c) => {
  const { shape, leaves, tensor } = operandOf(c.m, c.value("data"));
  const dtype = c.has("dtype") ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined) : NUMPY.concrete(leaves);
  if (!hasRank(shape)) return series(c.m, unknownDim(shape.reason), dtype);
  const rows = shape.rank === 0 ? unknownDim("as many rows as the index has") : shape.at(0);
  const facts: TensorValue["facts"] = tensor?.facts;
  return { ...series(c.m, rows, dtype), facts };
});

export const FUNCTIONS: readonly (readonly [string, Value])[] = [
  [
    "pandas.read_csv",
    fn(
      "pandas.read_csv",
      "filepath_or_buffer, *, sep=None, delimiter=None, header='infer', names=None, index_col=None, usecols=None, " +
        "dtype=None, skiprows=None, nrows=None, parse_dates=None, **more",
      readTable,
    ),
  ],
  ["pandas.concat", fn("pandas.concat", "objs, *, axis=0, join='outer', ignore_index=False, **more", joinedTables)],
  [
    "pandas.get_dummies",
    fn(
      "pandas.get_dummies",
      "data, prefix=None, prefix_sep='_', dummy_na=False, columns=None, sparse=False, drop_first=False, dtype=None",
      (c) => {
        const data = c.value("data");
        const table = frameData(c.m, data);
        return frame(c.m, table === undefined ? dummiesOfColumn(c, lengthOf(c.m, data)) : dummies(c, table));
      },
    ),
  ],
  ["pandas.Series", makeSeries],
  [
    "pandas.date_range",
    fn("pandas.date_range", "start=None, end=None, periods=None, freq=None, **more", (c) =>
      series(c.m, c.has("periods") ? c.size("periods") : unknownDim("how many dates there are"), undefined),
    ),
  ],
  ["pandas.isnull", native("pandas.isnull", () => unknown("whether it is missing"))],
  ["pandas.set_option", native("pandas.set_option", () => NONE_VALUE)],
  ...["to_datetime", "to_numeric", "cut", "qcut"].map(likeColumn),
  ...["read_excel", "read_json", "read_sql", "read_parquet", "read_pickle", "read_html", "read_table", "read_fwf"].map(
    unfollowed,
  ),
];
