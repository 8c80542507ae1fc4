import { variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Scope } from "../../../../interpreter/scope.ts";
import type { Arg, Place } from "../../../../interpreter/values.ts";
import { isSize, printDim, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { className, type Loss } from "../../training/loss.ts";
import type { Meeting } from "../../training/meeting.ts";
import { madeTogether } from "../data/steps.ts";
import { dataInSight } from "../refusals/dataInSight.ts";
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
    const { last } = output.shape;
    const rows = isSize(last) ? `one-hot rows of ${printDim(last)}` : "one-hot rows";
    const message = `${bothShapes(meeting)}: ${loss.name} wants ${rows}, not one class number each`;
    return blamed(meeting, loss, message, changedLoss(loss, "sparse_categorical_crossentropy"), oneHot(meeting), true);
  }
  const isRow = label.shape.rank === output.shape.rank && provablyEqual(label.shape.last, output.shape.last);
  if (!loss.name.startsWith("sparse") || !(isRow || label.facts?.encoding === "one-hot")) return undefined;
  const message = `${bothShapes(meeting)}: ${loss.name} wants class numbers, not one-hot rows`;
  return blamed(meeting, loss, message, changedLoss(loss, "categorical_crossentropy"), classNumbers(meeting));
}

/** Where other labels went with this loss before, or others in sight are encoded for it, these are to blame. */
function blamed(
  meeting: Meeting,
  loss: Loss,
  message: string,
  ofLoss: readonly Repair[],
  ofLabels: readonly Repair[],
  isNumbers = false,
): Cause {
  const { m, record, args, label, sample } = meeting;
  // Who has the function that encodes labels at hand, or others encoded already, means to encode them.
  const settled = record.compiled?.settled === true || (isNumbers && (hasEncoder(m) || isBeside(meeting)));
  const [first, second] = settled ? [ofLabels, ofLoss] : [ofLoss, ofLabels];
  const repairs = [...first, ...second].map((it, i) => ({ ...it, preferred: i === 0 }));
  // What made them alone is where they should have been encoded.
  const made = madeTogether(label, sample) ? args["y"]?.place : (label.origin ?? args["y"]?.place);
  return { code: "label-encoding", place: settled ? made : loss.arg.place, message, repairs };
}

function hasEncoder(m: Meeting["m"]): boolean {
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent)
    if (variablesIn(m, scope).some(([, it]) => it.kind === "native" && it.name === "keras.utils.to_categorical"))
      return true;
  return false;
}

/** Labels of the same classes are one-hot rows already: those of a test, say. */
const isBeside = ({ m, output }: Meeting): boolean =>
  dataInSight(m).some(
    ({ facts, shape }) =>
      facts?.encoding === "one-hot" && shape.rank === output.shape.rank && shape.last === output.shape.last,
  );

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
function oneHot({ m, args, output }: Meeting): readonly Repair[] {
  const place = args["y"]?.place;
  const [node, classes] = [args["y"]?.node, output.shape.last];
  if (place === undefined || node === undefined || typeof classes !== "number") return [];
  const places = [place, ...(validationLabels(m, args["validation_data"]) ?? [])];
  const edits = places.map((it) => ({ place: it, text: `utils.to_categorical …, ${classes}`, form: "in call" }));
  return [{ title: `One-hot rows of ${classes} for the labels`, preferred: false, edits }];
}

/** The labels of `validation_data=(x_val, y_val)`, where they are class numbers too. */
function validationLabels(m: Meeting["m"], arg: Arg | undefined): readonly Place[] | undefined {
  const labels = arg?.value.kind === "tuple" ? arg.value.items[1] : undefined;
  const node = arg?.node?.kind === "Tuple" ? arg.node.items[1] : undefined;
  if (labels?.kind !== "tensor" || node === undefined || labels.facts?.encoding === "one-hot") return undefined;
  return hasRank(labels.shape) && (labels.shape.rank === 1 || labels.shape.last === 1) ? [m.place(node)] : undefined;
}
