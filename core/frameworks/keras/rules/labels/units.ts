import { lookupIn } from "../../../../interpreter/names.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Expression } from "../../../../python/syntax.ts";
import { printDim, provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import { definitionOf } from "../../runtime/definitions.ts";
import { recordOf } from "../../runtime/records.ts";
import { isRegression } from "../../training/loss.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { changeOf } from "../whereSaid.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { type LastLayer, lastLayer, reshapeEdits, widthEdit } from "./lastLayer.ts";

/** `output-units`: the last layer gives another number of values than a label has. Other labels may have fitted it. */
export function outputUnits(meeting: Meeting): Cause | undefined {
  const wanted = widthOf(meeting);
  const isSettled = meeting.record.compiled?.settled === true;
  return wanted === undefined || isSettled ? undefined : unitsOf(meeting, wanted);
}

/** The output should have so many values in its last axis: whatever says how many it has is to blame. */
export function unitsOf(meeting: Meeting, wanted: number): Cause | undefined {
  const ready = readyModel(meeting, wanted);
  if (ready !== undefined) return ready;
  const last = lastLayer(meeting);
  if (last === undefined) return undefined;
  const given = printDim(meeting.output.shape.last);
  const each = wanted === 1 ? "one value" : `${printDim(wanted)} values`;
  const encoded = encodedWide(meeting);
  if (encoded !== undefined) return encoded;
  const counted = countedAs(meeting, last, wanted);
  if (counted !== undefined) {
    const message = `${bothShapes(meeting)}: a label has ${each}, and this counts ${given}`;
    return { code: "output-units", place: counted.place, message, repairs: counted.repairs };
  }
  const said = saidByCaller(meeting, last, wanted);
  return {
    code: "output-units",
    place: said?.place ?? last.width.place,
    message: `${bothShapes(meeting)}: a label has ${each}, and ${last.record.name} gives ${given}`,
    repairs: [...(said?.repairs ?? []), { ...unitsRepair(last, wanted), preferred: said === undefined }],
  };
}
export const unitsRepair = (last: NonNullable<ReturnType<typeof lastLayer>>, size: number): Repair => ({
  title: `${last.parameter}=${size}`,
  preferred: true,
  edits: [widthEdit(last, size), ...reshapeEdits(last, size)],
});

/** A model of `keras.applications` with its own classifier: how many classes there are is said to what makes it. */
function readyModel(meeting: Meeting, wanted: number): Cause | undefined {
  const last = recordOf(meeting.m, endOf(meeting)[0]);
  if (last === undefined || !last.name.startsWith("predictions") || lastLayer(meeting) !== undefined) return undefined;
  const edit = { place: last.place, text: `classes=${wanted}`, form: "argument" };
  return {
    code: "output-units",
    place: last.place,
    message: `${bothShapes(meeting)}: a label has ${wanted} values, and this is a model for other classes`,
    repairs: [{ title: edit.text, preferred: true, edits: [edit] }],
  };
}

/** What encodes labels, and its argument, the second, that says how many classes there are. */
const ENCODERS: Readonly<Record<string, string>> = { ToCategorical: "num_classes", OneHot: "depth" };

/** `to_categorical` or `tf.one_hot` was told of other classes than the labels have, and the model was not. */
function encodedWide(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const step = stepOf(m, label);
  const name = ENCODERS[step?.type ?? ""];
  const high = step?.inputs[0]?.facts?.range?.[1];
  if (step === undefined || name === undefined || high === undefined || output.shape.last !== high + 1)
    return undefined;
  const edit = { place: step.place, text: `${name}=${high + 1}`, form: "second argument" };
  const made = printDim(label.shape.last);
  return {
    code: "output-units",
    place: step.place,
    message: `${bothShapes(meeting)}: the labels are of ${high + 1} classes, and this makes ${made} of them`,
    repairs: [{ title: edit.text, preferred: true, edits: [edit] }],
  };
}

/** The width is a variable that was given the size of another axis of an array: `n_classes = Y.shape[0]`. */
function countedAs({ m }: Meeting, { width }: LastLayer, wanted: number): Pick<Cause, "place" | "repairs"> | undefined {
  const definition = definitionOf(m, width.node);
  const array = definition === undefined ? undefined : arrayCounted(definition.node);
  const value = array === undefined ? undefined : lookupIn(m, m.scope, array);
  if (definition === undefined || value?.kind !== "tensor" || !hasRank(value.shape)) return undefined;
  const axis = value.shape.dims.indexOf(wanted);
  if (axis < 0) return undefined;
  const edit = { place: definition.place, text: String(axis), form: "shape axis" };
  return {
    place: definition.place,
    repairs: [{ title: `${array}.shape[${axis}], which is ${wanted}`, preferred: true, edits: [edit] }],
  };
}
/** The width is a parameter of the function that makes the model: the call of it says how wide. */
function saidByCaller(
  { m }: Meeting,
  { width, record, parameter }: LastLayer,
  wanted: number,
): ReturnType<typeof countedAs> {
  const edit = changeOf(m, record, width, parameter, String(wanted));
  if (edit.form === undefined) return undefined;
  return { place: edit.place, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}
/** `Y` of `Y.shape[0]` and of `len(Y)`. */
function arrayCounted(node: Expression): string | undefined {
  const counted =
    node.kind === "Subscript" && node.object.kind === "Attribute" && node.object.name === "shape"
      ? node.object.object
      : node.kind === "Call" && node.callee.kind === "Name" && node.callee.name === "len"
        ? node.args[0]?.value
        : undefined;
  return counted?.kind === "Name" ? counted.name : undefined;
}

/** How many values the last axis of the output should have by the labels; undefined where that is not the matter. */
function widthOf({ label, output, loss }: Meeting): number | undefined {
  const [y, scores] = [label.shape, output.shape];
  if (loss === undefined || loss.name.startsWith("sparse")) return undefined;
  const perElement = isRegression(loss.name) || loss.name === "binary_crossentropy";
  if (y.rank === scores.rank - 1 && perElement && provablyDifferent(scores.last, 1)) return 1;
  if (y.rank !== scores.rank || typeof y.last !== "number" || !provablyDifferent(y.last, scores.last)) return undefined;
  return y.last > 1 || perElement ? y.last : undefined;
}
