import { memberOf } from "../../../../interpreter/attributes.ts";
import { callMethod, callValue } from "../../../../interpreter/calls.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import { type Fault, observations } from "../../../../interpreter/record.ts";
import { positional, type TensorValue, type Value } from "../../../../interpreter/values.ts";
import { type Dim, NONE, provablyDifferent } from "../../../../tensor/dim.ts";
import type { Shape } from "../../../../tensor/shape.ts";
import type { TensorType } from "../../../../tensor/type.ts";
import { EAGER, newTensor } from "../../runtime/tensors.ts";
import { lossOf, type Meeting } from "../../training/meeting.ts";
import { otherSizes } from "../data/steps.ts";
import { bothShapes, type Cause, faultOf } from "./fault.ts";
import { sameRank } from "./mismatch.ts";
import { otherSize } from "./spatial.ts";
import { unitsOf } from "./units.ts";

/**
 * A loss of the user's own is run once on labels and outputs of the first batch, as Keras gives them to it: of one
 * rank where they differ by an axis of 1, both of the outputs' type. Says whether it goes through.
 */
export function checkOwnLoss(meeting: Meeting): boolean {
  const { m, label, output } = meeting;
  const loss = lossOf(meeting);
  const isOwn = loss?.kind === "function" || (loss?.kind === "instance" && isUsers(meeting, loss));
  if (loss === undefined || !isOwn || meeting.loss !== undefined) return true;
  const [y, scores] = sameRank(label.shape, output.shape);
  const run = (batch: Dim) => {
    const given = positional(...[y, scores].map((it) => batchOf({ m, batch }, output, it)));
    return ranOnce(m, () =>
      loss.kind === "instance" ? callMethod(m, loss, "call", given) : callValue(m, loss, given),
    );
  };
  const first = run(meeting.batch);
  const last = lastBatch(meeting);
  const faults = last === undefined || first.some(({ severity }) => severity === "error") ? first : run(last);
  const [fault] = faults.filter(({ severity }) => severity === "error");
  const cause = fault === undefined ? undefined : (otherSize(meeting) ?? otherDepth(meeting));
  if (fault !== undefined && cause !== undefined)
    m.report({ ...faultOf(meeting, "error", cause), explains: faults.map(({ code, place }) => ({ code, place })) });
  return fault === undefined;
}

/** The rest of the rows, where there is one, is a batch of its own: it comes last in each epoch. */
function lastBatch({ sample, batch, args }: Meeting): number | undefined {
  const rows = sample.shape.batch;
  if (typeof rows !== "number" || typeof batch !== "number" || batch <= 0) return undefined;
  const isWhole = ["steps_per_epoch", "steps", "validation_split"].every((it) => args[it] === undefined);
  const rest = rows % batch;
  return isWhole && rows > batch && rest > 0 ? rest : undefined;
}

/** Labels like the output but for their last axis: masks that were read in colour, or a layer of too many channels. */
function otherDepth(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const isAlike = label.shape.rank === output.shape.rank && label.shape.rank > 2;
  if (!isAlike || !provablyDifferent(label.shape.last, output.shape.last)) return undefined;
  if (label.shape.dims.slice(1, -1).some((dim, i) => provablyDifferent(dim, output.shape.at(i + 1)))) return undefined;
  const units = label.shape.last === 1 ? unitsOf(meeting, 1) : undefined;
  if (units !== undefined) return units;
  const sized = otherSizes(m, label, output.shape.withBatch(label.shape.batch));
  return {
    code: "label-shape",
    place: sized?.place ?? label.origin,
    message: `${bothShapes(meeting)}: another last axis`,
    repairs: sized?.repairs ?? [],
  };
}

/** What is found against code of the program's own that Keras calls; it is said where it stands. */
export function ranOnce(m: Machine, body: () => unknown): readonly Fault[] {
  return m.apart(
    (own) => {
      body();
      return observations(own.seen).flatMap((it) => (it.kind === "fault" ? [it.fault] : []));
    },
    (outer, own) => outer.include(own),
  );
}

const isUsers = ({ m }: Meeting, loss: Extract<Value, { kind: "instance" }>): boolean => {
  const call = memberOf(m, loss.class, "call");
  return call !== undefined && call.owner.members === undefined;
};

/** A tensor of the first batch, in a shape in which Keras hands it on. */
export function batchOf({ m, batch }: Pick<Meeting, "m" | "batch">, { dtype }: TensorType, shape: Shape): TensorValue {
  const rows = typeof batch === "number" ? batch : NONE;
  const own = dtype === "float64" ? "float32" : dtype;
  return newTensor(m, { shape: shape.rank === 0 ? shape : shape.withBatch(rows), dtype: own }, EAGER, false);
}
