import type { Machine } from "../../../../interpreter/machine.ts";
import { variablesIn } from "../../../../interpreter/names.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Args, TensorValue, Value } from "../../../../interpreter/values.ts";
import { type Dim, printDim, provablyDifferent, provablyEqual, times } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { type Step, stepOf, stepsBack } from "../../../operation/history.ts";
import { frameData } from "../../../pandas/frame.ts";
import { SERIES } from "../../../pandas/series.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import type { Meeting } from "../../training/meeting.ts";
import { madeTogether, otherSizes, shapingStep, wrongStep } from "../data/steps.ts";
import type { Cause } from "./fault.ts";
import { lostRows } from "./lostRows.ts";
import { type Found, namedAs } from "./namedAs.ts";
import { spreadRows } from "./spreadRows.ts";

/** As many labels as samples: Keras counts them before anything else. */
export function labelCount(meeting: Meeting): Cause | undefined {
  const { label, sample } = meeting;
  const [labels, samples]: readonly Dim[] = [label.shape.batch, sample.shape.batch];
  if (labels === undefined || samples === undefined || !provablyDifferent(labels, samples)) return undefined;
  const found =
    otherLabels(meeting) ??
    exchanged(meeting) ??
    sameRows(meeting) ??
    rowOfAll(meeting) ??
    trimmed(meeting) ??
    spreadRows(meeting) ??
    indexed(meeting) ??
    joinedRows(meeting) ??
    lostRows(meeting) ??
    ofWindows(meeting) ??
    alongRows(meeting) ??
    made(meeting, samples) ??
    countedBy(meeting);
  return {
    code: "label-shape",
    place: found?.place ?? label.origin,
    message: `There are ${printDim(samples)} samples and ${printDim(labels)} labels`,
    repairs: found?.repairs ?? [],
  };
}

/** One call made both, and what it gives was unpacked in another order: the labels are the test data. */
function exchanged({ label, sample }: Meeting): Found | undefined {
  if (!madeTogether(label, sample) || label.origin === undefined) return undefined;
  const edit = { place: label.origin, text: "", form: "unpack in order" };
  return {
    place: label.origin,
    repairs: [{ title: "In the order in which they are given", preferred: true, edits: [edit] }],
  };
}

/** Rows of the data were chosen, and the labels are all there are: the same rows of them. */
function sameRows({ m, args, sample, label, place }: Meeting): Found | undefined {
  const { x, y } = args;
  if (y?.place === undefined || (y.node?.kind !== "Name" && y.node?.kind !== "Subscript")) return undefined;
  const step = stepOf(m, sample);
  const [from] = step?.inputs ?? [];
  const all = y.node.kind === "Name" ? label : stepOf(m, label)?.inputs[0];
  if (step?.type !== "GetItem" || from === undefined || all === undefined || !hasRank(all.shape)) return undefined;
  if (all.shape.rank === 0 || !isAsLong(from, all.shape.batch)) return undefined;
  if (x?.node?.kind === "Subscript") {
    const edit = { place, text: "", form: "same index" };
    return { place: y.place, repairs: [{ title: "The same rows of the labels", preferred: true, edits: [edit] }] };
  }
  const text = rowSlice(step.args);
  if (text === undefined || y.node.kind !== "Name") return undefined;
  const edit = { place: y.place, text, form: "behind" };
  return {
    place: y.place,
    repairs: [{ title: `${text}: the same rows of the labels`, preferred: true, edits: [edit] }],
  };
}
const isAsLong = ({ shape }: TensorValue, rows: Dim): boolean =>
  hasRank(shape) && shape.rank > 0 && provablyEqual(shape.batch, rows);

/** `[:1000]`, of an index that takes rows from one number to another. */
function rowSlice(args: Args | undefined): string | undefined {
  const index = args?.list[1]?.value;
  const rows = index?.kind === "tuple" ? index.items[0] : index;
  if (rows?.kind !== "slice") return undefined;
  const [start, stop] = [bound(rows.lower), bound(rows.upper)];
  if (start === undefined || stop === undefined || rows.step.kind !== "none") return undefined;
  return `[${start}:${stop}]`;
}
const bound = (value: Value): string | undefined =>
  value.kind === "none" ? "" : value.kind === "int" && typeof value.size === "number" ? String(value.size) : undefined;

