import { listOf } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  type Facts,
  type NativeValue,
  native,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { hasRank, Shape } from "../../tensor/shape.ts";
import { ARRAY } from "../numpy/array.ts";
import { bind } from "./runtime/given.ts";
import { readDim } from "./runtime/input.ts";
import { lookup } from "./signatures.ts";

/** Arrays that Keras makes for a script: data sets of known shapes, one-hot rows, padded sequences. */

type Part = readonly [rest: readonly Dim[], dtype: DType | undefined, facts?: Facts];
interface DataSet {
  readonly train: number;
  readonly test: number;
  readonly x: Part;
  readonly y: Part;
}
const labels = (classes: number): Facts => ({ range: [0, classes - 1] });

/** Shapes and dtypes as `load_data()` gives them with its default arguments (keras.src.datasets). */
const DATA_SETS: Readonly<Record<string, DataSet>> = {
  mnist: { train: 60000, test: 10000, x: [[28, 28], "uint8"], y: [[], "uint8", labels(10)] },
  fashion_mnist: { train: 60000, test: 10000, x: [[28, 28], "uint8"], y: [[], "uint8", labels(10)] },
  cifar10: { train: 50000, test: 10000, x: [[32, 32, 3], "uint8"], y: [[1], "uint8", labels(10)] },
  cifar100: { train: 50000, test: 10000, x: [[32, 32, 3], "uint8"], y: [[1], "int64", labels(100)] },
  boston_housing: { train: 404, test: 102, x: [[13], "float64"], y: [[], "float64"] },
  california_housing: { train: 16512, test: 4128, x: [[8], undefined], y: [[], undefined] },
  imdb: { train: 25000, test: 25000, x: [[], undefined], y: [[], "int64", labels(2)] },
  reuters: { train: 8982, test: 2246, x: [[], undefined], y: [[], "int64", labels(46)] },
};

const array = (m: Machine, dims: readonly Dim[], dtype: DType | undefined, facts?: Facts): TensorValue => ({
  kind: "tensor",
  id: m.fresh(),
  shape: new Shape(dims),
  dtype,
  family: ARRAY,
  assumed: false,
  facts,
  origin: m.here,
});

function loadData(name: string, set: DataSet): NativeValue {
  return native(`keras.datasets.${name}.load_data`, (m, args) => {
    // Another split, version or longest text has other sizes; a path, a vocabulary or a label mode has not.
    const resizing = args.list.some(
      (it) => it.name === undefined || ["test_split", "version", "maxlen"].includes(it.name),
    );
    if (args.open !== undefined || (resizing && !/mnist|cifar/.test(name)))
      return unknown("the sizes of this split are not known");
    const part = (n: number, [rest, dtype, facts]: Part) => array(m, [n, ...rest], dtype, facts);
    return tuple([
      tuple([part(set.train, set.x), part(set.train, set.y)]),
      tuple([part(set.test, set.x), part(set.test, set.y)]),
    ]);
  });
}

/** `to_categorical(y, num_classes)`: one row of `num_classes` for each label; a trailing axis of 1 goes. */
function toCategorical(m: Machine, args: Args): Value {
  const { args: given } = bind(lookup("keras.utils.to_categorical") ?? { parameters: [], keywords: "*" }, args);
  const y = given["x"]?.value ?? given["y"]?.value ?? args.list[0]?.value;
  const classes = given["num_classes"]?.value;
  const known = classes === undefined || classes.kind === "none" ? classesIn(y) : readDim(classes);
  const dims = labelDims(m, y);
  if (dims === undefined) return unknown(y?.kind === "unknown" ? y.reason : "labels that are not known");
  const rows = dims.length > 1 && dims.at(-1) === 1 ? dims.slice(0, -1) : dims;
  return array(m, [...rows, known], "float64", { encoding: "one-hot" });
}
/** One more than the largest label, where all labels are there to be seen. */
function classesIn(y: Value | undefined): Dim {
  const range = y?.kind === "tensor" ? y.facts?.range : undefined;
  const values = y?.kind === "tensor" ? y.facts?.values : undefined;
  if (values !== undefined && values.length > 0) return Math.max(...values) + 1;
  return range !== undefined && y?.kind === "tensor" && y.facts?.range?.[0] === 0 && isWholeSet(y)
    ? range[1] + 1
    : unknownDim("the number of classes is not said");
}
/**
 * So many labels hold every class, as far as chance can tell: of n even draws of k classes one is missing with a
 * probability of at most k (1 - 1/k)^n.
 */
function isWholeSet({ shape, facts }: TensorValue): boolean {
  const [low, high] = facts?.range ?? [0, 0];
  const [classes, count] = [high - low + 1, hasRank(shape) ? shape.at(0) : undefined];
  return typeof count === "number" && classes * (1 - 1 / classes) ** count < 1e-12;
}

function labelDims(m: Machine, y: Value | undefined): readonly Dim[] | undefined {
  if (y?.kind === "tensor") return hasRank(y.shape) ? y.shape.dims : undefined;
  if (y?.kind === "list") return listOf(m, y).rest === undefined ? [listOf(m, y).items.length] : undefined;
  return y?.kind === "tuple" ? [y.items.length] : undefined;
}

/** The length of the longest of several sequences, where all are known. */
function longest(m: Machine, sequences: Value | undefined): Dim {
  const { items, rest } = sequences?.kind === "list" ? listOf(m, sequences) : { items: [], rest: sequences };
  const lengths = items.map((it) => (rest === undefined ? labelDims(m, it)?.[0] : undefined));
  const known = lengths.filter((it) => typeof it === "number");
  return known.length === lengths.length && known.length > 0
    ? Math.max(...known)
    : unknownDim("as long as the longest sequence");
}

/** `pad_sequences(sequences, maxlen)`: as many rows as sequences, `maxlen` columns, int32 unless said. */
function padSequences(m: Machine, args: Args): Value {
  const { args: given } = bind(lookup("keras.utils.pad_sequences") ?? { parameters: [], keywords: "*" }, args);
  const maxlen = given["maxlen"]?.value;
  const rows = labelDims(m, given["sequences"]?.value)?.[0] ?? unknownDim("how many sequences is not known");
  const columns =
    maxlen === undefined || maxlen.kind === "none" ? longest(m, given["sequences"]?.value) : readDim(maxlen);
  const dtype = given["dtype"]?.value;
  return array(
    m,
    [rows, columns],
    dtype === undefined ? "int32" : dtype.kind === "str" ? (dtype.value as DType) : undefined,
  );
}

/** By canonical name. */
export const DATA: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(DATA_SETS).map(([name, set]): [string, Value] => [
    `keras.datasets.${name}.load_data`,
    loadData(name, set),
  ]),
  ["keras.utils.to_categorical", native("keras.utils.to_categorical", toCategorical)],
  ["keras.utils.pad_sequences", native("keras.utils.pad_sequences", padSequences)],
]);
