import { callValue } from "../../../interpreter/calls.ts";
import { makeRecord } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { int, positional, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import {
  ceilDivide,
  type Dim,
  floorDivide,
  maximum,
  minimum,
  minus,
  NONE,
  plus,
  provablyDifferent,
  times,
  unknown as unknownDim,
} from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { type Call, method, property } from "../../operation/call.ts";
import { tensor } from "../../operation.ts";
import { EAGER } from "../eagerTensor.ts";
import { addMembers, applied, type Batches, type DatasetData, dataOf, dataset, iterator, met } from "./dataset.ts";
import { SOURCES, shapeOf, specValueOf } from "./sources.ts";
import { dropAxis, insertAxis, joinSpecs, leavesOf, type Spec } from "./spec.ts";

/** The methods of `tf.data.Dataset`. Each gives a new one. */

type Rule = (c: Call, data: DatasetData) => Value;
const on = (name: string, signature: string, rule: Rule): Readonly<Record<string, Value>> => ({
  [name]: method(`tf.data.Dataset.${name}`, signature, (c, self) => {
    const data = dataOf(self);
    return data === undefined ? unknown("this is no data set") : rule(c, data);
  }),
});
const again = (data: DatasetData, change: Partial<DatasetData>): Value => {
  const { element, length, ...more } = { ...data, ...change };
  return dataset(element, length, more);
};
const same: Rule = (_, data) => again(data, {});
const uncounted = (reason: string): Dim => unknownDim(reason);

/** Batches of `size` elements: the last one is smaller unless it is dropped. */
function batched(c: Call, data: DatasetData): Value {
  const size = c.size("batch_size");
  const drops = c.flag("drop_remainder");
  const rows: Dim =
    drops === true ? size : drops === false ? NONE : uncounted("not known whether the remainder is dropped");
  const { element } = data;
  if (element.kind === "dataset") return dataset({ kind: "unknown", reason: "batches of data sets" }, unknownDim(""));
  const length = drops === true ? floorDivide(data.length, size) : ceilDivide(data.length, size);
  const { extra } = data;
  const isFilled = data.isFilled === true && drops === false;
  const batches: Batches | undefined = drops === false ? { rows: size, of: data.length, ordered: true } : undefined;
  return dataset(insertAxis(element, rows), length, { batches, isFilled, extra });
}

function paddedBatch(c: Call, data: DatasetData): Value {
  const shapes = c.value("padded_shapes");
  const padded = shapes.kind === "none" ? data.element : paddedTo(c.m, data.element, shapes);
  return batched(c, { ...data, element: padded });
}
/** Each tensor to the shape that stands in its place; what is `None` there stays as it is. */
function paddedTo(m: Machine, spec: Spec, shapes: Value): Spec {
  if (spec.kind === "tuple" && shapes.kind === "tuple")
    return { ...spec, items: spec.items.map((it, i) => paddedTo(m, it, shapes.items[i] ?? shapes)) };
  if (spec.kind !== "tensor") return { kind: "unknown", reason: "how the elements are padded is not followed" };
  return { ...spec, shape: shapeOf(m, shapes) };
}

/** `window`: every tensor becomes a data set of its own. */
function windowed(c: Call, data: DatasetData): Value {
  const size = c.size("size");
  const shift = c.has("shift") ? c.size("shift") : size;
  const reach = plus(times(minus(size, 1), c.size("stride")), 1);
  const drops = c.flag("drop_remainder");
  const whole = maximum(plus(floorDivide(minus(data.length, reach), shift), 1), 0);
  const length = drops === true ? whole : ceilDivide(data.length, shift);
  const inner = drops === true ? size : uncounted("the last windows may be smaller");
  const cut = (it: Spec): Spec => {
    if (it.kind === "tuple") return { ...it, items: it.items.map(cut) };
    if (it.kind === "dict") return { ...it, entries: it.entries.map(([name, part]) => [name, cut(part)] as const) };
    return it.kind === "unknown" ? it : { kind: "dataset", element: it, length: inner };
  };
  return dataset(cut(data.element), length);
}

/** `flat_map` and `interleave`: the elements of the data sets that the function gives. */
function flattened(c: Call, data: DatasetData): Value {
  const made = applied(c.m, c.value("map_func"), data);
  if (made.kind !== "dataset") {
    const reason = made.kind === "unknown" ? made.reason : "the function yields no data set";
    return dataset({ kind: "unknown", reason }, unknownDim(reason));
  }
  return dataset(made.element, times(data.length, made.length));
}

function unbatched(_: Call, data: DatasetData): Value {
  const [first] = leavesOf(data.element) ?? [];
  const rows = first !== undefined && hasRank(first.shape) && first.shape.rank > 0 ? first.shape.at(0) : NONE;
  const length = data.batches?.of ?? (rows === NONE ? uncounted("how many rows there are") : times(data.length, rows));
  return dataset(dropAxis(data.element), length);
}

const concatenated: Rule = (c, data) => {
  const other = dataOf(c.value("dataset"));
  if (other === undefined) return unknown("what is put behind it is no data set that is known");
  const element = joinSpecs(data.element, other.element, (a, b) => (provablyDifferent(a, b) ? NONE : b));
  return dataset(element, plus(data.length, other.length));
};

function repeated(c: Call, data: DatasetData): Value {
  const count = c.has("count") ? c.number("count") : -1;
  if (count === undefined)
    return again(data, { length: uncounted("how often it repeats is not known"), isFilled: false });
  const { element, extra } = data;
  const isFilled = data.isFilled === true && count !== 0;
  return dataset(element, count < 0 ? uncounted("it repeats for ever") : times(data.length, count), {
    isFilled,
    extra,
  });
}

const taken: Rule = (c, data) => {
  const count = c.size("count");
  if (count === -1) return again(data, {});
  const batches = cutBatches(data, (it) => minimum(it.of, times(count, it.rows)));
  const length = count === 1 && data.isFilled === true ? 1 : minimum(data.length, count);
  return again(data, { length, batches, isFilled: data.isFilled === true && typeof count === "number" && count > 0 });
};
const skipped: Rule = (c, data) => {
  const batches = cutBatches(data, (it) => maximum(minus(it.of, times(c.size("count"), it.rows)), 0));
  return again(data, { length: maximum(minus(data.length, c.size("count")), 0), batches, isFilled: false });
};
/** Some batches of them: certain only where the small one is at the end. */
const cutBatches = ({ batches }: DatasetData, of: (it: Batches) => Dim): Batches | undefined =>
  batches?.ordered === true ? { ...batches, of: of(batches) } : undefined;

const shuffled: Rule = (_, data) => again(data, { batches: data.batches && { ...data.batches, ordered: false } });

const enumerated: Rule = (_, data) => {
  const number: Spec = { kind: "tensor", shape: new Shape([]), dtype: "int64" };
  return dataset({ kind: "tuple", items: [number, data.element] }, data.length, { isFilled: data.isFilled });
};

/** Arrays in the place of tensors. */
function asArrays(m: Machine, value: Value): Value {
  if (value.kind === "tensor") return { ...value, family: ARRAY };
  if (value.kind === "tuple") return tuple(value.items.map((it) => asArrays(m, it)));
  return value;
}
const cardinality = (m: Machine, { length }: DatasetData): Value =>
  tensor(m, EAGER, new Shape([]), "int64", { facts: typeof length === "number" ? { values: [length] } : undefined });

/** `ds.apply(f)`: f of the whole data set. */
const whole: Rule = (c, data) => callValue(c.m, c.value("transformation_func"), positional(again(data, {})));

const kept = "buffer_size=None, seed=None, reshuffle_each_iteration=None, name=None, **options";
addMembers({
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([name, it]): [string, Value] => [name, { kind: "static", function: it }]),
  ),
  ...on("batch", "batch_size, drop_remainder=False, num_parallel_calls=None, deterministic=None, name=None", batched),
  ...on("padded_batch", "batch_size, padded_shapes=None, padding_values=None, drop_remainder=False", paddedBatch),
  ...on("window", "size, shift=None, stride=1, drop_remainder=False, name=None", windowed),
  ...on("map", "map_func, num_parallel_calls=None, deterministic=None, **options", (c, data) =>
    dataset(applied(c.m, c.value("map_func"), data), data.length, { isFilled: data.isFilled }),
  ),
  ...on("flat_map", "map_func, name=None", flattened),
  ...on("interleave", "map_func, cycle_length=None, **options", flattened),
  ...on("filter", "predicate, name=None", (c, data) => {
    applied(c.m, c.value("predicate"), data);
    return dataset(data.element, uncounted("how many elements the filter keeps is known when it runs"));
  }),
  ...on("unbatch", "name=None", unbatched),
  ...on("concatenate", "dataset, name=None", concatenated),
  ...on("repeat", "count=None, name=None", repeated),
  ...on("take", "count, name=None", taken),
  ...on("skip", "count, name=None", skipped),
  ...on("shard", "num_shards, index", (_, data) =>
    again(data, { length: uncounted("the length of a shard"), batches: undefined, isFilled: false }),
  ),
  ...on("enumerate", "start=0, name=None", enumerated),
  ...on("apply", "transformation_func, name=None", whole),
  ...Object.fromEntries(
    ["prefetch", "cache", "with_options", "snapshot", "ignore_errors"].flatMap((name) =>
      Object.entries(on(name, kept, same)),
    ),
  ),
  ...on("shuffle", kept, shuffled),
  ...on("as_numpy_iterator", "", (c, data) => iterator(c.m, data, (it) => asArrays(c.m, it))),
  ...on("__iter__", "", (c, data) => iterator(c.m, data)),
  ...on("get_single_element", "", (c, data) => met(c.m, data, true)),
  ...on("cardinality", "", (c, data) => cardinality(c.m, data)),
  ...on("__len__", "", (_, { length }) => int(length)),
  ...on("reduce", "initial_state, reduce_func, name=None", () => unknown("what the data set reduces to")),
  element_spec: property("Dataset.element_spec", (m, self) => {
    const data = dataOf(self);
    if (data === undefined) return unknown("no data set");
    return specValueOf(m, data.element, (entries) => makeRecord(m, entries));
  }),
  class_names: property(
    "Dataset.class_names",
    (_, self) => dataOf(self)?.extra?.["class_names"] ?? unknown("class names", "list"),
  ),
  file_paths: property(
    "Dataset.file_paths",
    (_, self) => dataOf(self)?.extra?.["file_paths"] ?? unknown("file paths", "list"),
  ),
});