/** A reshape made windows of rows, and there is a label for each row: one for each window. */
function ofWindows({ m, sample, label }: Meeting): Found | undefined {
  const { step, made } = shapingStep(m, sample) ?? {};
  const [from] = step?.inputs ?? [];
  if (step?.type !== "Reshape" || made === undefined || from === undefined || label.origin === undefined)
    return undefined;
  const length = made.shape.rank > 2 ? made.shape.at(1) : undefined;
  if (typeof length !== "number" || !isAsLong(from, label.shape.batch)) return undefined;
  const isWindow =
    provablyEqual(times(made.shape.batch, length), label.shape.batch) && made.shape.batch === sample.shape.batch;
  const text = `[::${length}]`;
  const edits = [{ place: label.origin, text, form: "behind" }];
  return isWindow
    ? { place: label.origin, repairs: [{ title: `${text}: one for each window`, preferred: true, edits }] }
    : undefined;
}

/** Rows of a table were chosen for the data, and a whole column of it is the labels: `.loc[X.index]`. */
function indexed({ m, args: { x, y }, label }: Meeting): Found | undefined {
  const isColumn = y?.value.kind === "tensor" && y.value.family === SERIES;
  if (x?.node?.kind !== "Name" || frameData(m, x.value) === undefined || !isColumn) return undefined;
  if (label.origin === undefined) return undefined;
  const edit = { place: label.origin, text: `.loc[${x.node.name}.index]`, form: "behind" };
  return { place: label.origin, repairs: [{ title: "The rows of the data", preferred: true, edits: [edit] }] };
}

/** One row of as many as there are labels was taken, `parts[i]`: one part of each row was meant, `parts[:, i]`. */
function rowOfAll({ m, sample, label }: Meeting): Found | undefined {
  const step = stepOf(m, sample);
  const [from] = step?.inputs ?? [];
  const index = step?.args?.list[1]?.value;
  if (step?.type !== "GetItem" || from === undefined || index?.kind !== "int") return undefined;
  if (!isAsLong(from, label.shape.batch)) return undefined;
  const edits = [{ place: step.place, text: "", form: "every row" }];
  return { place: step.place, repairs: [{ title: "[:, …]: of every row", preferred: true, edits }] };
}

/** Rows of both were taken from the same one on, and more of the labels. */
function trimmed({ m, args, sample, label }: Meeting): Found | undefined {
  const [x, y] = [stepOf(m, sample), stepOf(m, label)];
  const [data, labels] = [x?.inputs[0], y?.inputs[0]];
  if (x?.type !== "GetItem" || y?.type !== "GetItem" || labels === undefined || data === undefined) return undefined;
  if (!hasRank(data.shape) || data.shape.rank === 0 || !isAsLong(labels, data.shape.batch)) return undefined;
  const [rows, others] = [rowSlice(x.args), rowSlice(y.args)];
  const samples = sample.shape.batch;
  if (rows?.split(":")[0] !== others?.split(":")[0] || args["y"]?.place === undefined) return undefined;
  if (typeof samples !== "number" || typeof label.shape.batch !== "number" || label.shape.batch < samples)
    return undefined;
  const edit = { place: args["y"].place, text: `[:${samples}]`, form: "behind" };
  return { place: label.origin, repairs: [{ title: `${edit.text} of the labels`, preferred: true, edits: [edit] }] };
}

/** Another variable holds as many labels of the same kind, and its name ends as the data's does: `y_test`. */
const otherLabels = (meeting: Meeting): Found | undefined =>
  namedAs(meeting, (it) => isLike(it, meeting.label, meeting.sample.shape.batch));

