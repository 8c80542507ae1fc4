import { printShape } from "../../../../tensor/shape.ts";
import { isRanked } from "../../../operation/ranked.ts";
import { meetingsOf, type Training } from "../../training/meeting.ts";
import { otherOrder } from "../data/order.ts";
import { besides } from "../related.ts";
import { mismatch } from "./mismatch.ts";

/** Labels of several outputs that would fit them in another order, and do not in theirs. Says whether they stand so. */
export function inTheirOrder(m: Training["m"], training: Training): boolean {
  const { args, labels, outputs } = training;
  const meetings = meetingsOf(training);
  const columns = labels.map((it) =>
    isRanked(it) && it.shape.rank === 1 ? { ...it, shape: it.shape.concat([1]) } : it,
  );
  const order =
    labels.length === outputs.length ? (otherOrder(outputs, labels) ?? otherOrder(outputs, columns)) : undefined;
  const isMoved = order?.some((at, i) => at !== i) === true;
  if (order === undefined || !isMoved || !meetings.some((it) => mismatch(it) !== undefined)) return true;
  const { node, place = m.here } = args["y"] ?? {};
  const isList = node?.kind === "List" || node?.kind === "Tuple";
  const edits = isList ? [{ place, text: order.join(" "), form: "reorder" }] : [];
  const shapes = outputs.map((it) => printShape(it.shape)).join(" and ");
  m.report({
    code: "label-shape",
    severity: "error",
    place,
    message: `The labels are given in another order than the outputs, ${shapes}`,
    related: besides(place, [{ place: m.here, message: "Keras raises here" }]),
    repairs: isList ? [{ title: "In the order of the outputs", preferred: true, edits }] : [],
  });
  return false;
}
