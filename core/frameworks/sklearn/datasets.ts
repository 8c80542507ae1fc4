import { emptyInstance } from "../../interpreter/classes.ts";
import { makeList } from "../../interpreter/containers.ts";
import { heldBy } from "../../interpreter/held.ts";
import { iterate } from "../../interpreter/iterate.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { native, nativeClass, nativeMethod, tuple, unknown, type Value } from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type Call, fn } from "../operation/call.ts";
import { setField } from "./estimator.ts";
import { array } from "./tables.ts";

/** `sklearn.datasets`: tables that it ships or fetches, and those that it makes up. */

interface Table {
  readonly rows: number;
  readonly columns: number;
  /** 0 for a target that is a quantity. */
  readonly classes: number;
  readonly data?: DType;
  readonly target?: DType;
  readonly names?: readonly string[];
  /** Other arrays by name. */
  readonly more?: Readonly<Record<string, readonly number[]>>;
}
const TABLES: Readonly<Record<string, Table>> = {
  load_iris: { rows: 150, columns: 4, classes: 3, names: ["setosa", "versicolor", "virginica"] },
  load_digits: { rows: 1797, columns: 64, classes: 10, more: { images: [1797, 8, 8] } },
  load_wine: { rows: 178, columns: 13, classes: 3 },
  load_breast_cancer: { rows: 569, columns: 30, classes: 2 },
  load_diabetes: { rows: 442, columns: 10, classes: 0 },
  load_linnerud: { rows: 20, columns: 3, classes: 0 },
  fetch_california_housing: { rows: 20640, columns: 8, classes: 0 },
  fetch_olivetti_faces: { rows: 400, columns: 4096, classes: 40, data: "float32", more: { images: [400, 64, 64] } },
  fetch_covtype: { rows: 581012, columns: 54, classes: 7, target: "int32" },
};

/** Its fields are attributes and keys. */
const BUNCH = nativeClass("sklearn.utils.Bunch", [], {
  __getitem__: nativeMethod("Bunch.__getitem__", (m, { list: [self, key] }) => {
    const name = key?.value.kind === "str" ? key.value.value : "";
    return heldBy(m, self?.value, name) ?? unknown(`${name} is not followed`);
  }),
  keys: nativeMethod("Bunch.keys", () => unknown("the keys of a data set", "list")),
  __getattr__: nativeMethod("Bunch.__getattr__", (_, { list: [, name] }) =>
    unknown(`${name?.value.kind === "str" ? name.value.value : "an attribute"} of a data set is not followed`),
  ),
});

function loaded(c: Call, name: string, it: Table): Value {
  const { m } = c;
  const asFrame = c.flag("as_frame");
  if (asFrame !== false) return unknown(`${name} as data frames is not followed`);
  const target: DType = it.target ?? (it.classes > 0 ? "int64" : "float64");
  const rows: Dim =
    name === "load_digits" && c.has("n_class") && c.number("n_class") !== 10 ? unknownDim("some classes") : it.rows;
  const X = array(m, [rows, it.columns], it.data ?? "float64");
  const labels =
    it.classes > 0
      ? { range: [it.target === undefined ? 0 : 1, it.classes - (it.target === undefined ? 1 : 0)] as const }
      : undefined;
  const y = name === "load_linnerud" ? array(m, [20, 3], "float64") : array(m, [rows], target, labels);
  if (c.flag("return_X_y") === true) return tuple([X, y]);
  if (c.flag("return_X_y") === undefined) return unknown("not known whether it returns X and y");
  const bunch = emptyInstance(m, BUNCH);
  setField(m, bunch, "data", X);
  setField(m, bunch, "target", y);
  for (const [other, dims] of Object.entries(it.more ?? {}))
    setField(m, bunch, other, array(m, [rows, ...dims.slice(1)], it.data ?? "float64"));
  if (it.classes > 0 && it.names !== undefined) setField(m, bunch, "target_names", array(m, [it.classes], "string"));
  else if (it.classes > 0 && name !== "load_digits")
    setField(m, bunch, "target_names", array(m, [it.classes], undefined));
  setField(m, bunch, "DESCR", unknown("a description", "str"));
  const names = Array.from({ length: it.columns }, () => unknown("a feature's name", "str"));
  if (it.columns <= 64) setField(m, bunch, "feature_names", makeList(m, names));
  return bunch;
}
const LOADING = "*, n_class=10, return_X_y=False, as_frame=False, data_home=None, download_if_missing=True, **more";
const loader = ([name, it]: [string, Table]): readonly [string, Value] => [
  `sklearn.datasets.${name}`,
  fn(`sklearn.datasets.${name}`, LOADING, (c) => loaded(c, name, it)),
];

