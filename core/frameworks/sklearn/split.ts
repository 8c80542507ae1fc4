import { callMethod } from "../../interpreter/calls.ts";
import { listOf, makeIterator, makeList } from "../../interpreter/containers.ts";
import { iterate } from "../../interpreter/iterate.ts";
import { joinValues } from "../../interpreter/join.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { numberOf, positional, type TensorValue, tuple, unknown, type Value } from "../../interpreter/values.ts";
import {
  ceilDivide,
  type Dim,
  isSize,
  minus,
  printDim,
  provablyDifferent,
  unknown as unknownDim,
} from "../../tensor/dim.ts";
import { hasRank } from "../../tensor/shape.ts";
import { type Call, fn, method } from "../operation/call.ts";
import { remember } from "../operation/history.ts";
import { estimator, fieldOf } from "./estimator.ts";
import { array, operand, refuse, rowsOf } from "./tables.ts";

/** `sklearn.model_selection` and `sklearn.utils`: rows are chosen, axes and types stay. */

/** A value with another number of rows, any of its own. */
export function withRows(m: Machine, value: Value, rows: Dim): Value {
  if (value.kind === "tensor" && hasRank(value.shape) && value.shape.rank > 0) {
    const { range, encoding } = value.facts ?? {};
    const facts = range === undefined && encoding === undefined ? undefined : { range, encoding };
    const made = { ...value, id: m.fresh(), shape: value.shape.withBatch(rows), facts, origin: m.here };
    remember(m, "Rows", [value], [made]);
    return made;
  }
  if (value.kind === "tensor") return { ...value, id: m.fresh(), facts: undefined, origin: m.here };
  if (value.kind === "list" || value.kind === "tuple" || value.kind === "range") return someOf(m, value, rows);
  return callMethod(m, value, "%rows", positional({ kind: "int", size: rows })) ?? unknown(reason(value));
}
const reason = (value: Value): string => (value.kind === "unknown" ? value.reason : "which rows are chosen");

/** Items of a list in an order that is not known. */
function someOf(m: Machine, value: Value, rows: Dim): Value {
  const { items, rest } = value.kind === "list" ? listOf(m, value) : iterate(m, value);
  const all = [...items, ...(rest === undefined ? [] : [rest.element])];
  const [first, ...others] = all;
  if (first === undefined) return makeList(m, []);
  const element = others.reduce(joinValues, first);
  if (typeof rows === "number" && rows <= 1000) return makeList(m, Array<Value>(rows).fill(element));
  return makeList(m, [], { element, reason: "how many items are chosen is not known" });
}

/** How many rows a value has; undefined where that is not known. */
const lengthOf = (m: Machine, value: Value): Dim => {
  if (value.kind === "list" && listOf(m, value).rest === undefined) return listOf(m, value).items.length;
  return rowsOf(operand(m, value), reason(value));
};

/** A share or a count of `n`, as scikit-learn rounds: test up, train down. */
function counted(size: number | undefined, n: Dim, round: (x: number) => number): Dim | undefined {
  if (size === undefined) return undefined;
  if (Number.isInteger(size) && size >= 1) return size;
  return typeof n === "number" ? round(size * n) : share(size, n, round);
}
/** Of a size that is only known by name: exact where the share is one part of a whole number. */
function share(size: number, n: Dim, round: (x: number) => number): Dim {
  const parts = Math.round(1 / size);
  if (isSize(n) && Math.abs(1 / parts - size) < 1e-12 && round === Math.ceil) return ceilDivide(n, parts);
  return unknownDim("how many rows there are to split is not known");
}

interface Sizes {
  readonly train: Dim;
  readonly test: Dim;
}
/** `_validate_shuffle_split`: a quarter is for tests unless something is said. */
export function splitSizes(c: Call, n: Dim, otherwise: number): Sizes {
  const given = ["test_size", "train_size"].filter((name) => c.has(name));
  if (given.some((name) => numberOf(c.value(name)) === undefined)) {
    const doubt = unknownDim("how large the parts are is not known");
    return { train: doubt, test: doubt };
  }
  const test = counted(c.number("test_size"), n, Math.ceil);
  const train = counted(c.number("train_size"), n, Math.floor);
  if (test !== undefined) return { test, train: train ?? minus(n, test) };
  if (train !== undefined) return { train, test: minus(n, train) };
  const rest = counted(otherwise, n, Math.ceil) ?? n;
  return { test: rest, train: minus(n, rest) };
}

/** `train_test_split(*arrays, …)`: a list of train and test part of each. */
const trainTestSplit = fn(
  "sklearn.model_selection.train_test_split",
  "*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None",
  (c) => {
    const given = c.value("arrays");
    if (given.kind !== "tuple" || given.items.length === 0) return unknown("what is split is not known");
    const lengths = given.items.map((it) => lengthOf(c.m, it));
    if (!agree(c.m, lengths)) return unknown("the arrays have different lengths");
    const n = lengths.find((it) => typeof it === "number") ?? lengths.find(isSize) ?? lengths[0] ?? 0;
    const { train, test } = splitSizes(c, n, 0.25);
    const parts = given.items.flatMap((it) => [withRows(c.m, it, train), withRows(c.m, it, test)]);
    return makeList(c.m, parts);
  },
);
/** False where certainly not; that is said. */
function agree(m: Machine, lengths: readonly Dim[]): boolean {
  const [first] = lengths;
  const other = lengths.find((it) => first !== undefined && provablyDifferent(it, first));
  if (first === undefined || other === undefined) return true;
  const text = `the arrays have ${lengths.map(printDim).join(", ")} rows, and must have as many each`;
  refuse(m, "incompatible-shapes", `train_test_split: ${text}`);
  return false;
}

