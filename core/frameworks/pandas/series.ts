import { callValue } from "../../interpreter/calls.ts";
import { makeList } from "../../interpreter/containers.ts";
import { handedOver } from "../../interpreter/handedOver.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Facts,
  int,
  type MethodValue,
  nativeClass,
  type Opaque,
  positional,
  type TensorFamily,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, minimum, minus, unknown as unknownDim } from "../../tensor/dim.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import { hasRank, identicalShapes, Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { NUMPY } from "../numpy/library.ts";
import { METHODS } from "../numpy/methods.ts";
import { OPERATORS } from "../numpy/operators.ts";
import { type Call, method } from "../operation/call.ts";
import { dtypeOf, dtypeValue } from "../operation/dtypes.ts";
import { getItem } from "../operation/getItem.ts";
import { remember } from "../operation/history.ts";
import { sizeTuple } from "../operation/indexing.ts";
import { callable, run, tensor } from "../operation.ts";

/** A Series: one column, which behaves as an array of one axis. */
export const SERIES: TensorFamily = {
  name: "SERIES",
  isData: true,
  attribute,
  subscript: (m, self, index) => subscript(m, self, index),
  operator,
};

export const series = (m: Machine, rows: Dim | Shape, dtype: DType | undefined, facts?: Facts): TensorValue =>
  tensor(m, SERIES, isShape(rows) ? rows : new Shape([rows]), dtype, { facts });
const isShape = (it: Dim | Shape): it is Shape => it instanceof Shape;

const again = (m: Machine, self: TensorValue, more: Partial<TensorValue>): TensorValue => ({
  ...self,
  facts: undefined,
  id: m.fresh(),
  origin: m.here,
  ...more,
});

function operator(m: Machine, op: string, left: Value, right: Value | undefined): Value {
  const found = OPERATORS[right === undefined ? `unary ${op}` : op];
  const other = left.kind === "tensor" && left.family === SERIES ? right : left;
  if (other?.kind === "instance") return unknown("arithmetic of a column and a table is not followed");
  if (found === undefined) return unknown(`${op} of columns is not followed`);
  if (left.kind === "tensor" && right?.kind === "tensor" && left.family === right.family && mayDiffer(left, right))
    return series(m, unknownDim("rows are matched by their labels"), undefined);
  const made = run(m, NUMPY, found, right === undefined ? positional(left) : positional(left, right));
  return made.kind === "tensor" ? { ...made, family: SERIES } : made;
}

/** Columns of different lengths go together: pandas gives a row for each label that either has. */
const mayDiffer = ({ shape: a }: TensorValue, { shape: b }: TensorValue): boolean =>
  hasRank(a) && hasRank(b) && !identicalShapes(a, b);

/** Rows by a slice, a mask or a list; one of them by its label. */
export function subscript(m: Machine, self: TensorValue, index: Value): Value {
  if (index.kind === "tuple") return unknown("labels of several levels are not followed");
  if (index.kind === "int" || index.kind === "str") return scalar(self);
  return getItem(m, SERIES, self, index);
}
const scalar = ({ dtype }: TensorValue): Value =>
  dtype !== undefined && isFloat(dtype) ? unknown("a number in a table", "float") : unknown("an entry of a table");

const ATTRIBUTES: Readonly<Record<string, (m: Machine, self: TensorValue) => Value>> = {
  shape: (_, { shape }) => (hasRank(shape) ? sizeTuple(shape) : unknown(shape.reason)),
  size: (_, { shape }) => (hasRank(shape) ? int(shape.at(0)) : unknown(shape.reason)),
  ndim: () => int(1),
  dtype: (_, { dtype }) => (dtype === undefined ? unknown("its dtype is not known") : dtypeValue(dtype)),
  values: (m, self) => {
    const made = again(m, self, { family: ARRAY, facts: self.facts });
    remember(m, "Values", [self], [made]);
    return made;
  },
  array: (m, self) => again(m, self, { family: ARRAY, facts: self.facts }),
  index: (m, self) => again(m, self, { dtype: undefined }),
  iloc: (_, self) => places(self),
  loc: (_, self) => places(self),
  T: (_, self) => self,
  name: () => unknown("the name of a column", "str"),
  str: () => unknown("texts in a column are not followed"),
  dt: () => unknown("dates in a column are not followed"),
  cat: () => unknown("categories in a column are not followed"),
};
const PLACES = nativeClass("pandas.Series.iloc", [], {
  __getitem__: method("Series.iloc", "index", (c, self) => {
    const of = self.kind === "opaque" ? (self.data as { readonly series: TensorValue }).series : undefined;
    return of === undefined ? unknown("no column") : subscript(c.m, of, c.value("index"));
  }),
});
const places = (self: TensorValue): Opaque => ({
  kind: "opaque",
  type: "pandas.Series.iloc",
  data: { series: self },
  class: PLACES,
});

function attribute(m: Machine, self: TensorValue, name: string): Value | undefined {
  const own = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (own !== undefined) return own(m, self);
  const method = Object.hasOwn(OWN, name) ? OWN[name] : undefined;
  const shared = method === undefined ? METHODS.get(name) : undefined;
  const found = method ?? (shared === undefined ? undefined : asSeries(name, callable(NUMPY, shared)));
  if (found === undefined) return unknown(`Series.${name} is not followed`);
  const bound: MethodValue = { kind: "method", self, function: found };
  return bound;
}
/** What an array's method gives is a column again where it has rows. */
const asSeries = (name: string, inner: Value): Value =>
  method(`Series.${name}`, "*args, **named", (c, self) => {
    const args = c.value("args");
    const list = [self, ...(args.kind === "tuple" ? args.items : [])].map((value) => ({ name: undefined, value }));
    const made = callValue(c.m, inner, {
      list: [...list, ...[...c.more].map(([key, value]) => ({ name: key, value }))],
    });
    if (made.kind !== "tensor" || !hasRank(made.shape)) return made;
    return made.shape.rank === 0 ? scalar(made) : { ...made, family: SERIES };
  });

