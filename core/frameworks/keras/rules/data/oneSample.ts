import type { Machine } from "../../../../interpreter/machine.ts";
import type { Fault, PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Place, TensorValue } from "../../../../interpreter/values.ts";
import { provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { type AnyShape, hasRank, type Shape } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import { ELEMENT } from "../../../tensorflow/data/dataset.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { outputsOf } from "../../runtime/modelCall.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import type { Given } from "./adapt.ts";
import { isBatchedLater } from "./batchedLater.ts";
import { batchInShape, mayHoldBatch } from "./batchInShape.ts";
import { blamed, type Ranked } from "./misfit.ts";
import { sameSample, type WrongStep, wrongReshapeOf } from "./steps.ts";

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

/** The data is one sample: its batch axis is missing, unless what was said for a sample holds the batch. */
export function oneSample(it: Ranked): Fault | undefined {
  if (!isOneSample(it.wanted, it.found)) return undefined;
  return arraysInList(it) ?? batchSaid(it) ?? missingBatch(it);
}

/** Arrays that were gathered in a list are as many inputs. */
function arraysInList(it: Ranked): Fault | undefined {
  const { arg, tensors, isFeed } = it.given;
  if (arg?.place === undefined || arg.value.kind !== "list" || tensors.length < 2 || isFeed) return undefined;
  const { length } = tensors;
  const message = `${it.text}: a list of ${length} arrays is taken for ${length} inputs, and np.array makes one of it`;
  const edits = [{ place: arg.place, text: "numpy.array …", form: "in call" }];
  return blamed(it, "data-shape", arg.place, message, [{ title: "np.array(…)", preferred: true, edits }]);
}

/** What was said for a sample is the shape of the whole array. */
function batchSaid({ m, record, tensor, given, wanted, found, text, source }: Ranked): Fault | undefined {
  const isWhole = !isElement(m, tensor, wanted) && !isOneLabelled(given, found) && mayHoldBatch(m, record, wanted);
  if (source === undefined || !(isWhole || areSamples(given, found))) return undefined;
  return batchInShape(m, record, source, wanted, { place: given.place, message: `Keras raises here: ${text}` });
}

function missingBatch(it: Ranked): Fault {
  const { m, record, tensor, given, wanted, text } = it;
  const missing = (place: Place, message: string, repairs: readonly Repair[]) =>
    blamed(it, "missing-batch-axis", place, message, repairs);
  const isLater = isBatchedLater(m, given.arg?.node);
  const place = (isLater ? undefined : definitionOf(m, given.arg?.node)?.place) ?? given.arg?.place;
  if (given.isFeed && place !== undefined)
    return missing(place, `${text}: batch(32) makes batches of it`, batched(place));
  const looped = stepOf(m, tensor);
  if (looped?.type === ELEMENT) {
    const said = `${text}: the loop takes one sample at a time, and batch(32) makes batches of them`;
    return missing(looped.place, said, batched(looped.place));
  }
  const target = given.isFeed ? undefined : wrongReshapeOf(m, tensor, wanted.withBatch(1));
  if (target !== undefined) return missing(target.place, `${text}; ${target.message}`, target.repairs);
  const message = `${text}: one sample needs a batch axis, x[None]`;
  return missing(given.arg?.place ?? given.place, message, newAxis(given, record));
}

/** There are as many labels as rows: it is no sample by itself. */
export const areSamples = ({ labels }: Given, found: Shape): boolean =>
  found.batch !== 1 &&
  labels?.length === 1 &&
  labels.every(({ shape }) => hasRank(shape) && shape.rank > 0 && provablyEqual(shape.batch, found.batch));

/** What stands beside it is no label for each of its rows: it is one sample with its own. */
const isOneLabelled = ({ labels }: Given, found: Shape): boolean =>
  labels?.some(({ shape }) => hasRank(shape) && (shape.rank === 0 || provablyDifferent(shape.batch, found.batch))) ===
  true;

/** A generator yields one sample at a time: its first axis is taken for the batch. */
export function yieldedAlone({ record, tensor, given, wanted, found }: Ranked): WrongStep | undefined {
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
