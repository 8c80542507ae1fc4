import { memberOf } from "../../../interpreter/attributes.ts";
import { callMethod } from "../../../interpreter/calls.ts";
import { makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Arg,
  type Instance,
  numberOf,
  positional,
  reasonOf,
  type TensorValue,
  tuple,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import type { Expression } from "../../../python/syntax.ts";
import { type Dim, NONE, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank, Shape } from "../../../tensor/shape.ts";
import { ARRAY } from "../../numpy/array.ts";
import { rangeOf } from "../../operation/operand.ts";
import { callLayer } from "../runtime/layerCall.ts";
import { inputsOf } from "../runtime/modelCall.ts";
import { inOrder, placeNames } from "../runtime/named.ts";
import { flatTensors } from "../runtime/parts.ts";
import { type LayerRecord, recordOf, updateRecord } from "../runtime/records.ts";
import { buildSequential } from "../runtime/sequential.ts";
import { EAGER, newTensor, typeOf } from "../runtime/tensors.ts";
import { noteUnseen } from "../runtime/tracking.ts";
import { map } from "../runtime/userLayer.ts";
import { type Meeting, meetingsOf, type Training } from "../training/meeting.ts";
import { versionIn } from "../version.ts";
import { checkInputs, checkTargets, lacksLabels } from "./compiled/given.ts";
import { checkCompiled } from "./compiled/index.ts";
import { adapt } from "./data/adapt.ts";
import { listsOfNumbers } from "./data/lists.ts";
import { checkStatefulBatch } from "./data/statefulBatch.ts";
import { checkEmbeddings } from "./embeddingRows.ts";
import { type Feed, feedOf, laterFeedsOf } from "./feed.ts";
import { checkFirstBatch } from "./firstBatch.ts";
import { checkLabels } from "./labels/index.ts";
import { inTheirOrder } from "./labels/order.ts";
import { countsAgree } from "./labels/parts.ts";
import { checkWeights } from "./labels/weights.ts";
import { checkMetrics } from "./metrics/index.ts";
import { checkOnlyRunning } from "./onlyRunning.ts";

/** `fit`, `evaluate` and `predict`: what the data does to the model, and whether it fits. */
export function checkTraining(m: Machine, self: Instance, name: string, args: Readonly<Record<string, Arg>>): Value {
  const given = args["x"]?.value;
  const feed = feedOf(m, given, args["y"]?.value);
  const met = feed === undefined ? NOTHING : checkFeed(m, self, name, feed, args);
  if (feed === undefined) noteUnseen(m, self, "what it was given is not known");
  const isWhole = ["steps_per_epoch", "steps"].every((it) => args[it] === undefined);
  const later = met.fits && isWhole ? laterFeedsOf(m, given) : [];
  for (const it of later) if (!checkFeed(m, self, name, it, args).fits) break;
  const validation = args["validation_data"]?.value;
  if (name === "fit" && met.fits && validation !== undefined) checkValidation(m, self, validation, args);
  return result(m, name, met.yields, feed);
}

interface Met {
  /** The outputs of one batch; undefined where it does not fit or is not known. */
  readonly yields: readonly TensorValue[] | undefined;
  /** Nothing was found against it. */
  readonly fits: boolean;
}
const NOTHING: Met = { yields: undefined, fits: false };

/** After the first epoch `fit` evaluates the model on other data. */
function checkValidation(m: Machine, self: Instance, validation: Value, args: Readonly<Record<string, Arg>>): void {
  const [x, y] = halves(m, validation);
  const feed = feedOf(m, x, y);
  const size = args["validation_batch_size"] ?? args["batch_size"];
  const parts = partsOf(m, args["validation_data"], x, y);
  if (feed !== undefined)
    checkFeed(m, self, "evaluate", feed, size === undefined ? parts : { ...parts, batch_size: size });
}
/** `(x_val, y_val)`, also as a list of two, or what yields both. */
function halves(m: Machine, validation: Value): readonly [x: Value, y: Value | undefined] {
  const parts = validation.kind === "tuple" ? validation.items : [];
  const [x = validation, y] = validation.kind === "list" ? iterate(m, validation).items : parts;
  return [x, y];
}
function validationParts(m: Machine, args: Readonly<Record<string, Arg>>): Readonly<Record<string, Arg>> {
  const arg = args["validation_data"];
  return arg === undefined ? {} : partsOf(m, arg, ...halves(m, arg.value));
}
/** The parts of `(x_val, y_val)` as they stand there; a data set is one part. */
function partsOf(m: Machine, arg: Arg | undefined, x: Value, y: Value | undefined): Readonly<Record<string, Arg>> {
  const { node } = arg ?? {};
  if (arg === undefined || node === undefined) return {};
  if (arg.value === x) return { x: { ...arg, name: undefined } };
  const [first, second] = node.kind === "Tuple" || node.kind === "List" ? node.items : [];
  if (first === undefined || second === undefined || y === undefined) return {};
  const part = (value: Value, at: Expression): Arg => ({ name: undefined, value, node: at, place: m.place(at) });
  return { x: part(x, first), y: part(y, second) };
}

/** Data, model, loss and labels. */
function checkFeed(m: Machine, self: Instance, name: string, feed: Feed, args: Readonly<Record<string, Arg>>): Met {
  const record = recordOf(m, self);
  const step = ownStepOf(m, self, name);
  const given = record && { m, record, name, feed, args };
  if (given !== undefined && step === undefined && !checkInputs(given)) return NOTHING;
  const lists =
    versionIn(m) === 3 && feed.rows === undefined ? listsOfNumbers(m, args, () => validationParts(m, args)) : undefined;
  if (lists !== undefined) {
    m.report(lists);
    return NOTHING;
  }
  const data = inOrder(m, record?.model, "inputs", feed.x);
  if (record === undefined || data === undefined || data.length === 0) {
    noteUnseen(m, self, reasonOf(feed.x) ?? "what it was given is not known");
    return NOTHING;
  }
  if (step !== undefined) {
    takeStep(m, self, step, data, feed);
    return NOTHING;
  }
  if (!checkOnlyRunning(m, record)) return NOTHING;
  const yields = runOn(m, self, record, data, name, feed, args);
  const built = recordOf(m, self) ?? record;
  if (yields === undefined) return NOTHING;
  checkEmbeddings(m, built, data);
  if (name.startsWith("predict") || ownLoss(m, self)) return { yields, fits: true };
  const target = { m, record: built, name, feed, args };
  if (feed.y === undefined) return { yields, fits: !isTensors(m, feed.x) || !lacksLabels(target) };
  if (!checkTargets(target) || !checkCompiled(m, built, m.here)) return { yields, fits: false };
  const own = inOrder(m, built.model, "outputs", feed.y);
  if (own === undefined) return { yields, fits: true };
  const labels = isForEachOutput(m, feed.y) ? yields.flatMap(() => own) : own;
  const batch = firstBatch(data[0], feed, name, args);
  if (!countsAgree(m, data, labels, yields, feed, args, built.compiled?.args["loss"]?.value))
    return { yields, fits: false };
  const rows = data[0] !== undefined && hasRank(data[0].shape) && feed.rows === undefined ? data[0].shape.batch : NONE;
  if (name === "fit" && typeof batch === "number" && typeof rows === "number" && args["validation_split"] === undefined)
    if (!checkStatefulBatch(m, built, batch, rows, args)) return { yields, fits: false };
  const training: Training = { m, model: self, record: built, args, data, labels, outputs: yields, batch };
  if (!inTheirOrder(m, training)) return { yields, fits: false };
  // Each is looked at, whatever the one before it gave.
  const names = built.model?.kind === "functional" ? placeNames(m, built.model, "outputs") : undefined;
  const isSound = (it: Meeting) => checkLabels(it) && checkWeights(it) && checkMetrics(it, names, yields.length);
  const fits =
    !meetingsOf(training).map(isSound).includes(false) &&
    checkFirstBatch(
      training,
      asGiven(m, feed.x, data, (it) => asBatch(m, it, batch)),
    );
  if (fits && built.compiled !== undefined) updateRecord(m, self, { compiled: { ...built.compiled, settled: true } });
  return { yields, fits };
}

/** Keras 2 holds one array of labels against each output. */
const isForEachOutput = (m: Machine, y: Value): boolean => versionIn(m) === 2 && y.kind === "tensor";

const isTensors = (m: Machine, x: Value): boolean => flatTensors(m, x) !== undefined;

/** Which step of the model's a training method takes with each batch. */
const STEPS: Readonly<Record<string, string>> = {
  fit: "train_step",
  train_on_batch: "train_step",
  evaluate: "test_step",
  test_on_batch: "test_step",
  predict: "predict_step",
  predict_on_batch: "predict_step",
};

/** The program's class has the method, not Keras's. */
function isOwn(m: Machine, self: Instance, method: string): boolean {
  const member = memberOf(m, self.class, method);
  return member !== undefined && member.owner.members === undefined;
}

/** A `train_step` of the user's own, or its like: what it does with a batch is all that is done. */
function ownStepOf(m: Machine, self: Instance, name: string): string | undefined {
  const method = STEPS[name] ?? "";
  return isOwn(m, self, method) ? method : undefined;
}
function takeStep(
  m: Machine,
  self: Instance,
  method: string,
  data: readonly TensorValue[],
  { x, y, batch: yielded }: Feed,
): void {
  if (yielded !== undefined) {
    callMethod(m, self, method, positional(map(m, yielded, (it) => asFloat(m, it))));
    return;
  }
  const batch = batchOf(data[0], "fit", undefined);
  const feed = (value: Value): Value => map(m, value, (it) => asBatch(m, it, batch));
  const inputs = feed(x);
  const alone = x.kind === "tensor" ? inputs : tuple([inputs]);
  callMethod(m, self, method, positional(y === undefined ? alone : tuple([inputs, feed(y)])));
}

/** A loss that the model computes itself may want anything. */
const ownLoss = (m: Machine, self: Instance): boolean => isOwn(m, self, "compute_loss");

/** The size of the first batch, in `fit` of what a split leaves for training (keras's `train_validation_split`). */
function firstBatch(
  data: TensorValue | undefined,
  { rows, first }: Feed,
  name: string,
  args: Readonly<Record<string, Arg>>,
): Dim {
  const [size, steps] = [args["batch_size"], args["steps_per_epoch"] ?? args["steps"]].map(saidSize);
  const split = args["validation_split"]?.value;
  if (typeof first === "number") return first;
  if (data === undefined || !hasRank(data.shape) || typeof data.shape.batch !== "number") return NONE;
  if (rows !== undefined || name.endsWith("_on_batch")) return data.shape.batch;
  if (split !== undefined && split.kind !== "float") return NONE;
  const samples = Math.floor(data.shape.batch * (1 - (split?.value ?? 0)));
  if (size === "?" || (size === undefined && steps === "?")) return NONE;
  return Math.min(samples, size ?? (typeof steps === "number" ? Math.ceil(samples / steps) : DEFAULT_BATCH));
}
const saidSize = (arg: Arg | undefined): number | "?" | undefined =>
  arg === undefined || arg.value.kind === "none" ? undefined : (numberOf(arg.value) ?? "?");
const DEFAULT_BATCH = 32;

/** Feeds one batch through the model, as Keras does before the first step; gives its outputs. */
function runOn(
  m: Machine,
  self: Instance,
  record: LayerRecord,
  data: readonly TensorValue[],
  name: string,
  { x, y, rows, yieldedAt }: Feed,
  args: Readonly<Record<string, Arg>>,
): readonly TensorValue[] | undefined {
  const batch = batchOf(data[0], name, args["batch_size"]?.value);
  const fixed = inputsOf(record.model)?.[0]?.shape;
  const size = fixed !== undefined && hasRank(fixed) && typeof fixed.batch === "number" ? fixed.batch : batch;
  const batched = (it: TensorValue): TensorValue => (rows === undefined ? asBatch(m, it, size) : asFloat(m, it));
  if (record.model?.kind === "sequential" && data[0] !== undefined) buildSequential(m, self, typeOf(batched(data[0])));
  const expected = inputsOf(recordOf(m, self)?.model);
  if (expected !== undefined) {
    const assumed = data.some((it) => it.assumed);
    const labels = y === undefined ? [] : flatTensors(m, y);
    const [isFeed, isUse] = [rows !== undefined, name.startsWith("predict")];
    const given = { tensors: data, place: m.here, arg: args["x"], labels, isFeed, isUse, yieldedAt, assumed };
    const { fits } = adapt(m, self, recordOf(m, self) ?? record, expected, given);
    if (!fits) return undefined;
  }
  const first = data[0];
  const built = recordOf(m, self);
  if (first === undefined || built === undefined) return undefined;
  if (built.model?.kind === "subclass" && built.outputs !== undefined) m.quiet++;
  try {
    const value = callLayer(m, self, positional(asGiven(m, x, data, batched)));
    m.note = undefined;
    return flatTensors(m, value);
  } finally {
    if (built.model?.kind === "subclass" && built.outputs !== undefined) m.quiet--;
  }
}

/** Every array in the structure that was given stands for a batch of it; one alone is given as it is. */
function asGiven(m: Machine, x: Value, data: readonly TensorValue[], batched: (it: TensorValue) => TensorValue): Value {
  const [only] = data;
  return data.length === 1 && only !== undefined ? batched(only) : map(m, x, batched);
}

/** `fit` sees batches of any size; `predict` its first batch: `batch_size`, 32 unless said, or all there is. */
function batchOf(data: TensorValue | undefined, name: string, batchSize: Value | undefined): Dim {
  if (name !== "predict" || data === undefined || !hasRank(data.shape)) return NONE;
  const size = batchSize?.kind === "int" && typeof batchSize.size === "number" ? batchSize.size : DEFAULT_BATCH;
  const { batch } = data.shape;
  return typeof batch === "number" && batchSize?.kind !== "unknown" ? Math.min(batch, size) : NONE;
}
const asBatch = (m: Machine, tensor: TensorValue, batch: Dim): TensorValue => {
  const { shape } = tensor;
  const fed = hasRank(shape) && shape.rank > 0 ? new Shape([batch, ...shape.dims.slice(1)]) : shape;
  return asFloat(m, { ...tensor, shape: fed });
};
/** What its numbers are is no longer known, but for the range that they lie in. */
function asFloat(m: Machine, tensor: TensorValue): TensorValue {
  const { shape, dtype, assumed, origin } = tensor;
  const range = rangeOf(tensor.facts ?? {});
  const made = newTensor(m, { shape, dtype: dtype === "float64" ? "float32" : dtype }, EAGER, assumed);
  return { ...made, origin, facts: range && { range } };
}

function result(m: Machine, name: string, yields: readonly TensorValue[] | undefined, feed: Feed | undefined): Value {
  if (name !== "predict" && name !== "predict_on_batch") return unknown(`what ${name} measures is known when it ran`);
  if (yields === undefined || yields.length === 0) return unknown("what predict yields is not known");
  const [x] = feed === undefined ? [] : (flatTensors(m, feed.x) ?? []);
  const rows = feed?.rows ?? (x !== undefined && hasRank(x.shape) ? x.shape.batch : NONE);
  // An array has a number of rows, whoever knows it.
  const batch = rows === NONE ? unknownDim("how many rows it is given is not known") : rows;
  const arrays = yields.map(({ shape: it, dtype, assumed }) => {
    const shape = hasRank(it) && it.rank > 0 ? new Shape([batch, ...it.dims.slice(1)]) : it;
    return newTensor(m, { shape, dtype }, ARRAY, assumed);
  });
  const [only] = arrays;
  return arrays.length === 1 && only !== undefined ? only : makeList(m, arrays);
}
