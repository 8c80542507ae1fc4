import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  int,
  NONE_VALUE,
  nativeClass,
  type Opaque,
  type Place,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import {
  ceilDivide,
  type Dim,
  floorDivide,
  minimum,
  minus,
  plus,
  times,
  unknown as unknownDim,
} from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, printShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { NUMPY } from "../../numpy/library.ts";
import { type Call, method, property } from "../../operation/call.ts";
import type { Step } from "../../operation/history.ts";
import { arrayOf, type Operand, operandOf } from "../../operation/operand.ts";
import { tensor } from "../../operation.ts";
import { classCount, pictureDims } from "./folders.ts";

/** The old generators: `ImageDataGenerator`, `TimeseriesGenerator`. Batches are arrays. */

interface Part {
  readonly shape: AnyShape;
  readonly dtype: DType | undefined;
}
interface FlowData {
  /** A batch without its first axis: x, or x and y. */
  readonly parts: readonly Part[];
  /** Rows in the first batch. */
  readonly rows: Dim;
  /** How many batches, and how many rows in all. */
  readonly length: Dim;
  readonly of: Dim;
  /** Every batch has as many rows. */
  readonly even: boolean;
  /** The call that made it, where it is `flow`. */
  readonly flow?: Place | undefined;
}
/** The step that gives the batches of `ImageDataGenerator.flow`. */
export const FLOW_STEP = "Flow";
const flowData = (value: Value | undefined): FlowData | undefined =>
  value?.kind === "opaque" && value.type === "keras.Flow" ? (value.data as FlowData) : undefined;

const LAST = "the last batch may be smaller";
/** One batch. */
function batch(m: Machine, { parts, rows, even, flow: place }: FlowData, first: boolean): Value {
  const arrays = parts.map(({ shape, dtype }) => {
    const whole = hasRank(shape) ? shape.insert(0, even || first ? rows : unknownDim(LAST)) : shape;
    const made = tensor(m, ARRAY, whole, dtype);
    if (place !== undefined) m.setSlot(made.id, { type: FLOW_STEP, inputs: [], args: undefined, place } satisfies Step);
    return made;
  });
  const [only] = arrays;
  return arrays.length === 1 && only !== undefined ? only : tuple(arrays);
}
const on = (name: string, signature: string, rule: (c: Call, data: FlowData) => Value): Record<string, Value> => ({
  [name]: method(`Iterator.${name}`, signature, (c, self) => {
    const data = flowData(self);
    return data === undefined ? unknown("no generator") : rule(c, data);
  }),
});
const known = (name: string, answer: (data: FlowData) => Value): Record<string, Value> => ({
  [name]: property(`Iterator.${name}`, (_, self) => {
    const data = flowData(self);
    return data === undefined ? unknown("no generator") : answer(data);
  }),
});
const FLOW = nativeClass("keras.preprocessing.Iterator", [], {
  ...on("__next__", "", (c, data) => batch(c.m, data, false)),
  ...on("next", "", (c, data) => batch(c.m, data, false)),
  ...on("__getitem__", "index", (c, data) => batch(c.m, data, c.number("index") === 0)),
  ...on("__iter__", "", (c, data) => ({
    kind: "iterator",
    id: c.m.allocate({
      kind: "iteratorObject",
      items: [],
      position: 0,
      rest: { element: batch(c.m, data, false), reason: "the generator never ends" },
    }),
  })),
  ...on("__len__", "", (_, { length }) => int(length)),
  ...on("reset", "", () => NONE_VALUE),
  ...known("samples", ({ of }) => int(of)),
  ...known("n", ({ of }) => int(of)),
  ...known("batch_size", ({ rows }) => int(rows)),
  ...known("class_indices", () => unknown("the folder's subfolders are the classes", "dict")),
  ...known("classes", () => unknown("the classes of the files")),
  ...known("num_classes", ({ parts }) => {
    const shape = parts[1]?.shape;
    return int(shape !== undefined && hasRank(shape) && shape.rank === 1 ? shape.at(0) : unknownDim("the classes"));
  }),
  ...known("image_shape", ({ parts }) => {
    const shape = parts[0]?.shape;
    return shape !== undefined && hasRank(shape)
      ? tuple([...shape].map((it) => int(it)))
      : unknown("the image's shape");
  }),
});
const flow = (data: FlowData): Opaque => ({ kind: "opaque", type: "keras.Flow", data, class: FLOW });

// ---- pictures

const rest = ({ shape }: Operand): AnyShape =>
  hasRank(shape) && shape.rank > 0 ? shape.slice(1) : unknownRank("data");
const read = (c: Call, name: string): Operand => operandOf(c.m, arrayOf(c.m, c.value(name)) ?? c.value(name));
const part = (c: Call, name: string, dtype?: DType): Part => {
  const it = read(c, name);
  return { shape: rest(it), dtype: dtype ?? NUMPY.concrete(it.leaves) };
};

/** Keras takes pictures by their rows, columns and channels, and refuses anything else. */
function withoutChannels(c: Call, { shape, tensor: data }: Operand): boolean {
  if (!hasRank(shape) || shape.rank === 4 || shape.rank === 0 || data?.assumed === true) return false;
  const place = data?.origin ?? c.place("x");
  const edits = place === undefined || shape.rank !== 3 ? [] : [{ place, text: "[..., None]", form: "behind" }];
  c.m.report({
    code: "data-shape",
    severity: "error",
    place: place ?? c.m.here,
    message: `flow wants pictures, (samples, rows, columns, channels), and this is ${printShape(shape)}`,
    related: place === undefined ? [] : [{ place: c.m.here, message: "Keras raises here" }],
    repairs: edits.length === 0 ? [] : [{ title: "An axis for the channel: [..., None]", preferred: true, edits }],
  });
  return true;
}

