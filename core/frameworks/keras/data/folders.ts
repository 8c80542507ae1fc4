import { iterate } from "../../../interpreter/iterate.ts";
import { tuple, unknown, type Value } from "../../../interpreter/values.ts";
import {
  ceilDivide,
  type Dim,
  maximum,
  minimum,
  minus,
  NONE,
  times,
  unknown as unknownDim,
} from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, hasRank, Shape, unknownRank } from "../../../tensor/shape.ts";
import { type Call, fn } from "../../operation/call.ts";
import { arrayOf, operandOf } from "../../operation/operand.ts";
import { type Batches, dataOf, dataset } from "../../tensorflow/data/dataset.ts";
import type { Spec } from "../../tensorflow/data/spec.ts";
import { TENSORFLOW } from "../../tensorflow/library.ts";

/** `keras.utils.*_dataset_from_directory` and `timeseries_dataset_from_array`: data sets of batches. */

const tensorSpec = (dims: readonly Dim[] | AnyShape, dtype: DType | undefined): Spec => ({
  kind: "tensor",
  shape: Array.isArray(dims) ? new Shape(dims) : (dims as AnyShape),
  dtype,
});
const FILES = "how many files the folder has is known when it runs";

export const CLASSES = "the folder's subfolders are the classes: say class_names=[…] to have their number";
/** How many classes a list of names says. */
export function classCount(c: Call, name: string): Dim {
  const names = c.value(name);
  if (names.kind !== "list" && names.kind !== "tuple") return unknownDim(CLASSES);
  const { items, rest } = iterate(c.m, names);
  return rest === undefined ? items.length : unknownDim(rest.reason);
}
/** A label of one file, by `label_mode`; undefined for none, a reason where that is not known. */
function labelOf(c: Call): Spec | undefined {
  const mode = c.value("label_mode");
  const labels = c.value("labels");
  if (mode.kind === "none" || labels.kind === "none") return undefined;
  if (mode.kind !== "str") return { kind: "unknown", reason: "label_mode is not known" };
  if (mode.value === "int") return tensorSpec([], "int32");
  if (mode.value === "binary") return tensorSpec([1], "float32");
  return tensorSpec([classCount(c, "class_names")], "float32");
}

/** Batches of samples with their labels; one data set, or two where both subsets are asked for. */
function fromFolder(c: Call, sample: Spec): Value {
  const label = labelOf(c);
  const single: Spec = label === undefined ? sample : { kind: "tuple", items: [sample, label] };
  const size = c.value("batch_size");
  const batch: Dim | undefined = size.kind === "none" ? undefined : NONE;
  const element = batch === undefined ? single : batched(single, batch);
  const extra = { class_names: c.has("class_names") ? c.value("class_names") : unknown(CLASSES, "list") };
  const rows = unknownDim(FILES);
  const batches: Batches | undefined =
    batch === undefined ? undefined : { rows: c.size("batch_size"), of: rows, ordered: false };
  const made = (): Value => dataset(element, unknownDim(FILES), { batches, isFilled: true, extra });
  return c.text("subset") === "both" ? tuple([made(), made()]) : made();
}
const batched = (spec: Spec, batch: Dim): Spec =>
  spec.kind === "tensor" && hasRank(spec.shape)
    ? { ...spec, shape: spec.shape.insert(0, batch) }
    : spec.kind === "tuple"
      ? { ...spec, items: spec.items.map((it) => batched(it, batch)) }
      : spec;

export const CHANNELS: Readonly<Record<string, number>> = { rgb: 3, rgba: 4, grayscale: 1 };
/** Height, width and channels of pictures that are loaded at one size. */
export function pictureDims(c: Call, size: string): readonly Dim[] {
  const mode = c.text("color_mode");
  const channels = (mode === undefined ? undefined : CHANNELS[mode]) ?? unknownDim("color_mode is not known");
  const { items, rest } = iterate(c.m, c.value(size));
  const [height, width] = items.map((it) => (it.kind === "int" ? it.size : unknownDim(`${size} is not known`)));
  if (rest !== undefined || height === undefined || width === undefined)
    return [unknownDim(`${size} is not known`), unknownDim(`${size} is not known`), channels];
  return [height, width, channels];
}

