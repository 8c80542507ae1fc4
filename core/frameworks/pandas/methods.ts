import { hashOf, makeList } from "../../interpreter/containers.ts";
import { handedOver } from "../../interpreter/handedOver.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Instance,
  int,
  NONE_VALUE,
  nativeMethod,
  positional,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, minimum, minus, unknown as unknownDim } from "../../tensor/dim.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import { ARRAY } from "../numpy/array.ts";
import { NUMPY } from "../numpy/library.ts";
import { numpyResultType } from "../numpy/promotion.ts";
import { type Call, method, property } from "../operation/call.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { sizeTuple } from "../operation/indexing.ts";
import { operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";
import {
  addMembers,
  asArray,
  change,
  commonType,
  type FrameData,
  filled,
  frame,
  frameData,
  isNumeric,
  known,
  labelled,
  shapeOf,
  typed,
  wide,
  withColumn,
  without,
  withoutGaps,
  withRows,
} from "./frame.ts";
import { assignColumn, byName, columnOf, iloc, labelsOf, loc } from "./indexers.ts";
import { labelsIndex } from "./labels.ts";
import { reindexed } from "./reindexed.ts";
import { halfEven, series } from "./series.ts";

/** What a DataFrame can do. */

type Rule = (c: Call, data: FrameData, self: Instance) => Value;
const on = (names: string, signature: string, rule: Rule): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    names.split(" ").map((name) => [
      name,
      method(`DataFrame.${name}`, signature, (c, self) => {
        const data = frameData(c.m, self);
        return data === undefined || self.kind !== "instance" ? unknown("this is no table") : rule(c, data, self);
      }),
    ]),
  );
const prop = (name: string, answer: (m: Machine, data: FrameData, self: Instance) => Value): Record<string, Value> => ({
  [name]: property(`DataFrame.${name}`, (m, self) => {
    const data = frameData(m, self);
    return data === undefined || self.kind !== "instance" ? unknown("this is no table") : answer(m, data, self);
  }),
});
const ANY = "*args, **named";

/** A changed table: a new one, or this one where `inplace` says so. */
function result(c: Call, self: Instance, data: FrameData): Value {
  const inplace = c.more.get("inplace") ?? c.value("inplace");
  if (inplace.kind !== "bool" || !inplace.value) return frame(c.m, data);
  change(c.m, self, data);
  return NONE_VALUE;
}
const changing =
  (rule: (c: Call, data: FrameData) => FrameData): Rule =>
  (c, data, self) =>
    result(c, self, rule(c, data));
const someRows = (reason: string): Rule => changing((_, data) => withRows(data, unknownDim(reason)));

/** `dropna()`, `dropna(subset=[…])`: of rows; columns without a gap are not followed. */
function gapless(c: Call, data: FrameData): FrameData {
  const isOfRows = !c.has("axis") || c.number("axis") === 0;
  const isOfAny = !c.has("how") || stringOf(c.value("how")) === "any";
  const isPlain = isOfRows && isOfAny && !c.has("thresh");
  const names = c.has("subset") ? labelsOf(c.m, c.value("subset")) : undefined;
  const looked = c.has("subset") ? names?.map((it) => labelled(data, it)) : data.columns;
  const rows = withoutGaps(data, isPlain ? looked : undefined);
  // What was looked at has no gap left; of any other column it is not known where they are now.
  return rows === data.rows ? data : withRows(data, rows);
}

/** `drop(labels, axis)`, `drop(columns=…)`, `drop(index)` */
function dropped(c: Call, data: FrameData): FrameData {
  const axis = c.value("axis");
  const isColumns = axis.kind === "str" ? axis.value === "columns" : c.number("axis") === 1;
  const named = c.has("columns") ? c.value("columns") : isColumns ? c.value("labels") : undefined;
  if (named !== undefined) return without(data, labelsOf(c.m, named));
  const gone = operandOf(c.m, c.has("index") ? c.value("index") : c.value("labels"));
  const count =
    "dims" in gone.shape ? (gone.shape.rank === 0 ? 1 : gone.shape.at(0)) : unknownDim("rows that are dropped");
  return withRows(data, minus(data.rows, count));
}

