import { dictOf, itemsOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg, Place, TensorValue, Value } from "../../../../interpreter/values.ts";
import { type Dim, printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank, printShape, Shape } from "../../../../tensor/shape.ts";
import { stepsBack } from "../../../operation/history.ts";
import { UNLIKE } from "../../../tensorflow/data/spec.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import { placeNames } from "../../runtime/named.ts";
import { flatTensors } from "../../runtime/parts.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { readLoss } from "../../training/loss.ts";
import { versionIn } from "../../version.ts";
import { madeOfObjects } from "../data/objects.ts";
import { madeTogether, sameSample } from "../data/steps.ts";
import type { Feed } from "../feed.ts";
import { besides } from "../related.ts";
import { keysOf, listed, renamed } from "./keys.ts";

/**
 * What a training method is given beside its model: by name, by number, by rows. Each says at its argument what Keras
 * raises, and gives whether there is nothing against it.
 */
export interface GivenTo {
  readonly m: Machine;
  readonly record: LayerRecord;
  readonly name: string;
  readonly feed: Feed;
  readonly args: Readonly<Record<string, Arg>>;
}

/** Before the model runs: its inputs by their names, and as many rows in each array. */
export const checkInputs = (given: GivenTo): boolean =>
  sayFirst(
    given,
    versionIn(given.m) === 3
      ? [yieldsTuples, oneBlock, inputNames, objects, saidOfGenerator, rows, split, beside, weights]
      : [rows],
  );
/** After it: labels and weights for the outputs that it has. */
export const checkTargets = (given: GivenTo): boolean =>
  versionIn(given.m) !== 3 || sayFirst(given, [classWeight, labelNames, labelCount, labelWords]);

interface Finding {
  readonly code: string;
  readonly parameter: string;
  readonly message: string;
  readonly repairs?: readonly Repair[];
  /** Where that is not at the argument. */
  readonly place?: Place | undefined;
}
function sayFirst(given: GivenTo, rules: readonly ((given: GivenTo) => Finding | undefined)[]): boolean {
  for (const rule of rules) {
    const found = rule(given);
    if (found === undefined) continue;
    const { m, args } = given;
    const { code, parameter, message, repairs = [] } = found;
    const place = found.place ?? args[parameter]?.place ?? m.here;
    const related = besides(place, [{ place: m.here, message: "Keras raises here" }]);
    m.report({ code, severity: "error", place, message, related, repairs });
    return false;
  }
  return true;
}

/** A generator yields tuples: a list, or an array alone, Keras 3 does not take. */
function yieldsTuples({ feed: { batch, yieldedAt: place } }: GivenTo): Finding | undefined {
  if (place === undefined || (batch?.kind !== "list" && batch?.kind !== "tensor")) return undefined;
  const what = batch.kind === "list" ? "a list" : "an array";
  const message = `A generator yields tuples, (x, y) or (x,), and this is ${what}`;
  const repair = { title: "As a tuple", preferred: true, edits: [{ place, text: "", form: "as tuple" }] };
  return { code: "data-shape", parameter: "x", place, message, repairs: [repair] };
}

/** A generator's one array that holds the data of each input, one behind the other: a tuple of them is one for each. */
function oneBlock({ record, feed: { x, y, yieldedAt: place } }: GivenTo): Finding | undefined {
  const inputs = inputsOf(record.model) ?? [];
  if (place === undefined || y === undefined || inputs.length < 2 || x.kind !== "tensor" || !hasRank(x.shape))
    return undefined;
  const each = new Shape(x.shape.dims.slice(1));
  const fits = ({ shape }: TensorValue) => hasRank(shape) && each.rank > 0 && sameSample(shape, each);
  if (x.assumed || !inputs.every(fits)) return undefined;
  const message = `${record.name} has ${inputs.length} inputs, and this yields one array: a tuple has one for each`;
  const repair = {
    title: "A tuple of its parts",
    preferred: true,
    edits: [{ place, text: "tuple", form: "around first" }],
  };
  return { code: "data-shape", parameter: "x", place, message, repairs: [repair] };
}

function inputNames({ m, record: { model, name }, feed, args }: GivenTo): Finding | undefined {
  const keys = keysOf(m, feed.x);
  if (keys === undefined || model?.kind !== "functional" || model.inputs.kind === "dict") return undefined;
  const names = placeNames(m, model, "inputs");
  const without = names.filter((it) => !keys.includes(it));
  if (names.includes("?") || without.length === 0) return undefined;
  const message =
    `The inputs of ${name} are ${listed(names)}, and there is nothing for ${listed(without)}: ` +
    `the data are ${listed(keys)}`;
  return { code: "data-shape", parameter: "x", message, repairs: renamed(args["x"], keys, names) };
}

