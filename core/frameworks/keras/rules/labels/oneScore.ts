import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { argumentOfLoss } from "../../functions/losses.ts";
import type { Meeting } from "../../training/meeting.ts";
import { setArgument } from "../setArgument.ts";
import { changedLoss } from "./encoding.ts";
import type { Cause } from "./fault.ts";
import { activationAt, lastLayer, widthEdit } from "./lastLayer.ts";

/** Losses over the scores of several classes. */
const OF_CLASSES = new Set(["categorical_crossentropy", "sparse_categorical_crossentropy"]);

/** `loss-activation`: a loss that compares the scores of classes, where there is one score. */
export function oneScore(meeting: Meeting): Cause | undefined {
  const { m, loss, output } = meeting;
  if (loss === undefined || !OF_CLASSES.has(loss.name) || output.shape.last !== 1) return undefined;
  if (loss.value.kind === "instance" && argumentOfLoss(m, loss.value, "axis") !== undefined) return undefined;
  const why = loss.name.startsWith("sparse")
    ? "every label but 0 is beyond it"
    : "it is divided by their sum, which is itself, and the loss is 0";
  return {
    code: "loss-activation",
    place: loss.arg.place,
    message: `${loss.name} compares the scores of classes, and the model gives one: ${why}`,
    repairs: [...(severalClasses(meeting) ?? []), ...yesOrNo(meeting), ...aNumber(meeting)].map((it, i) => ({
      ...it,
      preferred: i === 0,
    })),
  };
}

/** The labels are known to be numbers of more than two classes. */
function severalClasses(meeting: Meeting): readonly Repair[] | undefined {
  const high = meeting.label.facts?.range?.[1];
  const last = lastLayer(meeting);
  if (high === undefined || high < 2 || last === undefined) return undefined;
  const edits = [widthEdit(last, high + 1), ...activation(meeting, "softmax")];
  return together(meeting, "sparse_categorical_crossentropy", `softmax over ${high + 1} classes`, edits);
}

function yesOrNo(meeting: Meeting): readonly Repair[] {
  const at = activationAt(meeting)?.name;
  const isNumber = at !== "sigmoid" && at !== "softmax" && isMeasured(meeting);
  if (at === undefined || isNumber || meeting.loss?.fromLogits === true) return [];
  return together(meeting, "binary_crossentropy", undefined, activation(meeting, "sigmoid"));
}

/** A label with a fraction, as far as its type and its values say: something measured. */
const isMeasured = ({ label }: Meeting): boolean =>
  label.dtype?.startsWith("float") === true && label.facts?.range === undefined;

const aNumber = (meeting: Meeting): readonly Repair[] =>
  isMeasured(meeting) && activationAt(meeting)?.name === "linear"
    ? together(meeting, "mean_squared_error", undefined, [])
    : [];

function together(
  { loss }: Meeting,
  fresh: string,
  title: string | undefined,
  edits: readonly PlacedEdit[],
): readonly Repair[] {
  if (loss?.name === fresh) return [{ title: title ?? fresh, preferred: true, edits }];
  const [change] = loss === undefined ? [] : changedLoss(loss, fresh);
  const both = title === undefined ? fresh : `${title}, ${fresh}`;
  return change === undefined ? [] : [{ title: both, preferred: true, edits: [...edits, ...change.edits] }];
}

function activation(meeting: Meeting, name: string): readonly PlacedEdit[] {
  const at = activationAt(meeting);
  if (at === undefined || at.name === name) return [];
  return [setArgument(at.record, "activation", `"${name}"`)];
}