const shuffled = fn("sklearn.utils.shuffle", "*arrays, random_state=None, n_samples=None", (c) => {
  const given = c.value("arrays");
  if (given.kind !== "tuple") return unknown("what is shuffled is not known");
  const again = given.items.map((it) =>
    withRows(c.m, it, c.has("n_samples") ? c.size("n_samples") : lengthOf(c.m, it)),
  );
  const [only] = again;
  return again.length === 1 && only !== undefined ? only : makeList(c.m, again);
});
const resampled = fn(
  "sklearn.utils.resample",
  "*arrays, replace=True, n_samples=None, random_state=None, stratify=None",
  (c) => shuffled.call(c.m, rebound(c)),
);
const rebound = (c: Call) => {
  const given = c.value("arrays");
  const list = (given.kind === "tuple" ? given.items : []).map((value) => ({ name: undefined, value }));
  return { list: [...list, { name: "n_samples", value: c.value("n_samples") }] };
};

// ---- folds

const indices = (m: Machine, n: Dim): TensorValue => array(m, [n], "int64");
const pair = (m: Machine, { train, test }: Sizes): Value => tuple([indices(m, train), indices(m, test)]);

/** `KFold(n).split(X)`: n pairs of indices; the first folds are larger by one where it does not come out even. */
function folds(c: Call, self: Value, exact: boolean): Value {
  const { m } = c;
  const count = fieldOf(m, self, "n_splits");
  const splits = count === undefined || count.kind === "none" ? 5 : numberOf(count);
  const n = lengthOf(m, c.value("X"));
  if (splits === undefined || splits > 100 || typeof n !== "number" || (!exact && n % splits !== 0)) {
    const even = splits !== undefined && typeof n === "number" && n % splits === 0;
    const test = even ? (n as number) / splits : unknownDim("folds may differ in size");
    const element = pair(m, {
      test,
      train: even ? (n as number) - (test as number) : unknownDim("folds may differ in size"),
    });
    return splits !== undefined && splits <= 100
      ? makeIterator(m, Array<Value>(splits).fill(element))
      : makeIterator(m, [], { element, reason: "how many folds there are is not known" });
  }
  const pairs = Array.from({ length: splits }, (_, i) => {
    const test = Math.floor(n / splits) + (i < n % splits ? 1 : 0);
    return pair(m, { test, train: n - test });
  });
  return makeIterator(m, pairs);
}
/** `TimeSeriesSplit`: every fold trains on all that came before. */
function inTime(c: Call, self: Value): Value {
  const { m } = c;
  const count = fieldOf(m, self, "n_splits");
  const splits = count === undefined || count.kind === "none" ? 5 : numberOf(count);
  const n = lengthOf(m, c.value("X"));
  const plain = ["max_train_size", "test_size", "gap"].every((it) => fieldOf(m, self, it) === undefined);
  if (splits === undefined || splits > 100 || typeof n !== "number" || !plain) {
    const doubt = unknownDim("how large the folds are is not known");
    return makeIterator(m, [], { element: pair(m, { train: doubt, test: doubt }), reason: doubt.reason });
  }
  const test = Math.floor(n / (splits + 1));
  return makeIterator(
    m,
    Array.from({ length: splits }, (_, i) => pair(m, { train: n - test * (splits - i), test })),
  );
}
/** `ShuffleSplit`: the same sizes every time; a tenth is for tests. */
function drawn(c: Call, self: Value): Value {
  const { m } = c;
  const count = fieldOf(m, self, "n_splits");
  const splits = count === undefined ? 10 : (numberOf(count) ?? 1);
  const said = fn("split", "test_size=None, train_size=None", (it) => {
    return pair(m, splitSizes(it, lengthOf(m, c.value("X")), 0.1));
  });
  const list = ["test_size", "train_size"].flatMap((name) => {
    const value = fieldOf(m, self, name);
    return value === undefined ? [] : [{ name, value }];
  });
  return makeIterator(m, Array<Value>(Math.min(splits, 100)).fill(said.call(m, { list })));
}

type Folding = (c: Call, self: Value) => Value;
const splitter = (name: string, rule: Folding, signature: string): readonly [string, Value] => [
  `sklearn.model_selection.${name}`,
  estimator(`sklearn.model_selection.${name}`, signature, {
    split: method(`${name}.split`, "X, y=None, groups=None", rule),
    get_n_splits: method(
      `${name}.get_n_splits`,
      "*rest",
      (c, self) => fieldOf(c.m, self, "n_splits") ?? unknown("folds"),
    ),
  }),
];
const FOLDS = "n_splits=5, *, shuffle=False, random_state=None";
const exactly: Folding = (c, self) => folds(c, self, true);
const about: Folding = (c, self) => folds(c, self, false);

export const SELECTION: readonly (readonly [string, Value])[] = [
  ["sklearn.model_selection.train_test_split", trainTestSplit],
  ["sklearn.utils.shuffle", shuffled],
  ["sklearn.utils.resample", resampled],
  splitter("KFold", exactly, FOLDS),
  splitter("StratifiedKFold", about, FOLDS),
  splitter("GroupKFold", about, FOLDS),
  splitter("RepeatedKFold", about, "n_splits=5, n_repeats=10, random_state=None"),
  splitter("TimeSeriesSplit", inTime, "n_splits=5, *, max_train_size=None, test_size=None, gap=0"),
  splitter("ShuffleSplit", drawn, "n_splits=10, *, test_size=None, train_size=None, random_state=None"),
  splitter("StratifiedShuffleSplit", drawn, "n_splits=10, *, test_size=None, train_size=None, random_state=None"),
];