/** Keras counts the rows of all arrays before anything else. */
function rows({ m, feed }: GivenTo): Finding | undefined {
  if (feed.rows !== undefined) return undefined;
  const inputs = flatTensors(m, feed.x) ?? [];
  const [first, ...others] = inputs;
  const other = first && others.find((it) => isUneven(first, it));
  if (first === undefined || other === undefined) return undefined;
  const [one, many] = [printDim(rowsOf(first) ?? 0), printDim(rowsOf(other) ?? 0)];
  const message = `There are ${one} samples in one input and ${many} in another`;
  return { code: "data-shape", parameter: "x", message };
}
const rowsOf = ({ shape }: TensorValue): Dim | undefined =>
  hasRank(shape) && shape.rank > 0 ? shape.at(0) : undefined;
function isUneven(a: TensorValue, b: TensorValue): boolean {
  const one = rowsOf(a);
  const other = rowsOf(b);
  return one !== undefined && other !== undefined && !a.assumed && !b.assumed && provablyDifferent(one, other);
}
/** Arrays of Python's objects have no dtype that a tensor may have. */
function objects({ m, feed }: GivenTo): Finding | undefined {
  if (feed.rows !== undefined) return undefined;
  for (const [parameter, value] of [["x", feed.x] as const, ["y", feed.y] as const]) {
    const all = value === undefined ? [] : (flatTensors(m, value) ?? []);
    const place = all.map((it) => madeOfObjects(m, it)).find((it) => it !== undefined);
    const what = "This is an array of Python's objects, and Keras takes numbers";
    const message = `${what}: arrays of unlike lengths are padded to one, anything else is converted by astype`;
    if (place !== undefined) return { code: "data-shape", parameter, place, message };
  }
  return undefined;
}

/** A data set of a generator is said to hold other shapes than it yields: TensorFlow raises at the first of them. */
function saidOfGenerator({ m, feed }: GivenTo): Finding | undefined {
  if (feed.rows === undefined) return undefined;
  const all = [feed.x, feed.y].flatMap((it) => (it === undefined ? [] : (flatTensors(m, it) ?? [])));
  const step = all.flatMap((it) => [...stepsBack(m, it)]).find(({ type }) => type === UNLIKE);
  const [yielded, said] = (step?.inputs ?? []).flatMap(({ shape }) => (hasRank(shape) ? [printShape(shape)] : []));
  if (step === undefined || yielded === undefined || said === undefined) return undefined;
  const message = `The generator yields ${yielded} where ${said} is said: both are of one element, before any batch`;
  return { code: "data-shape", parameter: "x", place: step.place, message };
}

/** Only arrays can be split. */
function split({ name, feed, args }: GivenTo): Finding | undefined {
  const value = args["validation_split"]?.value;
  if (name !== "fit" || feed.rows === undefined || value?.kind !== "float" || value.value === 0) return undefined;
  const validation = args["validation_data"]?.value;
  if (validation !== undefined && validation.kind !== "none") return undefined;
  const message = "`validation_split` splits arrays, and this yields batches: give `validation_data`";
  return { code: "bad-argument", parameter: "validation_split", message };
}

/** What yields batches yields the labels too, and their weights. */
function beside({ m, feed, args }: GivenTo): Finding | undefined {
  if (feed.rows === undefined) return undefined;
  const parameter = ["y", "sample_weight"].find((it) => isGiven(args[it]?.value));
  if (parameter === undefined) return undefined;
  const message = `\`x\` yields batches, and \`${parameter}\` is part of each of them: it is not given beside it`;
  const text = args[parameter]?.name ?? (parameter === "y" ? "#1" : undefined);
  const edits = text === undefined ? [] : [{ place: m.here, text, form: "no argument" }];
  const repairs = edits.length === 0 ? [] : [{ title: `Without ${parameter}`, preferred: true, edits }];
  return { code: "bad-argument", parameter, message, repairs };
}
const isGiven = (value: Value | undefined): boolean =>
  value !== undefined && value.kind !== "none" && value.kind !== "unknown";

/** Weights for classes are a dictionary, and go without weights for samples. */
function weights({ name, feed, args }: GivenTo): Finding | undefined {
  const ofClasses = args["class_weight"]?.value;
  if (name !== "fit" || feed.rows !== undefined || ofClasses === undefined) return undefined;
  const parameter = "class_weight";
  if (ofClasses.kind === "list" || ofClasses.kind === "tuple" || ofClasses.kind === "tensor")
    return { code: "bad-argument", parameter, message: "`class_weight` is a dictionary, {class: weight}" };
  if (ofClasses.kind !== "dict" || !isGiven(args["sample_weight"]?.value)) return undefined;
  const message = "`class_weight` and `sample_weight` do not go together: multiply the weights of the samples";
  return { code: "bad-argument", parameter, message };
}