function flowOfArrays(c: Call): Value {
  const x = read(c, "x");
  if (withoutChannels(c, x)) return unknown("flow refuses the data");
  const of = hasRank(x.shape) && x.shape.rank > 0 ? x.shape.at(0) : unknownDim("how many samples there are");
  const size = c.size("batch_size");
  const even = typeof of === "number" && typeof size === "number" && (of % size === 0 || of < size);
  const parts = [part(c, "x", "float32"), ...(c.has("y") ? [part(c, "y")] : [])];
  return flow({ parts, rows: minimum(of, size), of, length: ceilDivide(of, size), even, flow: c.m.here });
}

/** A label of one file, by `class_mode`. */
function labelsOf(c: Call): readonly Part[] {
  const mode = c.value("class_mode");
  if (mode.kind === "none") return [];
  const scalar: Part = { shape: new Shape([]), dtype: "float32" };
  if (mode.kind !== "str") return [{ shape: unknownRank("class_mode is not known"), dtype: undefined }];
  if (mode.value === "binary" || mode.value === "sparse") return [scalar];
  if (mode.value === "categorical") return [{ shape: new Shape([classCount(c, "classes")]), dtype: "float32" }];
  if (mode.value === "input") return [{ shape: new Shape(pictureDims(c, "target_size")), dtype: "float32" }];
  if (mode.value !== "raw")
    return [{ shape: unknownRank(`class_mode="${mode.value}" is not followed`), dtype: undefined }];
  const columns = c.value("y_col");
  const width = columns.kind === "list" ? iterate(c.m, columns).items.length : undefined;
  return [{ shape: new Shape(width === undefined ? [] : [width]), dtype: undefined }];
}
function flowOfFiles(c: Call): Value {
  const of = unknownDim("how many files there are is known when it runs");
  const x: Part = { shape: new Shape(pictureDims(c, "target_size")), dtype: "float32" };
  const rows = unknownDim("a batch has as many rows as batch_size, or as many as there are files");
  return flow({ parts: [x, ...labelsOf(c)], rows, of, length: unknownDim(of.reason), even: false });
}

const FILES = "target_size=(256, 256), color_mode='rgb', classes=None, class_mode='categorical', batch_size=32, **more";
const imageGenerator = nativeClass("keras.preprocessing.image.ImageDataGenerator", [], {
  __init__: method("ImageDataGenerator.__init__", "**options", () => NONE_VALUE),
  fit: method("ImageDataGenerator.fit", "*given, **named", () => NONE_VALUE),
  flow: method("ImageDataGenerator.flow", "x, y=None, batch_size=32, shuffle=True, **more", flowOfArrays),
  flow_from_directory: method("ImageDataGenerator.flow_from_directory", `directory, ${FILES}`, flowOfFiles),
  flow_from_dataframe: method(
    "ImageDataGenerator.flow_from_dataframe",
    `dataframe, directory=None, x_col='filename', y_col='class', weight_col=None, ${FILES}`,
    flowOfFiles,
  ),
  random_transform: method("ImageDataGenerator.random_transform", "x, **more", (c) => c.value("x")),
  standardize: method("ImageDataGenerator.standardize", "x", (c) => c.value("x")),
});

// ---- series

/** Source: keras.src.legacy.preprocessing.sequence.TimeseriesGenerator. */
function windows(c: Call): Value {
  const data = read(c, "data");
  const count = hasRank(data.shape) && data.shape.rank > 0 ? data.shape.at(0) : unknownDim("how long the series is");
  const length = c.size("length");
  const stride = c.size("stride");
  const size = c.size("batch_size");
  const end = c.has("end_index") ? c.size("end_index") : minus(count, 1);
  const positions = plus(minus(end, plus(c.size("start_index"), length)), 1);
  const inner = rest(data);
  const steps = ceilDivide(length, c.size("sampling_rate"));
  const x: Part = { shape: hasRank(inner) ? inner.insert(0, steps) : inner, dtype: NUMPY.concrete(data.leaves) };
  const batches = floorDivide(minus(plus(positions, times(size, stride)), 1), times(size, stride));
  const rows = minimum(size, ceilDivide(positions, stride));
  const even = typeof positions === "number" && typeof size === "number" && stride === 1 && positions % size === 0;
  return flow({ parts: [x, part(c, "targets")], rows, of: positions, length: batches, even });
}
const SERIES =
  "data, targets, length, sampling_rate=1, stride=1, start_index=0, end_index=None, shuffle=False, reverse=False, " +
  "batch_size=128";
const seriesGenerator = nativeClass("keras.preprocessing.sequence.TimeseriesGenerator", [], {
  __new__: { kind: "static", function: method("TimeseriesGenerator.__new__", SERIES, windows) },
});

export const GENERATORS: readonly (readonly [string, Value])[] = [
  ["keras.preprocessing.image.ImageDataGenerator", imageGenerator],
  ["keras.preprocessing.sequence.TimeseriesGenerator", seriesGenerator],
];