function sampled(c: Call, data: FrameData): FrameData {
  const share = c.number("frac");
  const counted = share !== undefined && typeof data.rows === "number" ? halfEven(share * data.rows) : undefined;
  if (c.has("frac")) return withRows(data, share === 1 ? data.rows : (counted ?? unknownDim("a share of the rows")));
  return withRows(data, c.has("n") ? c.size("n") : 1);
}
function ends(c: Call, data: FrameData): FrameData {
  const n = c.number("n");
  return withRows(data, n !== undefined && n < 0 ? minus(data.rows, -n) : minimum(data.rows, c.size("n")));
}

function renamed(c: Call, data: FrameData): FrameData {
  const names = c.value("columns");
  if (names.kind === "none") return data;
  if (names.kind !== "dict" || data.columns === undefined) return wide(data.rows, data.width);
  const pairs = new Map(iterate(c.m, names).items.map((key) => [hashOf(key), key]));
  const entry = c.m.read(names.id);
  const entries = entry?.kind === "dictObject" ? entry.entries : new Map();
  return known(
    data.rows,
    data.columns.map((it) => {
      const hash = hashOf(it.label);
      const other = hash !== undefined && pairs.has(hash) ? entries.get(hash)?.value : undefined;
      return other === undefined ? it : { ...it, label: other };
    }),
  );
}

/** One number a column: of those that hold numbers, where that is asked or all do. */
const reduced =
  (dtype: (all: DType | undefined) => DType | undefined): Rule =>
  (c, data) => {
    const axis = c.number("axis");
    const type = dtype(commonType(data.columns));
    if (axis === 1) return series(c.m, data.rows, type);
    const only = c.more.get("numeric_only");
    if (only?.kind !== "bool" || !only.value || data.columns === undefined) return series(c.m, data.width, type);
    const kept = data.columns.filter(isNumeric);
    return series(c.m, kept.length, dtype(commonType(kept)));
  };
const floated = (it: DType | undefined): DType | undefined => it && (isFloat(it) ? it : "float64");

function selectedTypes(c: Call, data: FrameData): FrameData {
  const wanted = stringOf(c.value("include"));
  const sure = data.columns?.every((it) => it.dtype !== undefined) === true;
  if (!sure || wanted !== "number" || c.has("exclude"))
    return wide(data.rows, unknownDim("which columns have these types is known when it runs"));
  return known(data.rows, data.columns?.filter((it) => isNumeric(it) && it.dtype !== "bool") ?? []);
}

function retyped(c: Call, data: FrameData): FrameData {
  const dtype = c.value("dtype").kind === "dict" ? undefined : (dtypeOf(c.value("dtype"), NUMPY) ?? undefined);
  return typed(data, () => dtype);
}

// ---- arithmetic

/** Column by column with a number, a row of numbers or another table. */
function combined(op: string): Rule {
  return (c, data) => {
    const other = c.value("other");
    const its = frameData(c.m, other);
    const leaves = its === undefined ? operandOf(c.m, other).leaves : [commonType(its.columns)];
    const [leaf] = leaves;
    const right =
      leaf === "int" || leaf === "float" || leaf === "complex" ? leaf : leaves.length === 1 ? leaf : undefined;
    const dtype = (left: DType | undefined): DType | undefined => {
      if (["lt", "le", "gt", "ge", "eq", "ne"].includes(op)) return "bool";
      if (left === undefined || right === undefined || right === "string") return undefined;
      const both = numpyResultType([left, right as DType]);
      return op === "truediv" ? floated(both) : both;
    };
    return frame(c.m, typed(data, dtype));
  };
}
const OPERATORS = "add sub mul truediv floordiv mod pow radd rsub rmul rtruediv lt le gt ge eq ne and or";
const operators = Object.fromEntries(
  OPERATORS.split(" ").flatMap((name) =>
    Object.entries(on(`__${name}__`, "other", combined(name.replace(/^r(?=add|sub|mul|truediv)/, "")))),
  ),
);

const columnsOf = (m: Machine, { columns }: FrameData): Value =>
  columns === undefined
    ? unknown("the columns of a table that is not known", "list")
    : labelsIndex(
        m,
        columns.map((it) => it.label),
      );