/** A loss of Keras's own has nothing to hold the outputs against. Says whether that is so. */
export function lacksLabels({ m, record: { compiled }, name, feed, args }: GivenTo): boolean {
  const loss = compiled?.args["loss"];
  const own = loss && readLoss(m, loss, loss.value);
  if (own === undefined || feed.rows !== undefined || isUnsaid(args["y"]) || versionIn(m) !== 3) return false;
  const message = `\`${name}\` is given no labels, and ${own.name} holds the outputs against them`;
  m.report({ code: "missing-argument", severity: "error", place: m.here, message, related: [], repairs: [] });
  return true;
}
const isUnsaid = (y: Arg | undefined): boolean => y !== undefined && y.value.kind !== "none";

/** The losses of a model that yields a list of several, where each output has one. */
function lossCount({ m, record: { model, compiled } }: GivenTo): number | undefined {
  if (model?.kind !== "functional" || (model.outputs.kind !== "list" && model.outputs.kind !== "tuple"))
    return undefined;
  const loss = compiled?.args["loss"]?.value;
  if (loss === undefined) return undefined;
  const items = loss.kind === "dict" ? [...dictOf(m, loss).entries.values()].map((it) => it.value) : itemsOf(m, loss);
  const isWhole = items?.every((it) => it.kind !== "none" && it.kind !== "unknown") === true;
  return isWhole && items?.length === model.flatOutputs.length ? items.length : undefined;
}

function labelNames(given: GivenTo): Finding | undefined {
  const { m, record, feed, args } = given;
  const keys = keysOf(m, feed.y);
  if (keys === undefined || record.model?.kind !== "functional" || lossCount(given) === undefined) return undefined;
  const names = placeNames(m, record.model, "outputs");
  const without = names.filter((it) => !keys.includes(it));
  if (names.length < 2 || names.includes("?") || without.length === 0) return undefined;
  const message =
    `The outputs are ${listed(names)}, and there are no labels for ${listed(without)}: ` +
    `they are for ${listed(keys)}`;
  return { code: "label-shape", parameter: "y", message, repairs: renamed(args["y"], keys, names) };
}

function labelCount(given: GivenTo): Finding | undefined {
  const { m, feed } = given;
  const count = lossCount(given);
  // Of one array beside several outputs `countsAgree` speaks, unless a generator or a data set yields it.
  const isArray = feed.y?.kind === "tensor" && feed.rows === undefined;
  const labels = feed.y === undefined || isArray ? undefined : flatTensors(m, feed.y);
  if (count === undefined || count < 2 || labels === undefined || labels.length === count || labels.length === 0)
    return undefined;
  const message =
    `The model has ${count} outputs, and there are labels for ${labels.length}: ` +
    `a list or a dictionary of ${count}`;
  const place = feed.y?.kind === "tensor" ? feed.y.origin : undefined;
  return { code: "label-shape", parameter: "y", place, message };
}

/** Labels that are words go into no loss of Keras's own: each becomes the number of its class. */
function labelWords({ m, record: { compiled }, feed, args }: GivenTo): Finding | undefined {
  const [labels, loss] = [feed.y, compiled?.args["loss"]];
  if (labels?.kind !== "tensor" || labels.dtype !== "string" || feed.rows !== undefined) return undefined;
  if (loss === undefined || readLoss(m, loss, loss.value) === undefined) return undefined;
  const message = "The labels are words, and the loss reckons with numbers: give each class a number";
  const origin = args["x"]?.value;
  const isShared = origin?.kind === "tensor" && madeTogether(origin, labels);
  const place = isShared ? args["y"]?.place : (labels.origin ?? args["y"]?.place);
  const text = "numpy.unique …, return_inverse=True)[1]";
  const edits = place === undefined ? [] : [{ place, text, form: "in call" }];
  const repairs = edits.length === 0 ? [] : [{ title: "The number of each class", preferred: true, edits }];
  return { code: "label-encoding", parameter: "y", place, message, repairs };
}

function classWeight({ m, name, record: { model }, feed, args }: GivenTo): Finding | undefined {
  const weights = args["class_weight"]?.value;
  const isSeveral = model?.kind === "functional" && model.flatOutputs.length > 1;
  if (name !== "fit" || weights?.kind !== "dict" || feed.rows !== undefined) return undefined;
  // Source: `class_weight_to_sample_weights` in keras.src.trainers.data_adapters.data_adapter_utils.
  const labels = feed.y?.kind === "tensor" && !feed.y.assumed ? feed.y.shape : undefined;
  if (labels !== undefined && hasRank(labels) && labels.rank > 2) {
    const said = `\`class_weight\` is for one class a sample, and the labels are ${printShape(labels)}`;
    const text = args["class_weight"]?.name;
    const edits = text === undefined ? [] : [{ place: m.here, text, form: "no argument" }];
    return {
      code: "bad-argument",
      parameter: "class_weight",
      repairs: edits.length === 0 ? [] : [{ title: "Without class_weight", preferred: true, edits }],
      message: `${said}: give a \`sample_weight\` of ${printShape(labels.slice(0, -1))}`,
    };
  }
  if (!isSeveral) return undefined;
  const message = "`class_weight` is for a model of one output: give a `sample_weight` for each";
  return { code: "bad-argument", parameter: "class_weight", message };
}