type Rule = (c: Call, self: TensorValue) => Value;
const on = (names: string, signature: string, rule: Rule): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    names
      .split(" ")
      .map((name) => [
        name,
        method(`Series.${name}`, signature, (c, self) =>
          self.kind === "tensor" ? rule(c, self) : unknown("no column"),
        ),
      ]),
  );
const kindsOf = ({ facts }: TensorValue): Dim => facts?.kinds ?? unknownDim("how many different values there are");
const rowsOf = ({ shape }: TensorValue): Dim => (hasRank(shape) ? shape.at(0) : unknownDim(shape.reason));
const anyRows =
  (reason: string): Rule =>
  (c, self) =>
    again(c.m, self, { shape: new Shape([unknownDim(reason)]) });
const floated = (dtype: DType | undefined): DType | undefined => dtype && (isFloat(dtype) ? dtype : "float64");
const same: Rule = (c, self) => again(c.m, self, {});
const ANY = "*args, **named";

const sampled: Rule = (c, self) => {
  const share = c.number("frac");
  const rows = rowsOf(self);
  const counted = share !== undefined && typeof rows === "number" ? halfEven(share * rows) : undefined;
  return again(c.m, self, {
    shape: new Shape([c.has("n") ? c.size("n") : c.has("frac") ? (counted ?? unknownDim("a share")) : 1]),
  });
};
/** As Python rounds: halves to the even number. */
export const halfEven = (x: number): number => {
  const low = Math.floor(x);
  return x - low === 0.5 ? (low % 2 === 0 ? low : low + 1) : Math.round(x);
};
const ROLLING = nativeClass("pandas.Rolling", [], {
  ...Object.fromEntries(
    ["mean", "std", "sum", "min", "max", "var", "median"].map((name) => [
      name,
      method(`Rolling.${name}`, ANY, (c, self) => {
        const of = self.kind === "opaque" ? (self.data as { readonly series: TensorValue }).series : undefined;
        return of === undefined ? unknown("no column") : again(c.m, of, { dtype: "float64" });
      }),
    ]),
  ),
});

const OWN: Readonly<Record<string, Value>> = {
  ...on("to_numpy", "dtype=None, copy=False, na_value=None", (c, self) => {
    const dtype = c.has("dtype") ? (dtypeOf(c.value("dtype"), NUMPY) ?? undefined) : self.dtype;
    return again(c.m, self, { family: ARRAY, dtype, facts: self.facts });
  }),
  ...on("copy fillna ffill bfill interpolate sort_values sort_index clip abs round infer_objects", ANY, same),
  ...on("map apply transform", "func=None, *more, **options", (c, self) => {
    handedOver(c.m, positional(c.value("func")), "how often it is called is known when it runs");
    return again(c.m, self, { dtype: undefined });
  }),
  ...on("replace where mask", ANY, (c, self) => again(c.m, self, { dtype: undefined })),
  ...on("isnull isna notnull notna isin between duplicated", ANY, (c, self) => again(c.m, self, { dtype: "bool" })),
  ...on("shift diff pct_change rank", ANY, (c, self) => again(c.m, self, { dtype: floated(self.dtype) })),
  ...on("dropna", ANY, anyRows("how many rows have no gap is known when it runs")),
  ...on("drop_duplicates", ANY, anyRows("how many rows differ is known when it runs")),
  ...on("drop", ANY, anyRows("how many rows are dropped is not known")),
  ...on("unique", "", (c, self) => again(c.m, self, { family: ARRAY, shape: new Shape([kindsOf(self)]) })),
  ...on("value_counts", ANY, (c, self) => again(c.m, self, { dtype: "int64", shape: new Shape([kindsOf(self)]) })),
  ...on("nunique", ANY, (_, self) => int(kindsOf(self))),
  ...on("count", ANY, () => int(unknownDim("it is counted when it runs"))),
  ...on("head tail", "n=5", (c, self) => {
    const n = c.number("n");
    if (n !== undefined && n < 0) return again(c.m, self, { shape: new Shape([minus(rowsOf(self), -n)]) });
    return again(c.m, self, { shape: new Shape([minimum(rowsOf(self), c.size("n"))]) });
  }),
  ...on("sample", "n=None, frac=None, **more", sampled),
  ...on("reset_index", "level=None, *, drop=False, **more", (c, self) =>
    c.flag("drop") === true ? again(c.m, self, {}) : unknown("a column with its index as a table"),
  ),
  ...on("rolling ewm expanding", ANY, (_, self) => ({
    kind: "opaque",
    type: "pandas.Rolling",
    data: { series: self },
    class: ROLLING,
  })),
  ...on("tolist to_list", "", (c, self) => {
    const rows = rowsOf(self);
    const entry = scalar(self);
    if (typeof rows === "number" && rows <= 1000) return makeList(c.m, Array<Value>(rows).fill(entry));
    return makeList(c.m, [], { element: entry, reason: "how many rows the table has is not known" });
  }),
  ...on("items", "", (c, self) =>
    makeList(c.m, [], {
      element: tuple([unknown("a label"), scalar(self)]),
      reason: "how many rows the table has is not known",
    }),
  ),
  ...on("mode", ANY, anyRows("how many values are the most frequent")),
  ...on("groupby", ANY, () => unknown("groups are known when it runs")),
};
