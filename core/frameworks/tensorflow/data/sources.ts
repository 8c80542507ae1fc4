import { dictOf } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  nativeClass,
  nativeMethod,
  type Opaque,
  sizeOf,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import {
  ceilDivide,
  type Dim,
  join,
  maximum,
  minimum,
  minus,
  NONE,
  unknown as unknownDim,
} from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Call, fn, property } from "../../operation/call.ts";
import { dtypeOf, dtypeValue } from "../../operation/dtypes.ts";
import { TENSORFLOW } from "../library.ts";
import { shapeTuple } from "../tensorShape.ts";
import { dataOf, dataset, elementSpec } from "./dataset.ts";
import { asYielded } from "./generator.ts";
import { dropAxis, leavesOf, type Spec } from "./spec.ts";

/** Where data sets come from. */

const SPEC_TYPE = "tf.TensorSpec";
interface SpecData {
  readonly shape: AnyShape;
  readonly dtype: DType | undefined;
}
const specData = (value: Value): SpecData | undefined =>
  value.kind === "opaque" && value.type === SPEC_TYPE ? (value.data as SpecData) : undefined;

export const TENSOR_SPEC = nativeClass("tensorflow.TensorSpec", [], {
  __new__: {
    kind: "static",
    function: nativeMethod("tensorflow.TensorSpec", (m, { list: [, ...list] }) => makeSpec.call(m, { list })),
  },
  shape: property("TensorSpec.shape", (_, self) => {
    const { shape } = specData(self) ?? {};
    return shape === undefined ? unknown("its shape") : shapeTuple(shape);
  }),
  dtype: property("TensorSpec.dtype", (_, self) => {
    const { dtype } = specData(self) ?? {};
    return dtype === undefined ? unknown("its dtype is not known") : dtypeValue(dtype);
  }),
});
const specValue = (shape: AnyShape, dtype: DType | undefined): Opaque => ({
  kind: "opaque",
  type: SPEC_TYPE,
  data: { shape, dtype },
  class: TENSOR_SPEC,
});
const makeSpec = fn("tensorflow.TensorSpec", "shape, dtype='float32', name=None", (c) =>
  specValue(shapeOf(c.m, c.value("shape")), dtypeOf(c.value("dtype"), TENSORFLOW) ?? undefined),
);

/** A shape as TensorFlow takes it: `None` and -1 are any size; nothing is any shape. */
export function shapeOf(m: Machine, value: Value): AnyShape {
  if (value.kind === "unknown") return unknownRank(value.reason);
  if (value.kind === "none") return unknownRank("a shape that is not said");
  const { items, rest } = iterate(m, value);
  if (rest !== undefined) return unknownRank(rest.reason);
  return new Shape(
    items.map((it) => {
      const size = it.kind === "none" ? NONE : (sizeOf(it) ?? unknownDim("not a size"));
      return size === -1 ? NONE : size;
    }),
  );
}

/** `output_signature`, or the same as types and shapes. */
function signature(m: Machine, value: Value): Spec {
  const own = specData(value);
  if (own !== undefined) return { kind: "tensor", ...own };
  if (value.kind === "tuple") return { kind: "tuple", items: value.items.map((it) => signature(m, it)) };
  if (value.kind === "dict") return namedSpecs(m, value, (it) => signature(m, it));
  return { kind: "unknown", reason: value.kind === "unknown" ? value.reason : "a signature that is not followed" };
}
function namedSpecs(m: Machine, value: Value & { kind: "dict" }, read: (it: Value, name: string) => Spec): Spec {
  const { entries, open } = dictOf(m, value);
  if (open !== undefined) return { kind: "unknown", reason: open };
  const named = [...entries.values()].map(({ key, value: it }): readonly [string, Spec] => {
    const name = key.kind === "str" ? key.value : "";
    return [name, read(it, name)];
  });
  return { kind: "dict", entries: named };
}
/** Types and shapes in two structures of one form. */
function typed(m: Machine, types: Value, shapes: Value): Spec {
  if (types.kind === "tuple") {
    const inner = shapes.kind === "tuple" ? shapes.items : [];
    return { kind: "tuple", items: types.items.map((it, i) => typed(m, it, inner[i] ?? { kind: "none" })) };
  }
  if (types.kind === "dict") {
    const inner = shapes.kind === "dict" ? dictOf(m, shapes).entries : undefined;
    return namedSpecs(m, types, (it, name) => typed(m, it, inner?.get(`s:${name}`)?.value ?? { kind: "none" }));
  }
  const shape = shapes.kind === "none" ? unknownRank("say output_shapes to have shapes") : shapeOf(m, shapes);
  return { kind: "tensor", shape, dtype: dtypeOf(types, TENSORFLOW) ?? undefined };
}

/** `from_tensor_slices`: every tensor gives its rows. */
function slices(c: Call): Value {
  const whole = elementSpec(c.m, c.value("tensors"));
  const leaves = leavesOf(whole);
  if (leaves === undefined || leaves.length === 0) {
    const reason = whole.kind === "unknown" ? whole.reason : "what is sliced is not known";
    return dataset({ kind: "unknown", reason }, unknownDim(reason));
  }
  const lengths = leaves.map(({ shape }) => (hasRank(shape) ? shape.batch : unknownDim(shape.reason)));
  const known = lengths.find((it) => typeof it === "number") ?? lengths[0] ?? 0;
  return dataset(dropAxis(whole), known);
}