const COMMON = "directory, labels='inferred', label_mode='int', class_names=None";
const images = fn(
  "keras.utils.image_dataset_from_directory",
  `${COMMON}, color_mode='rgb', batch_size=32, image_size=(256, 256), shuffle=True, seed=None, ` +
    "validation_split=None, subset=None, interpolation='bilinear', follow_links=False, **more",
  (c) => fromFolder(c, tensorSpec(pictureDims(c, "image_size"), "float32")),
);
const texts = fn(
  "keras.utils.text_dataset_from_directory",
  `${COMMON}, batch_size=32, max_length=None, shuffle=True, seed=None, validation_split=None, subset=None, **more`,
  (c) => fromFolder(c, tensorSpec([], "string")),
);
const sounds = fn(
  "keras.utils.audio_dataset_from_directory",
  `${COMMON}, batch_size=32, sampling_rate=None, output_sequence_length=None, ragged=False, shuffle=True, seed=None, ` +
    "validation_split=None, subset=None, **more",
  (c) =>
    fromFolder(
      c,
      tensorSpec([c.has("output_sequence_length") ? c.size("output_sequence_length") : NONE, NONE], "float32"),
    ),
);

/** Windows of `sequence_length` steps over the first axis. Source: keras.src.utils.timeseries_dataset_utils. */
function timeseries(c: Call): Value {
  const data = operandOf(c.m, arrayOf(c.m, c.value("data")) ?? c.value("data"));
  const targets = c.has("targets") ? operandOf(c.m, arrayOf(c.m, c.value("targets")) ?? c.value("targets")) : undefined;
  const reach = times(minus(c.size("sequence_length"), 1), c.size("sampling_rate"));
  const steps = hasRank(data.shape) ? data.shape.at(0) : unknownDim(data.shape.reason);
  const end = c.has("end_index") ? c.size("end_index") : steps;
  const span = minus(minus(end, c.has("start_index") ? c.size("start_index") : 0), reach);
  const labels =
    targets === undefined ? span : hasRank(targets.shape) ? targets.shape.at(0) : unknownDim("the targets");
  const count = maximum(ceilDivide(minimum(span, labels), c.size("sequence_stride")), 0);
  const plain = c.value("batch_size").kind === "none";
  const front: readonly Dim[] = plain ? [] : [NONE];
  const window = hasRank(data.shape)
    ? new Shape([...front, NONE, ...data.shape.dims.slice(1)])
    : unknownRank(data.shape.reason);
  const x = tensorSpec(window, TENSORFLOW.concrete(data.leaves));
  const of = plain ? count : ceilDivide(count, c.size("batch_size"));
  const batches: Batches | undefined = plain
    ? undefined
    : { rows: c.size("batch_size"), of: count, ordered: c.flag("shuffle") === false };
  if (targets === undefined) return dataset(x, of, { batches });
  const label = hasRank(targets.shape)
    ? new Shape([...front, ...targets.shape.dims.slice(1)])
    : unknownRank(targets.shape.reason);
  const y = tensorSpec(label, TENSORFLOW.concrete(targets.leaves));
  return dataset({ kind: "tuple", items: [x, y] }, of, { batches });
}

/** Two data sets of the elements of one; arrays become one first. */
const split = fn(
  "keras.utils.split_dataset",
  "dataset, left_size=None, right_size=None, shuffle=False, seed=None",
  (c) => {
    const data = dataOf(c.value("dataset"));
    if (data === undefined) return unknown("what is split is not followed");
    const part = (): Value => dataset(data.element, unknownDim("how large the parts are is known when it runs"));
    return tuple([part(), part()]);
  },
);

export const FOLDERS: readonly (readonly [string, Value])[] = [
  ["keras.utils.image_dataset_from_directory", images],
  ["keras.utils.text_dataset_from_directory", texts],
  ["keras.utils.audio_dataset_from_directory", sounds],
  [
    "keras.utils.timeseries_dataset_from_array",
    fn(
      "keras.utils.timeseries_dataset_from_array",
      "data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128, shuffle=False, seed=None, " +
        "start_index=None, end_index=None",
      timeseries,
    ),
  ],
  ["keras.utils.split_dataset", split],
  ["keras.utils.get_file", fn("keras.utils.get_file", "*given, **named", () => unknown("a path", "str"))],
];
