import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Place, TensorValue } from "../../../../interpreter/values.ts";
import { NONE, product, provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { type AnyShape, hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import { ELEMENT } from "../../../tensorflow/data/dataset.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { outputsOf } from "../../runtime/modelCall.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { insertBefore } from "../insert.ts";
import { besides } from "../related.ts";
import type { Given } from "./adapt.ts";
import { isBatchedLater } from "./batchedLater.ts";
import { batchInShape, mayHoldBatch } from "./batchInShape.ts";
import { wrongColumns } from "./columns.ts";
import { droppedAxis } from "./droppedAxis.ts";
import { labelLeft } from "./labelLeft.ts";
import { reordered } from "./order.ts";
import { otherColumns } from "./otherColumns.ts";
import { otherPicture } from "./pictures.ts";
import { reshaped } from "./reshape.ts";
import { type Source, sourceOf } from "./source.ts";
import {
  isLike,
  otherLength,
  otherSizes,
  sameSample,
  turned,
  type WrongStep,
  wrongReshapeOf,
  wrongStep,
} from "./steps.ts";
import { wouldTake } from "./takes.ts";
import { throughModel } from "./throughModel.ts";

/** Data that a model does not take. */
export interface Misfit {
  readonly m: Machine;
  readonly record: LayerRecord;
  readonly input: TensorValue;
  readonly tensor: TensorValue;
  readonly given: Given;
}

/** Exactly the shape of one sample: the batch axis is missing, or was said with the sample's. */
export const isOneSample = (wanted: Shape, found: Shape): boolean =>
  found.rank === wanted.rank - 1 && wanted.dims.slice(1).every((dim, i) => provablyEqual(dim, found.at(i)));

/** `x[0]` of an array that fits. */
export function isElement(m: Machine, tensor: TensorValue, wanted: Shape): boolean {
  const { type, inputs, args } = stepOf(m, tensor) ?? {};
  const from = inputs?.[0]?.shape;
  const index = args?.list[1]?.value;
  const first = index?.kind === "tuple" ? index.items[0] : index;
  if (type !== "GetItem" || first?.kind !== "int" || from === undefined || !hasRank(from)) return false;
  return sameSample(from, wanted);
}

/**
 * Says whose fault it is: the shape that holds the batch, one sample without a batch, the shape that was said for a
 * sample, or the data.
 */
export function dataShape(misfit: Misfit): Fault {
  const { m, record, input, tensor, given } = misfit;
  const [wanted, found] = [input.shape, tensor.shape];
  const text = `${record.name} expects ${printShape(wanted)}, and this is ${printShape(found)}`;
  if (!hasRank(wanted) || !hasRank(found)) return blamed(misfit, "data-shape", given.place, text, []);
  const source = sourceOf(m, record, input);
  if (isOneSample(wanted, found)) {
    const listed = arraysInList(misfit, text);
    if (listed !== undefined) return listed;
    const isWhole = !isElement(m, tensor, wanted) && !isOneLabelled(given, found) && mayHoldBatch(m, record, wanted);
    if (source !== undefined && (isWhole || areSamples(given, found))) {
      const evidence = { place: given.place, message: `Keras raises here: ${text}` };
      return batchInShape(m, record, source, wanted, evidence);
    }
    const isLater = isBatchedLater(m, given.arg?.node);
    const place = (isLater ? undefined : definitionOf(m, given.arg?.node)?.place) ?? given.arg?.place;
    if (given.isFeed && place !== undefined)
      return blamed(misfit, "missing-batch-axis", place, `${text}: batch(32) makes batches of it`, batched(place));
    const looped = stepOf(m, tensor);
    if (looped?.type === ELEMENT) {
      const said = `${text}: the loop takes one sample at a time, and batch(32) makes batches of them`;
      return blamed(misfit, "missing-batch-axis", looped.place, said, batched(looped.place));
    }
    const target = given.isFeed ? undefined : wrongReshapeOf(m, tensor, wanted.withBatch(1));
    if (target !== undefined)
      return blamed(misfit, "missing-batch-axis", target.place, `${text}; ${target.message}`, target.repairs);
    const message = `${text}: one sample needs a batch axis, x[None]`;
    return blamed(misfit, "missing-batch-axis", given.arg?.place ?? given.place, message, newAxis(given, record));
  }
  if (source !== undefined && isBatchOfAnySize(misfit, wanted, found)) {
    const evidence = { place: given.place, message: `Keras raises here: ${text}` };
    return batchInShape(m, record, source, wanted, evidence);
  }
  const single = yieldedAlone(misfit, wanted, found);
  if (single !== undefined)
    return blamed(misfit, "missing-batch-axis", single.place, `${text}: ${single.message}`, single.repairs);
  const twice = given.isFeed && found.rank === wanted.rank + 1 ? definitionOf(m, given.arg?.node) : undefined;
  if (twice !== undefined && sameSample(wanted, new Shape(found.dims.slice(1)))) {
    const repair = {
      title: "Batched once",
      preferred: true,
      edits: [{ place: twice.place, text: "", form: "no batch" }],
    };
    return blamed(misfit, "data-shape", twice.place, `${text}: batches of batches`, [repair]);
  }
  if (isExchanged(misfit)) {
    const message = `${text}: the data and the labels are exchanged`;
    const edit = { place: given.place, text: "1 0", form: "reorder" };
    const repair = { title: "The data first, then the labels", preferred: true, edits: [edit] };
    return blamed(misfit, "data-shape", given.arg?.place ?? given.place, message, [repair]);
  }
  const sample = new Shape(found.dims.slice(1));
  const oneNumber = ofOneNumber(misfit, wanted, found) ? source?.rewrite(new Shape([1])) : undefined;
  const said = printShape(new Shape(wanted.dims.slice(1)));
  if (source !== undefined && oneNumber !== undefined) {
    const message = `The data is ${printShape(found)}, one number for each sample, and this says ${said}`;
    return blamed(misfit, "data-shape", source.place, message, oneNumber);
  }
  const through = given.isFeed ? undefined : throughModel(m, given, wanted, found);
  if (through !== undefined)
    return blamed(misfit, "data-shape", through.place, `${text}; ${through.message}`, through.repairs);
  const order = given.isFeed ? undefined : turned(m, tensor, wanted);
  if (order !== undefined) return blamed(misfit, "data-shape", order.place, `${text}; ${order.message}`, order.repairs);
  const own = given.isFeed ? undefined : wrongStep(m, tensor, wanted);
  const first = given.isFeed || own !== undefined ? undefined : channelsFirst(misfit, wanted, found);
  if (first !== undefined) return first;
  const step = given.isFeed ? undefined : (own ?? otherPicture(misfit));
  if (step !== undefined) return blamed(misfit, "data-shape", step.place, `${text}; ${step.message}`, step.repairs);
  const chosen =
    droppedAxis(m, tensor, wanted) ??
    labelLeft(m, tensor, wanted, given.labels ?? []) ??
    otherColumns(m, tensor, wanted) ??
    wrongColumns(m, tensor, wanted, given.labels ?? []);
  const columns = given.isFeed ? undefined : chosen;
  if (columns !== undefined)
    return blamed(misfit, "data-shape", columns.place, `${text}; ${columns.message}`, columns.repairs);
  const sized =
    given.isUse || record.fed ? (otherSizes(m, tensor, wanted) ?? otherLength(m, tensor, wanted)) : undefined;
  if (sized !== undefined) return blamed(misfit, "data-shape", sized.place, `${text}; ${sized.message}`, sized.repairs);
  if (source !== undefined && isWronglySaid(misfit, wanted, found)) {
    const message = `The data is ${printShape(found)}, so a sample is ${printShape(sample)}, and this says ${said}`;
    // What may be of any size is as long as was said.
    const isLike = wanted.rank === found.rank;
    const fresh = isLike ? sample.map((dim, i) => (dim === NONE ? wanted.at(i + 1) : dim)) : sample;
    return blamed(misfit, "data-shape", source.placeFor(fresh), message, [
      ...kept(given),
      ...source.rewrite(fresh),
      ...flattenedFirst(misfit, source, fresh),
      ...reshaped(misfit),
    ]);
  }
  const [repair] = reshaped(misfit);
  const repairs = [...kept(given), ...(repair === undefined ? [] : [repair])];
  const place = repair?.edits[0]?.place ?? tensor.origin ?? given.arg?.place ?? given.place;
  return blamed(misfit, "data-shape", place, text, repairs);
}

/** Arrays that were gathered in a list are as many inputs. */
function arraysInList(misfit: Misfit, text: string): Fault | undefined {
  const { arg, tensors, isFeed } = misfit.given;
  if (arg?.place === undefined || arg.value.kind !== "list" || tensors.length < 2 || isFeed) return undefined;
  const { length } = tensors;
  const message = `${text}: a list of ${length} arrays is taken for ${length} inputs, and np.array makes one of it`;
  const edits = [{ place: arg.place, text: "numpy.array …", form: "in call" }];
  return blamed(misfit, "data-shape", arg.place, message, [{ title: "np.array(…)", preferred: true, edits }]);
}

/** Pictures with their channels first, where the model takes them last. */
function channelsFirst(misfit: Misfit, wanted: Shape, found: Shape): Fault | undefined {
  const { record, tensor, given } = misfit;
  const [channels, ...sizes] = found.dims.slice(1);
  const isMoved =
    found.rank === 4 && wanted.rank === 4 && (channels === 1 || channels === 3) && wanted.last === channels;
  if (!isMoved || sizes.some((dim, i) => provablyDifferent(dim, wanted.at(i + 1)))) return undefined;
  const misfits = `${record.name} expects ${printShape(wanted)}, and this is ${printShape(found)}`;
  const text = `${misfits}: its channels stand first`;
  const place = tensor.origin ?? given.arg?.place ?? given.place;
  const at = given.arg?.node?.kind === "Name" ? place : (given.arg?.place ?? place);
  const edit = { place: at, text: ".transpose(0, 2, 3, 1)", form: "behind" };
  return blamed(misfit, "data-shape", at, text, [{ title: edit.text.slice(1), preferred: true, edits: [edit] }]);
}

/** There are as many labels as rows: it is no sample by itself. */
const areSamples = ({ labels }: Given, found: Shape): boolean =>
  found.batch !== 1 &&
  labels?.length === 1 &&
  labels.every(({ shape }) => hasRank(shape) && shape.rank > 0 && provablyEqual(shape.batch, found.batch));

/** What stands beside it is no label for each of its rows: it is one sample with its own. */
const isOneLabelled = ({ labels }: Given, found: Shape): boolean =>
  labels?.some(({ shape }) => hasRank(shape) && (shape.rank === 0 || provablyDifferent(shape.batch, found.batch))) ===
  true;

/** `Input((None, 784))`, `Input((1, 784))`: None or 1 was said for the batch, which Keras adds by itself. */
function isBatchOfAnySize({ m, record }: Misfit, wanted: Shape, found: Shape): boolean {
  if (found.rank < 2 || found.rank !== wanted.rank - 1 || record.fed === true) return false;
  if (!found.dims.slice(1).every((dim, i) => provablyEqual(dim, wanted.at(i + 2)))) return false;
  const takes = wouldTake(m, record, found.withBatch(NONE), "built anew");
  return wanted.at(1) === NONE ? takes !== false : wanted.at(1) === 1 && takes === true;
}

/** A generator yields one sample at a time: its first axis is taken for the batch. */
function yieldedAlone({ record, tensor, given }: Misfit, wanted: Shape, found: Shape): WrongStep | undefined {
  const isAlone = given.isFeed && found.rank > 0 && found.rank === wanted.rank - 1 && tensor.origin !== undefined;
  if (!isAlone || !found.dims.slice(1).every((dim, i) => provablyEqual(dim, wanted.at(i + 2)))) return undefined;
  // Labels that are yielded in the same statement are one sample's too.
  const yielded = given.tensors.length === 1 ? given.yieldedAt : undefined;
  const place = yielded ?? tensor.origin;
  const edits =
    yielded === undefined
      ? batchesOfOne(place, labelsBeside(record, given, place))
      : [{ place, text: `[None] 0${areAlone(record, given) ? " 1" : ""}`, form: "behind items" }];
  const message = "one sample is yielded, and a batch is wanted";
  return { place, message, repairs: [{ title: "A batch of one: [None]", preferred: true, edits }] };
}

/** The labels are one sample's. */
function areAlone({ model }: LayerRecord, { labels = [] }: Given): boolean {
  const made = outputsOf(model)?.[0]?.shape;
  // A single number in a list is a batch of one label.
  return made !== undefined && hasRank(made) && made.last !== 1 && labels.some(({ shape }) => isOneOf(shape, made));
}

/** Where labels of one sample are made, in the statement of a place. */
function labelsBeside(record: LayerRecord | undefined, { labels = [] }: Given, { statement }: Place): readonly Place[] {
  const made = outputsOf(record?.model)?.[0]?.shape;
  if (made === undefined || !hasRank(made)) return [];
  return labels.flatMap(({ origin, shape }) =>
    origin?.statement === statement && isOneOf(shape, made) ? [origin] : [],
  );
}
const batchesOfOne = (data: Place, labels: readonly Place[]): readonly PlacedEdit[] =>
  [data, ...labels].map((place) => ({ place, text: "[None]", form: "behind" }));

const isOneOf = (label: AnyShape, output: Shape): boolean =>
  hasRank(label) && label.rank > 0 && label.rank === output.rank - 1;

/** As many numbers as labels, where a sample was said to have several. */
const ofOneNumber = ({ given }: Misfit, wanted: Shape, found: Shape): boolean =>
  found.rank === 1 && wanted.rank === 2 && areSamples(given, found);

/** The labels are what the model takes, and the data what it gives. */
function isExchanged({ record, input, tensor, given: { labels, isFeed } }: Misfit): boolean {
  const [label, output] = [labels?.[0], outputsOf(record.model)?.[0]?.shape];
  if (isFeed || label === undefined || output === undefined || labels?.length !== 1) return false;
  const isScalar =
    hasRank(tensor.shape) && tensor.shape.rank === 1 && hasRank(output) && output.rank === 2 && output.last === 1;
  return isLike(label.shape, input.shape) && (isLike(tensor.shape, output) || isScalar);
}

/** The tensors fit, but for their order. */
export function inputOrder(misfit: Misfit, order: readonly number[]): Fault {
  const { record, given } = misfit;
  const message = `The inputs of ${record.name} are given in another order than it has them`;
  return blamed(misfit, "data-shape", given.arg?.place ?? given.place, message, reordered(given, order));
}

/** The data would go through the layers if the program had said its shape; unless other data went in before. */
function isWronglySaid({ m, record }: Misfit, wanted: Shape, found: Shape): boolean {
  if (record.fed === true) return false;
  // What may be of any size is as long as was said.
  const filled = new Shape(found.dims.map((dim, i) => (i === 0 || dim !== NONE ? dim : wanted.at(i))));
  if (found.rank === wanted.rank) return wouldTake(m, record, filled.withBatch(NONE), "built anew") !== false;
  const [a, b] = [wanted, found].map((it) => product(it.dims.slice(1)));
  const isSameCount = a !== undefined && b !== undefined && provablyEqual(a, b);
  return !isSameCount && wouldTake(m, record, found.withBatch(NONE), "built anew") === true;
}

/** What a reshape gave was dropped: the file may have such a statement. */
const kept = ({ arg, place }: Given): readonly Repair[] =>
  arg?.node?.kind === "Name"
    ? [{ title: "Keep what comes of it", preferred: true, edits: [{ place, text: arg.node.name, form: "kept" }] }]
    : [];

const batched = (place: Place): readonly Repair[] => [
  { title: "batch(32)", preferred: true, edits: [{ place, text: ".batch(32)", form: "behind" }] },
];

export function newAxis(given: Given, record?: LayerRecord): readonly Repair[] {
  const { arg, isFeed, place } = given;
  if (arg?.place === undefined || isFeed) return [];
  // The label beside it is one sample's too.
  const edits = batchesOfOne(arg.place, labelsBeside(record, given, place));
  return [{ title: "A batch of one: [None]", preferred: true, edits }];
}

/** A Dense that was told of rows, where a sample has more axes: it says all of them, and Flatten makes rows of them. */
function flattenedFirst({ m, record: { model } }: Misfit, source: Source, sample: Shape): readonly Repair[] {
  const first = model?.kind === "sequential" ? recordOf(m, model.layers[0]) : undefined;
  const said = ["input_shape", "input_dim"].find((it) => first?.args[it]?.place !== undefined);
  if (first?.declared !== "Dense" || sample.rank < 2) return [];
  const title = "Flatten() before it";
  const rewritten = source.rewrite(sample)[0]?.edits ?? [];
  if (said === undefined) {
    const edits = [...rewritten, ...insertBefore(first, "Flatten()")];
    return rewritten.length === 0 ? [] : [{ title, preferred: false, edits }];
  }
  const layer = `Flatten(input_shape=${printShape(sample)})`;
  const edits = [{ place: first.place, text: said, form: "no argument" }, ...insertBefore(first, layer)];
  return [{ title, preferred: false, edits }];
}

function blamed(
  { record, input, tensor, given, m }: Misfit,
  code: string,
  place: Place,
  message: string,
  repairs: readonly Repair[],
): Fault {
  const source = sourceOf(m, record, input);
  const crash = `Keras raises here: ${record.name} expects ${printShape(input.shape)}`;
  const all = [
    { place: given.place, message: `${crash}, and this is ${printShape(tensor.shape)}` },
    ...(source === undefined
      ? []
      : [{ place: source.place, message: `the model's input is ${printShape(input.shape)} by this` }]),
    ...(tensor.origin === undefined
      ? []
      : [{ place: tensor.origin, message: `the data is ${printShape(tensor.shape)} by this` }]),
  ];
  return { code, severity: "error", place, message, related: besides(place, all), repairs };
}
