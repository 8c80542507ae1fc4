import type { Machine } from "../../../../interpreter/machine.ts";
import type { Place, Value } from "../../../../interpreter/values.ts";
import { printShape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { className, readLoss } from "../../training/loss.ts";
import { besides } from "../related.ts";
import { mismatch, sameRank } from "./mismatch.ts";

/**
 * A loss that the program calls itself on labels and predictions, as in a training loop of its own. `made` is where it
 * comes from, and to blame where it is for labels of another form.
 */
export function checkCalledLoss(
  m: Machine,
  value: Value,
  [y, scores]: readonly (Value | undefined)[],
  made: Place | undefined,
): void {
  const loss = readLoss(m, { name: undefined, value }, value);
  if (loss === undefined || !isRanked(y) || !isRanked(scores) || y.assumed || scores.assumed) return;
  const why = mismatch({ loss, label: y, output: scores, batch: scores.shape.batch });
  if (why === undefined) return;
  const [label, output] = sameRank(y.shape, scores.shape);
  const isNumbers = label.rank === output.rank - 1 && loss.name === "categorical_crossentropy";
  const isRows = label.rank === output.rank && loss.name === "sparse_categorical_crossentropy";
  const fresh = isNumbers ? "sparse_categorical_crossentropy" : "categorical_crossentropy";
  const isForm = isNumbers || isRows;
  const place = isForm && made !== undefined ? made : m.here;
  const edit = { place, text: `${className(loss.name)} ${className(fresh)}`, form: "respell" };
  const repairs = isForm ? [{ title: className(fresh), preferred: true, edits: [edit] }] : [];
  const shapes = `The labels are ${printShape(y.shape)} and the predictions ${printShape(scores.shape)}`;
  m.report({
    code: isForm ? "label-encoding" : "label-shape",
    severity: "error",
    place,
    message: `${shapes}: ${why}`,
    related: besides(place, [{ place: m.here, message: "Keras raises here" }]),
    repairs,
  });
}
