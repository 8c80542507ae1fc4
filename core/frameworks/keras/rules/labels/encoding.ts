import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { printDim, provablyEqual } from "../../../../tensor/dim.ts";
import { className, type Loss } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { madeTogether } from "../data/steps.ts";
import { said } from "../setArgument.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { activationOf } from "./lastLayer.ts";

/**
 * `label-encoding`: class numbers where the loss wants one-hot rows, or rows where it wants numbers. The loss is to
 * blame, as the labels fit the model's scores.
 */
export function labelEncoding(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  if (loss === undefined || output.shape.last === 1) return undefined;
  if (isClassNumbers(meeting)) {
    const isDense = loss.name.startsWith("categorical");
    if (!isDense && !(loss.name === "binary_crossentropy" && activationOf(meeting) === "softmax")) return undefined;
    const classes = printDim(output.shape.last);
    const message = `${bothShapes(meeting)}: ${loss.name} wants one-hot rows of ${classes}, not one class number each`;
    return blamed(meeting, loss, message, changedLoss(loss, "sparse_categorical_crossentropy"), oneHot(meeting));
  }
  const isRow = label.shape.rank === output.shape.rank && provablyEqual(label.shape.last, output.shape.last);
  if (!loss.name.startsWith("sparse") || !(isRow || label.facts?.encoding === "one-hot")) return undefined;
  const message = `${bothShapes(meeting)}: ${loss.name} wants class numbers, not one-hot rows`;
  return blamed(meeting, loss, message, changedLoss(loss, "categorical_crossentropy"), classNumbers(meeting));
}

/** Where other labels went with this loss before, these are to blame. */
function blamed(
  { record, args, label, sample }: Meeting,
  { arg }: Loss,
  message: string,
  ofLoss: readonly Repair[],
  ofLabels: readonly Repair[],
): Cause {
  const settled = record.compiled?.settled === true;
  const [first, second] = settled ? [ofLabels, ofLoss] : [ofLoss, ofLabels];
  const repairs = [...first, ...second].map((it, i) => ({ ...it, preferred: i === 0 }));
  // What made them alone is where they should have been encoded.
  const made = madeTogether(label, sample) ? args["y"]?.place : (label.origin ?? args["y"]?.place);
  return { code: "label-encoding", place: settled ? made : arg.place, message, repairs };
}

/** The place of the 1 in each row, where the labels are given. */
function classNumbers({ args }: Meeting): readonly Repair[] {
  const place = args["y"]?.place;
  if (place === undefined) return [];
  const edit: PlacedEdit = { place, text: ".argmax(axis=-1)", form: "behind" };
  return [{ title: "Class numbers for the labels: argmax(axis=-1)", preferred: false, edits: [edit] }];
}

/** One number where the model gives a row of scores. */
function isClassNumbers({ label, output }: Meeting): boolean {
  const [y, scores] = [label.shape, output.shape];
  return y.rank === scores.rank - 1 || (y.rank === scores.rank && y.last === 1);
}

/** The same loss in its other form, spelled as the program spells it. */
export function changedLoss({ arg, value, name }: Loss, fresh: string): readonly Repair[] {
  const { place, node } = arg;
  if (place === undefined) return [];
  const [from, to] = value.kind === "instance" ? [className(name), className(fresh)] : [name, fresh];
  if (node?.kind === "Name" && value.kind === "instance") return [];
  // A string by itself is replaced with its argument: the program may hold it in a variable.
  const isAlone = value.kind === "str" && node?.kind !== "Dict" && node?.kind !== "List";
  const edit: PlacedEdit = isAlone
    ? { place, text: said(arg, "loss", `"${fresh}"`) }
    : { place, text: `${from} ${to}`, form: "respell" };
  return [{ title: to, preferred: true, edits: [edit] }];
}

/** `to_categorical(y, 10)` where the labels are given. */
function oneHot({ args, output }: Meeting): readonly Repair[] {
  const place = args["y"]?.place;
  const [node, classes] = [args["y"]?.node, output.shape.last];
  if (place === undefined || node === undefined || typeof classes !== "number") return [];
  const edit: PlacedEdit = { place, text: `utils.to_categorical …, ${classes}`, form: "in call" };
  return [{ title: `One-hot rows of ${classes} for the labels`, preferred: false, edits: [edit] }];
}