addMembers({
  __array__: nativeMethod("DataFrame.__array__", (m, { list: [self] }) => {
    const data = frameData(m, self?.value);
    return data === undefined ? unknown("no table") : asArray(m, data);
  }),
  "%rows": nativeMethod("DataFrame.rows", (m, { list: [self, rows] }) => {
    const data = frameData(m, self?.value);
    return data === undefined || rows?.value.kind !== "int"
      ? unknown("no table")
      : frame(m, withRows(data, rows.value.size));
  }),
  __getattr__: nativeMethod("DataFrame.__getattr__", (m, { list: [self, name] }) => {
    const data = frameData(m, self?.value);
    const column = data && name && labelled(data, name.value);
    if (data !== undefined && column !== undefined) return columnOf(m, data, column);
    return unknown(`DataFrame.${stringOf(name?.value) ?? "attribute"} is not followed`);
  }),
  ...on("__getitem__", "index", (c, data) => byName(c.m, data, c.value("index"))),
  ...on("__setitem__", "index, value", (c, _, self) => {
    assignColumn(c.m, self, c.value("index"), c.value("value"));
    return NONE_VALUE;
  }),
  ...on("__delitem__", "name", (c, data, self) => {
    change(c.m, self, without(data, labelsOf(c.m, c.value("name"))));
    return NONE_VALUE;
  }),
  ...on("__len__", "", (_, { rows }) => int(rows)),
  ...on("__iter__ keys", "", (c, data) => columnsOf(c.m, data)),
  ...prop("values", (m, data) => asArray(m, data)),
  ...prop("shape", (_, data) => sizeTuple(shapeOf(data))),
  ...prop("ndim", () => int(2)),
  ...prop("index", (m, { rows }) => series(m, rows, undefined)),
  ...prop("dtypes", (m, { width }) => series(m, width, undefined)),
  ...prop("T", (m, data) => frame(m, wide(data.width, data.rows))),
  ...prop("iloc", (_, __, self) => iloc(self)),
  ...prop("loc", (_, __, self) => loc(self)),
  ...prop("iat", (_, __, self) => iloc(self)),
  ...prop("at", (_, __, self) => loc(self)),
  columns: {
    kind: "property",
    get: nativeMethod("DataFrame.columns", (m, { list: [self] }) => {
      const data = frameData(m, self?.value);
      return data === undefined ? unknown("no table") : columnsOf(m, data);
    }),
    set: nativeMethod("DataFrame.columns.setter", (m, { list: [self, names] }) => {
      const data = frameData(m, self?.value);
      const labels = names && labelsOf(m, names.value);
      if (data !== undefined && self?.value.kind === "instance")
        change(
          m,
          self.value,
          labels === undefined
            ? wide(data.rows, data.width)
            : known(
                data.rows,
                labels.map((label, i) => ({ label, dtype: data.columns?.[i]?.dtype })),
              ),
        );
      return NONE_VALUE;
    }),
  },
  ...on("to_numpy", "dtype=None, copy=False, na_value=None", (c, data) => {
    const dtype = c.has("dtype") ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined) : commonType(data.columns);
    return tensor(c.m, ARRAY, shapeOf(data), dtype);
  }),
  ...on("drop", "labels=None, *, axis=0, index=None, columns=None, inplace=False, **more", changing(dropped)),
  ...on("pop", "item", (c, data, self) => {
    const column = labelled(data, c.value("item"));
    change(c.m, self, without(data, labelsOf(c.m, c.value("item"))));
    return columnOf(c.m, data, column);
  }),
  ...on("insert", "loc, column, value", (c, _, self) => {
    assignColumn(c.m, self, c.value("column"), c.value("value"));
    return NONE_VALUE;
  }),
  ...on("assign", "**columns", (c, data) =>
    frame(
      c.m,
      [...c.more.keys()].reduce((it, name) => withColumn(it, { kind: "str", value: name }, undefined), data),
    ),
  ),
  ...on("reindex", "labels=None, *, index=None, columns=None, axis=None, **more", changing(reindexed)),
  ...on("rename", "mapper=None, *, index=None, columns=None, inplace=False, **more", changing(renamed)),
  ...on("head tail", "n=5", (c, data) => frame(c.m, ends(c, data))),
  ...on("sample", "n=None, frac=None, **more", (c, data) => frame(c.m, sampled(c, data))),
  ...on("dropna", "*, axis=None, how=None, thresh=None, subset=None, inplace=False, **more", changing(gapless)),
  ...on("drop_duplicates", ANY, someRows("how many rows differ is known when it runs")),
  ...on("query", ANY, someRows("how many rows fit the query is known when it runs")),
  ...on(
    "copy sort_values sort_index infer_objects",
    ANY,
    changing((_, data) => data),
  ),
  ...on(
    "fillna ffill bfill interpolate",
    ANY,
    changing((_, data) => filled(data)),
  ),
  ...on(
    "replace clip round",
    ANY,
    changing((_, data) => typed(data, (dtype) => dtype)),
  ),
  ...on("applymap map transform", ANY, (c, data) =>
    frame(
      c.m,
      typed(data, () => undefined),
    ),
  ),
  ...on("apply", "func, axis=0, **more", (c) => {
    handedOver(c.m, positional(c.value("func")), "how often it is called is known when it runs");
    return unknown("what apply makes of the rows or columns is not followed");
  }),
  ...on("isnull isna notnull notna", "", (c, data) =>
    frame(
      c.m,
      typed(data, () => "bool"),
    ),
  ),
  ...on("shift diff pct_change", ANY, (c, data) => frame(c.m, typed(data, floated))),
  ...on("astype", "dtype, **more", (c, data) => frame(c.m, retyped(c, data))),
  ...on(
    "reset_index",
    "level=None, *, drop=False, inplace=False, **more",
    changing((c, data) =>
      c.flag("drop") === true
        ? data
        : wide(data.rows, unknownDim("the index becomes a column: say drop=True if it is not wanted")),
    ),
  ),
  ...on(
    "set_index",
    "keys, *, drop=True, inplace=False, **more",
    changing((c, data) => (c.flag("drop") === false ? data : without(data, labelsOf(c.m, c.value("keys"))))),
  ),
  ...on("filter", "items=None, like=None, regex=None, axis=None", (c, data) =>
    c.has("items") ? byName(c.m, data, c.value("items")) : frame(c.m, wide(data.rows, unknownDim("which columns fit"))),
  ),
  ...on("select_dtypes", "include=None, exclude=None", (c, data) => frame(c.m, selectedTypes(c, data))),
  ...on("describe", ANY, (c, data) => {
    const sure = data.columns?.every((it) => it.dtype !== undefined && it.dtype !== "string" && isNumeric(it)) === true;
    const rows: Dim = sure ? 8 : unknownDim("what it describes depends on the columns");
    return frame(
      c.m,
      sure ? typed(withRows(data, rows), () => "float64") : wide(rows, unknownDim("columns of numbers")),
    );
  }),
  ...on("mean std var median", "axis=0, **more", reduced(floated)),
  ...on(
    "max min",
    "axis=0, **more",
    reduced((it) => it),
  ),
  ...on(
    "sum",
    "axis=0, **more",
    reduced((it) => (it === "bool" ? "int64" : it)),
  ),
  ...on(
    "count nunique",
    "axis=0, **more",
    reduced(() => "int64"),
  ),
  ...on(
    "any all",
    "axis=0, **more",
    reduced(() => "bool"),
  ),
  ...on("corr cov", ANY, (c, data) => {
    const sure = data.columns?.every(isNumeric) === true;
    const n = sure ? data.width : unknownDim("how many columns hold numbers");
    return frame(
      c.m,
      typed(sure ? withRows(data, n) : wide(n, n), () => "float64"),
    );
  }),
  ...on("iterrows", "", (c, data) =>
    makeList(c.m, [], {
      element: tuple([unknown("a label"), series(c.m, data.width, undefined)]),
      reason: "how many rows the table has is not known",
    }),
  ),
  ...on("info to_csv hist to_pickle to_json", ANY, () => NONE_VALUE),
  ...on("groupby pivot_table pivot merge join melt", ANY, () =>
    unknown("what it makes of the rows is known when it runs"),
  ),
  ...operators,
});
