import { memberOf } from "../../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../../interpreter/calls.ts";
import type { Fault, Run } from "../../../../interpreter/record.ts";
import { positional, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import { NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import { EAGER, newTensor } from "../../runtime/tensors.ts";
import { lossOf, type Meeting } from "../../training/meeting.ts";
import { otherSizes } from "../data/steps.ts";
import { bothShapes, type Cause, faultOf } from "./fault.ts";
import { sameRank } from "./mismatch.ts";
import { otherSize } from "./spatial.ts";

/**
 * A loss of the user's own is run once on labels and outputs of the first batch, as Keras gives them to it: of one
 * rank where they differ by an axis of 1, both of the outputs' type. Says whether it goes through.
 */
export function checkOwnLoss(meeting: Meeting): boolean {
  const { m, label, output, batch } = meeting;
  const loss = lossOf(meeting);
  const isOwn = loss?.kind === "function" || (loss?.kind === "instance" && isUsers(meeting, loss));
  if (loss === undefined || !isOwn || meeting.loss !== undefined) return true;
  const rows = typeof batch === "number" ? batch : NONE;
  const [y, scores] = sameRank(label.shape, output.shape);
  const given = positional(...[y, scores].map((it): TensorValue => batchOf(meeting, it, rows)));
  const faults = m.apart(
    (own) => {
      if (loss.kind === "instance") callMethod(m, loss, "call", given);
      else callValue(m, loss, given);
      return faultsIn(own.seen);
    },
    (outer, own) => outer.include(own),
  );
  const [fault] = faults.filter(({ severity }) => severity === "error");
  const cause = fault === undefined ? undefined : (otherSize(meeting) ?? otherDepth(meeting));
  if (fault !== undefined && cause !== undefined)
    m.report({ ...faultOf(meeting, "error", cause), explains: faults.map(({ code, place }) => ({ code, place })) });
  return fault === undefined;
}

/** Labels like the output but for their last axis: masks that were read in colour. */
function otherDepth(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const isAlike = label.shape.rank === output.shape.rank && label.shape.rank > 2;
  if (!isAlike || !provablyDifferent(label.shape.last, output.shape.last)) return undefined;
  if (label.shape.dims.slice(1, -1).some((dim, i) => provablyDifferent(dim, output.shape.at(i + 1)))) return undefined;
  const sized = otherSizes(m, label, output.shape.withBatch(label.shape.batch));
  return {
    code: "label-shape",
    place: sized?.place ?? label.origin,
    message: `${bothShapes(meeting)}: another last axis`,
    repairs: sized?.repairs ?? [],
  };
}

const faultsIn = (seen: Run["did"]["seen"]): readonly Fault[] =>
  seen.flatMap((it) => ("did" in it ? faultsIn(it.did.seen) : it.kind === "fault" ? [it.fault] : []));

const isUsers = ({ m }: Meeting, loss: Extract<Value, { kind: "instance" }>): boolean => {
  const call = memberOf(m, loss.class, "call");
  return call !== undefined && call.owner.members === undefined;
};

function batchOf({ m, output }: Meeting, shape: Shape, rows: number | typeof NONE): TensorValue {
  const type = { shape: shape.rank === 0 ? shape : shape.withBatch(rows), dtype: output.dtype };
  return newTensor(m, type, EAGER, false);
}
