import { variablesIn } from "../../../../interpreter/names.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import type { TensorValue, Value } from "../../../../interpreter/values.ts";
import { provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { stepOf } from "../../../operation/history.ts";
import { isRanked, type Ranked } from "../../../operation/ranked.ts";
import type { Meeting } from "../../training/meeting.ts";
import { bothShapes, type Cause } from "./fault.ts";
import { mismatch } from "./mismatch.ts";

/**
 * Data and labels are the same rows of one array, `y_train = data[:800]`, which only an autoencoder learns; the one
 * other array that is as long has the labels.
 */
export function dataTwice(meeting: Meeting): Cause | undefined {
  const { m, args, sample, label } = meeting;
  const from = takenFrom(meeting, label);
  if (from === undefined || label.id === sample.id || takenFrom(meeting, sample)?.id !== from.id) return undefined;
  const all = variablesIn(m, m.scope);
  const name = all.find(([, it]) => it.kind === "tensor" && it.id === from.id)?.[0];
  const isFit = (it: Value): it is Ranked =>
    it.kind === "tensor" &&
    it.id !== from.id &&
    isRanked(it) &&
    it.shape.rank > 0 &&
    isAsLong(it, from) &&
    mismatch({ ...meeting, label: it }) === undefined;
  const [other, ...others] = all.filter(([, it]) => isFit(it));
  if (name === undefined || other === undefined || others.length > 0 || label.origin === undefined) return undefined;
  const given = args["y"]?.node?.kind === "Name" ? args["y"].node.name : undefined;
  const prefix = given === undefined ? undefined : /^[A-Za-z]+_/.exec(given)?.[0];
  // The labels of the other parts were taken of the same: `y_val`.
  const places = all.flatMap(([it, value]) =>
    it === given || (prefix !== undefined && it.startsWith(prefix))
      ? value.kind === "tensor" && takenFrom(meeting, value)?.id === from.id && value.origin !== undefined
        ? [value.origin]
        : []
      : [],
  );
  const edits = places.map((place): PlacedEdit => ({ place, text: `${name} ${other[0]}`, form: "rename" }));
  return {
    code: "label-shape",
    place: label.origin,
    message: `${bothShapes(meeting)}: these are rows of the data, and ${other[0]} has a label for each`,
    repairs: edits.length === 0 ? [] : [{ title: `${other[0]} for ${name}`, preferred: true, edits }],
  };
}

/** The array of which these are some rows. */
function takenFrom({ m }: Meeting, rows: TensorValue): Ranked | undefined {
  const step = stepOf(m, rows);
  const [from] = step?.type === "GetItem" ? step.inputs : [];
  return from !== undefined && isRanked(from) && from.shape.rank > 0 ? from : undefined;
}
const isAsLong = ({ shape }: Ranked, from: Ranked): boolean =>
  hasRank(shape) && provablyEqual(shape.batch, from.shape.batch);
