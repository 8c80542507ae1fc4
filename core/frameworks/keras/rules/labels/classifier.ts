import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import type { Meeting } from "../../training/meeting.ts";
import { setArgument } from "../setArgument.ts";
import { changedLoss } from "./encoding.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { activationAt, lastLayer, widthEdit } from "./lastLayer.ts";

/**
 * The end of a classifier of two classes (sigmoid, binary crossentropy) beside labels of several classes that exclude
 * each other: one-hot rows and one unit, or class numbers and a unit for each.
 */
export function severalClasses(meeting: Meeting): Cause | undefined {
  const { loss, label, output } = meeting;
  const [at, last] = [activationAt(meeting), lastLayer(meeting)];
  if (loss?.name !== "binary_crossentropy" || at?.name !== "sigmoid" || last === undefined) return undefined;
  const [y, units] = [label.shape, output.shape.last];
  const columns = label.facts?.encoding === "one-hot" && y.rank === output.shape.rank ? y.last : undefined;
  const high = label.facts?.range?.[1];
  const isRows = units === 1 && typeof columns === "number" && columns > 2;
  const isNumbers = typeof units === "number" && units > 2 && high === units - 1 && y.rank === output.shape.rank - 1;
  if (!isRows && !isNumbers) return undefined;
  const fresh = isRows ? "categorical_crossentropy" : "sparse_categorical_crossentropy";
  const [change] = changedLoss(loss, fresh);
  const edits: readonly PlacedEdit[] = [
    ...(isRows ? [widthEdit(last, columns)] : []),
    at.arg?.place === undefined
      ? setArgument(at.record, "activation", '"softmax"')
      : softmax(at.arg.place, at.arg.name),
    ...(change?.edits ?? []),
  ];
  const classes = isRows ? columns : units;
  const repair: Repair = { title: `softmax over ${String(classes)} classes, ${fresh}`, preferred: true, edits };
  return {
    code: "output-units",
    place: last.width.place,
    message: `${bothShapes(meeting)}: ${String(classes)} classes, and sigmoid with ${loss.name} is for two`,
    repairs: change === undefined ? [] : [repair],
  };
}
const softmax = (place: PlacedEdit["place"], name: string | undefined): PlacedEdit => ({
  place,
  text: name === undefined ? '"softmax"' : `${name}="softmax"`,
});