// ---- made up

const labelled = (m: Machine, rows: Dim, columns: Dim, classes: number | undefined): Value =>
  tuple([
    array(m, [rows, columns], "float64"),
    array(m, [rows], "int64", classes === undefined ? undefined : { range: [0, classes - 1] }),
  ]);
/** One number, or one for each of two halves. */
const samples = (c: Call): Dim => {
  const value = c.value("n_samples");
  if (value.kind !== "tuple" && value.kind !== "list") return c.size("n_samples");
  const counts = iterate(c.m, value).items.map((it) => (it.kind === "int" ? it.size : unknownDim("how many samples")));
  return counts.every((it) => typeof it === "number")
    ? counts.reduce((a, b) => a + b, 0)
    : unknownDim("how many samples");
};
const made = (name: string, signature: string, rule: (c: Call) => Value): readonly [string, Value] => [
  `sklearn.datasets.${name}`,
  fn(`sklearn.datasets.${name}`, `${signature}, **more`, rule),
];

function blobs(c: Call): Value {
  const centers = c.value("centers");
  const list = centers.kind === "list" || centers.kind === "tensor" ? iterate(c.m, centers) : undefined;
  const count =
    centers.kind === "none" ? 3 : (c.number("centers") ?? (list?.rest === undefined ? list?.items.length : undefined));
  const [first] = list?.items ?? [];
  const width =
    list === undefined ? c.size("n_features") : first === undefined ? unknownDim("centers") : lengthOf(c.m, first);
  const result = labelled(c.m, samples(c), width, count);
  return result;
}
const lengthOf = (m: Machine, value: Value): Dim => {
  const { items, rest } = iterate(m, value);
  return rest === undefined ? items.length : unknownDim(rest.reason);
};

export const DATASETS: readonly (readonly [string, Value])[] = [
  ...Object.entries(TABLES).map(loader),
  made("make_classification", "n_samples=100, n_features=20, *, n_informative=2, n_redundant=2, n_classes=2", (c) =>
    labelled(c.m, c.size("n_samples"), c.size("n_features"), c.number("n_classes")),
  ),
  made("make_regression", "n_samples=100, n_features=100, *, n_informative=10, n_targets=1, coef=False", (c) => {
    const rows = c.size("n_samples");
    const targets = c.size("n_targets");
    const y = array(c.m, targets === 1 ? [rows] : [rows, targets], "float64");
    const both = [array(c.m, [rows, c.size("n_features")], "float64"), y];
    return c.flag("coef") === false ? tuple(both) : unknown("coefficients too");
  }),
  made("make_blobs", "n_samples=100, n_features=2, *, centers=None, cluster_std=1.0", blobs),
  made("make_moons", "n_samples=100, *, shuffle=True, noise=None", (c) => labelled(c.m, samples(c), 2, 2)),
  made("make_circles", "n_samples=100, *, shuffle=True, noise=None", (c) => labelled(c.m, samples(c), 2, 2)),
  made("make_gaussian_quantiles", "*, mean=None, cov=1.0, n_samples=100, n_features=2, n_classes=3", (c) =>
    labelled(c.m, c.size("n_samples"), c.size("n_features"), c.number("n_classes")),
  ),
  made("make_s_curve", "n_samples=100", (c) =>
    tuple([array(c.m, [c.size("n_samples"), 3], "float64"), array(c.m, [c.size("n_samples")], "float64")]),
  ),
  made("make_swiss_roll", "n_samples=100", (c) =>
    tuple([array(c.m, [c.size("n_samples"), 3], "float64"), array(c.m, [c.size("n_samples")], "float64")]),
  ),
  ["sklearn.datasets.fetch_openml", native("fetch_openml", () => unknown("what is fetched is known when it runs"))],
  ["sklearn.datasets.fetch_20newsgroups", native("fetch_20newsgroups", () => unknown("texts that are fetched"))],
  ["sklearn.utils.Bunch", BUNCH],
];