function generated(c: Call): Value {
  const said = c.has("output_signature")
    ? signature(c.m, c.value("output_signature"))
    : typed(c.m, c.value("output_types"), c.value("output_shapes"));
  return dataset(asYielded(c, said), unknownDim("how many elements the generator yields is not known"));
}

function ranged(c: Call): Value {
  const ends = c.value("args");
  const bounds: readonly Dim[] =
    ends.kind === "tuple" ? ends.items.map((it) => sizeOf(it) ?? unknownDim("a bound that is not known")) : [];
  const [a = 0, b, step = 1] = bounds;
  const start: Dim = b === undefined ? 0 : a;
  const stop: Dim = b ?? a;
  const named = c.more.get("output_type");
  const dtype = named === undefined ? "int64" : (dtypeOf(named, TENSORFLOW) ?? undefined);
  return dataset({ kind: "tensor", shape: new Shape([]), dtype }, maximum(ceilDivide(minus(stop, start), step), 0));
}

/** `zip(a, b)`, `zip((a, b))`, `zip({"x": a})`: data sets go in where tensors would. */
function zipped(c: Call): Value {
  const args = c.value("args");
  const given = args.kind === "tuple" ? args : tuple([]);
  const [only] = given.items;
  const whole = given.items.length === 1 && only !== undefined && dataOf(only) === undefined ? only : given;
  const lengths: Dim[] = [];
  const element = unzipped(c.m, c.has("datasets") ? c.value("datasets") : whole, lengths);
  return dataset(element, lengths.reduce(minimum));
}
function unzipped(m: Machine, value: Value, lengths: Dim[]): Spec {
  const data = dataOf(value);
  if (data !== undefined) lengths.push(data.length);
  if (data !== undefined) return data.element;
  if (value.kind === "tuple" || value.kind === "list")
    return { kind: "tuple", items: iterate(m, value).items.map((it) => unzipped(m, it, lengths)) };
  if (value.kind === "dict") return namedSpecs(m, value, (it) => unzipped(m, it, lengths));
  const reason = value.kind === "unknown" ? value.reason : "what is zipped is no data set";
  lengths.push(unknownDim(reason));
  return { kind: "unknown", reason };
}

const STRING: Spec = { kind: "tensor", shape: new Shape([]), dtype: "string" };
const lines = (name: string, what: string): readonly [string, Value] => [
  name,
  fn(`tf.data.${name}`, "filenames, **options", () => dataset(STRING, unknownDim(`how many ${what} there are`))),
];
/** One of several data sets of the same elements. */
const chosen = (name: string): Value =>
  fn(`tf.data.Dataset.${name}`, "datasets, *rest, **options", (c) => {
    const all = iterate(c.m, c.value("datasets")).items.flatMap((it) => dataOf(it) ?? []);
    const [first] = all;
    if (first === undefined) return unknown("which data sets there are");
    const length = all.map((it) => it.length).reduce(join);
    return dataset(first.element, all.length === 1 ? length : unknownDim("how many elements are drawn"));
  });

/** Static methods of `tf.data.Dataset`. */
export const SOURCES: Readonly<Record<string, Value>> = {
  from_tensor_slices: fn("tf.data.Dataset.from_tensor_slices", "tensors, name=None", slices),
  from_tensors: fn("tf.data.Dataset.from_tensors", "tensors, name=None", (c) =>
    dataset(elementSpec(c.m, c.value("tensors")), 1),
  ),
  from_generator: fn(
    "tf.data.Dataset.from_generator",
    "generator, output_types=None, output_shapes=None, args=None, output_signature=None, name=None",
    generated,
  ),
  range: fn("tf.data.Dataset.range", "*args, **options", ranged),
  zip: fn("tf.data.Dataset.zip", "*args, datasets=None, name=None", zipped),
  list_files: fn("tf.data.Dataset.list_files", "file_pattern, shuffle=None, seed=None", () =>
    dataset(STRING, unknownDim("how many files match is known when it runs")),
  ),
  load: fn("tf.data.Dataset.load", "path, **options", () => unknown("what the saved data set holds is not known")),
  random: fn("tf.data.Dataset.random", "seed=None", () =>
    dataset({ kind: "tensor", shape: new Shape([]), dtype: "int64" }, unknownDim("it never ends")),
  ),
  choose_from_datasets: chosen("choose_from_datasets"),
  sample_from_datasets: chosen("sample_from_datasets"),
};
/** Classes derived from it, by their names in `tf.data`. */
export const READERS: readonly (readonly [string, Value])[] = [
  lines("TextLineDataset", "lines"),
  lines("TFRecordDataset", "records"),
];

/** `element_spec` as the program sees it. */
export function specValueOf(m: Machine, spec: Spec, record: (entries: Record<string, Value>) => Value): Value {
  if (spec.kind === "tensor") return specValue(spec.shape, spec.dtype);
  if (spec.kind === "tuple") return tuple(spec.items.map((it) => specValueOf(m, it, record)));
  if (spec.kind === "dict")
    return record(Object.fromEntries(spec.entries.map(([name, it]) => [name, specValueOf(m, it, record)])));
  return unknown(spec.kind === "unknown" ? spec.reason : "the specification of a data set");
}