function isLike(value: Value, label: Meeting["label"], rows: Dim): boolean {
  if (value.kind !== "tensor" || !hasRank(value.shape) || value.shape.rank !== label.shape.rank) return false;
  if (value.family !== label.family || !provablyEqual(value.shape.batch, rows)) return false;
  return value.shape.dims.slice(1).every((dim, i) => provablyEqual(dim, label.shape.at(i + 1)));
}

/** Tables of as many rows as there are labels were joined below each other: beside each other they go with them. */
function joinedRows({ m, sample, label }: Meeting): Found | undefined {
  const step = joinOf(m, sample);
  const axis = step?.args?.list.find((it) => it.name === "axis") ?? step?.args?.list[1];
  if (step === undefined) return undefined;
  // Pictures beside each other are wider pictures.
  const isEach = step.inputs.every((it) => isAsLong(it, label.shape.batch) && hasRank(it.shape) && it.shape.rank === 2);
  if (!isEach || (axis !== undefined && axis.name === undefined)) return undefined;
  const edit = { place: step.place, text: "axis=1", form: "argument" };
  return { place: step.place, repairs: [{ title: "axis=1: beside each other", preferred: true, edits: [edit] }] };
}
/** The last step that joined tables, as long as only numbers were changed behind it. */
function joinOf(m: Machine, sample: TensorValue): Step | undefined {
  for (const step of stepsBack(m, sample)) if (step.inputs.length > 1) return JOINS.test(step.type) ? step : undefined;
  return undefined;
}
const JOINS = /^(?:Concatenate|Concat)$/;

const REDUCTIONS = /^(?:Arg)?(?:Max|Min)$|^(?:Sum|Mean|Median|Any|All)$/i;
/** What gives one number for many went over the samples: `argmax(rows, axis=0)`. */
function alongRows({ m, label, sample }: Meeting): Found | undefined {
  const { step, made } = shapingStep(m, label) ?? {};
  const [from] = step?.inputs ?? [];
  if (from === undefined || made === undefined || !hasRank(from.shape) || !REDUCTIONS.test(step?.type ?? ""))
    return undefined;
  const isRow = made.shape.rank === 1 && from.shape.rank === 2 && provablyEqual(made.shape.batch, from.shape.at(1));
  if (step === undefined || !isRow || !isAsLong(from, sample.shape.batch)) return undefined;
  const edits = [{ place: step.place, text: "axis=-1", form: "argument" }];
  return { place: step.place, repairs: [{ title: "axis=-1: one for each row", preferred: true, edits }] };
}

/** What made the labels could have made as many as there are samples; or what made the data, as many as labels. */
function made({ m, label, output, sample, record }: Meeting, samples: Dim): Found | undefined {
  if (label.id === sample.id) return undefined;
  const input = inputsOf(record.model)?.[0]?.shape;
  const ofData =
    input !== undefined && hasRank(input) ? wrongStep(m, sample, input.withBatch(label.shape.batch)) : undefined;
  if (ofData !== undefined) return ofData;
  const step = wrongStep(m, label, output.shape.withBatch(samples));
  return step ?? otherSizes(m, label, label.shape.withBatch(samples));
}

/** The labels were made in a number that a variable holds, of a batch or another set: as many as there are data. */
function countedBy({ m, args: { x }, label }: Meeting): Found | undefined {
  const node =
    x?.node?.kind === "Dict" ? x.node.entries[0]?.value : x?.node?.kind === "List" ? x.node.items[0] : x?.node;
  const { origin } = label;
  if (node?.kind !== "Name" || origin === undefined) return undefined;
  const repairs = variablesIn(m, m.scope).flatMap(([name, value]): Repair[] => {
    if (value.kind !== "int" || value.size !== label.shape.batch) return [];
    const text = `len(${node.name})`;
    const edits = [{ place: origin, text: `${name} ${text}`, form: "rename" }];
    return [{ title: `${text} for ${name}`, preferred: true, edits }];
  });
  return repairs.length === 0 ? undefined : { place: origin, repairs };
}
