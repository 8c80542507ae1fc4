import type { Fault, Repair } from "../../../../interpreter/record.ts";
import { NONE, product, provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { outputsOf } from "../../runtime/modelCall.ts";
import { recordOf } from "../../runtime/records.ts";
import { insertBefore } from "../insert.ts";
import type { Given } from "./adapt.ts";
import { batchInShape } from "./batchInShape.ts";
import { wrongColumns } from "./columns.ts";
import { droppedAxis } from "./droppedAxis.ts";
import { labelLeft } from "./labelLeft.ts";
import { blamed, type Misfit, type Ranked, type Suspect, step } from "./misfit.ts";
import { areSamples, oneSample, yieldedAlone } from "./oneSample.ts";
import { reordered } from "./order.ts";
import { otherColumns } from "./otherColumns.ts";
import { otherPicture } from "./pictures.ts";
import { reshaped } from "./reshape.ts";
import { type Source, sourceOf } from "./source.ts";
import { isLike, otherLength, otherSizes, sameSample, turned, type WrongStep, wrongStep } from "./steps.ts";
import { wouldTake } from "./takes.ts";
import { throughModel } from "./throughModel.ts";

/** Steps of data that the program holds at once; a dataset's or a generator's are not looked for. */
const STEPS: readonly Suspect[] = [
  step(({ m, given, wanted, found }) => throughModel(m, given, wanted, found)),
  step(({ m, tensor, wanted }) => turned(m, tensor, wanted)),
  step(({ m, tensor, wanted }) => wrongStep(m, tensor, wanted)),
  step(channelsFirst),
  step(otherPicture),
  step(({ m, tensor, wanted }) => droppedAxis(m, tensor, wanted)),
  step(({ m, tensor, wanted, given }) => labelLeft(m, tensor, wanted, given.labels ?? [])),
  step(({ m, tensor, wanted }) => otherColumns(m, tensor, wanted)),
  step(({ m, tensor, wanted, given }) => wrongColumns(m, tensor, wanted, given.labels ?? [])),
];
/** Where the model was made for other data before, it is this data that is of other sizes. */
const SIZES: readonly Suspect[] = [
  step(({ m, tensor, wanted }) => otherSizes(m, tensor, wanted)),
  step(({ m, tensor, wanted }) => otherLength(m, tensor, wanted)),
];
const first = (suspects: readonly Suspect[], it: Ranked): Fault | undefined => {
  for (const suspect of suspects) {
    const fault = suspect(it);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
/** Whose fault it may be, from what has most to speak for it to what is left. */
const SUSPECTS: readonly Suspect[] = [
  oneSample,
  batchOfAnySize,
  step(yieldedAlone, "missing-batch-axis"),
  batchedTwice,
  exchanged,
  oneNumber,
  (it) => (it.given.isFeed ? undefined : first(STEPS, it)),
  (it) => (it.given.isUse || it.record.fed ? first(SIZES, it) : undefined),
  wronglySaid,
];

/** Whose fault it is: the shape that was said for a sample, a step that made the data, or the data itself. */
export function dataShape(misfit: Misfit): Fault {
  const { m, record, input, tensor, given } = misfit;
  const [wanted, found] = [input.shape, tensor.shape];
  const text = `${record.name} expects ${printShape(wanted)}, and this is ${printShape(found)}`;
  if (!hasRank(wanted) || !hasRank(found)) return blamed(misfit, "data-shape", given.place, text, []);
  const ranked: Ranked = { ...misfit, wanted, found, text, source: sourceOf(m, record, input) };
  return first(SUSPECTS, ranked) ?? theData(ranked);
}

/** The tensors fit, but for their order. */
export function inputOrder(misfit: Misfit, order: readonly number[]): Fault {
  const { record, given } = misfit;
  const message = `The inputs of ${record.name} are given in another order than it has them`;
  return blamed(misfit, "data-shape", given.arg?.place ?? given.place, message, reordered(given, order));
}

/** `Input((None, 784))`, `Input((1, 784))`: None or 1 was said for the batch, which Keras adds by itself. */
function batchOfAnySize({ m, record, given, wanted, found, text, source }: Ranked): Fault | undefined {
  if (source === undefined || found.rank < 2 || found.rank !== wanted.rank - 1 || record.fed === true) return undefined;
  if (!found.dims.slice(1).every((dim, i) => provablyEqual(dim, wanted.at(i + 2)))) return undefined;
  const takes = wouldTake(m, record, found.withBatch(NONE), "built anew");
  if (wanted.at(1) === NONE ? takes === false : wanted.at(1) !== 1 || takes !== true) return undefined;
  return batchInShape(m, record, source, wanted, { place: given.place, message: `Keras raises here: ${text}` });
}

/** A dataset of batches that was batched again. */
function batchedTwice(it: Ranked): Fault | undefined {
  const { m, given, wanted, found, text } = it;
  const twice = given.isFeed && found.rank === wanted.rank + 1 ? definitionOf(m, given.arg?.node) : undefined;
  if (twice === undefined || !sameSample(wanted, new Shape(found.dims.slice(1)))) return undefined;
  const edits = [{ place: twice.place, text: "", form: "no batch" }];
  const repair = { title: "Batched once", preferred: true, edits };
  return blamed(it, "data-shape", twice.place, `${text}: batches of batches`, [repair]);
}

/** The labels are what the model takes, and the data what it gives. */
function exchanged(it: Ranked): Fault | undefined {
  const { record, input, tensor, given, found, text } = it;
  const [label, output] = [given.labels?.[0], outputsOf(record.model)?.[0]?.shape];
  if (given.isFeed || label === undefined || output === undefined || given.labels?.length !== 1) return undefined;
  const isScalar = found.rank === 1 && hasRank(output) && output.rank === 2 && output.last === 1;
  if (!isLike(label.shape, input.shape) || !(isLike(tensor.shape, output) || isScalar)) return undefined;
  const message = `${text}: the data and the labels are exchanged`;
  const edit = { place: given.place, text: "1 0", form: "reorder" };
  const repair = { title: "The data first, then the labels", preferred: true, edits: [edit] };
  return blamed(it, "data-shape", given.arg?.place ?? given.place, message, [repair]);
}

/** As many numbers as labels, where a sample was said to have several. */
function oneNumber(it: Ranked): Fault | undefined {
  const { given, wanted, found, source } = it;
  const isOne = found.rank === 1 && wanted.rank === 2 && areSamples(given, found);
  const repairs = isOne ? source?.rewrite(new Shape([1])) : undefined;
  if (source === undefined || repairs === undefined) return undefined;
  const message = `The data is ${printShape(found)}, one number for each sample, and this says ${saidFor(it)}`;
  return blamed(it, "data-shape", source.place, message, repairs);
}
const saidFor = ({ wanted }: Ranked): string => printShape(new Shape(wanted.dims.slice(1)));

/** Pictures with their channels first, where the model takes them last. */
function channelsFirst({ tensor, given, wanted, found }: Ranked): WrongStep | undefined {
  const [channels, ...sizes] = found.dims.slice(1);
  const isMoved =
    found.rank === 4 && wanted.rank === 4 && (channels === 1 || channels === 3) && wanted.last === channels;
  if (!isMoved || sizes.some((dim, i) => provablyDifferent(dim, wanted.at(i + 1)))) return undefined;
  const made = tensor.origin ?? given.arg?.place ?? given.place;
  const place = given.arg?.node?.kind === "Name" ? made : (given.arg?.place ?? made);
  const edit = { place, text: ".transpose(0, 2, 3, 1)", form: "behind" };
  const repairs = [{ title: edit.text.slice(1), preferred: true, edits: [edit] }];
  return { place, message: "its channels stand first", repairs };
}

/** What was said for a sample, where the data would go through the layers if the program had said its shape. */
function wronglySaid(it: Ranked): Fault | undefined {
  const { given, wanted, found, source } = it;
  if (source === undefined || !wouldPass(it)) return undefined;
  const sample = new Shape(found.dims.slice(1));
  const text = `The data is ${printShape(found)}, so a sample is ${printShape(sample)}, and this says ${saidFor(it)}`;
  // What may be of any size is as long as was said.
  const isLike = wanted.rank === found.rank;
  const fresh = isLike ? sample.map((dim, i) => (dim === NONE ? wanted.at(i + 1) : dim)) : sample;
  return blamed(it, "data-shape", source.placeFor(fresh), text, [
    ...kept(given),
    ...source.rewrite(fresh),
    ...flattenedFirst(it, source, fresh),
    ...reshaped(it),
  ]);
}

/** Unless other data went in before. */
function wouldPass({ m, record, wanted, found }: Ranked): boolean {
  if (record.fed === true) return false;
  // What may be of any size is as long as was said.
  const filled = new Shape(found.dims.map((dim, i) => (i === 0 || dim !== NONE ? dim : wanted.at(i))));
  if (found.rank === wanted.rank) return wouldTake(m, record, filled.withBatch(NONE), "built anew") !== false;
  const [a, b] = [wanted, found].map((it) => product(it.dims.slice(1)));
  const isSameCount = a !== undefined && b !== undefined && provablyEqual(a, b);
  return !isSameCount && wouldTake(m, record, found.withBatch(NONE), "built anew") === true;
}

/** Nothing else speaks: the data would have to be another. */
function theData(it: Ranked): Fault {
  const { tensor, given, text } = it;
  const [repair] = reshaped(it);
  const repairs = [...kept(given), ...(repair === undefined ? [] : [repair])];
  const place = repair?.edits[0]?.place ?? tensor.origin ?? given.arg?.place ?? given.place;
  return blamed(it, "data-shape", place, text, repairs);
}

/** What a reshape gave was dropped: the file may have such a statement. */
const kept = ({ arg, place }: Given): readonly Repair[] =>
  arg?.node?.kind === "Name"
    ? [{ title: "Keep what comes of it", preferred: true, edits: [{ place, text: arg.node.name, form: "kept" }] }]
    : [];

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
