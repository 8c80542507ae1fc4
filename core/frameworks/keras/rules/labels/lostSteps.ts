import type { Machine } from "../../../../interpreter/machine.ts";
import { type Instance, TRUE } from "../../../../interpreter/values.ts";
import { provablyDifferent } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { isRecurrent, wrapped } from "../passedOn.ts";
import { setArgument } from "../setArgument.ts";
import { bothShapes, type Cause } from "./fault.ts";

const PASSING = new Set(["Dense", "Dropout", "BatchNormalization", "LayerNormalization", "Activation"]);

/** `return-sequences`: there is a label for each step, and a recurrent layer gives its last state alone. */
export function lostSteps(meeting: Meeting): Cause | undefined {
  const { m, label, output, loss } = meeting;
  const isSparse = loss?.name.startsWith("sparse") === true;
  if (loss === undefined || label.shape.rank !== output.shape.rank + (isSparse ? 0 : 1)) return undefined;
  const recurrent = lastState(m, endOf(meeting));
  const input = recurrent?.inputs?.[0]?.shape;
  if (recurrent === undefined || input === undefined || !hasRank(input) || input.rank !== 3) return undefined;
  if (provablyDifferent(input.at(1), label.shape.at(1))) return undefined;
  const edit = setArgument(wrapped(m, recurrent) ?? recurrent, "return_sequences", "True");
  return {
    code: "return-sequences",
    place: edit.place,
    message: `${bothShapes(meeting)}: a label for each step, and ${recurrent.name} gives its last state alone`,
    repairs: [{ title: edit.text, preferred: true, edits: [edit] }],
  };
}

/** The recurrent layer, or its Bidirectional, that the output comes from. */
function lastState(m: Machine, layers: readonly Instance[]): LayerRecord | undefined {
  for (const layer of layers) {
    const record = recordOf(m, layer);
    const own = record === undefined ? undefined : (wrapped(m, record) ?? record);
    if (own !== undefined && isRecurrent(own)) return own.args["return_sequences"]?.value === TRUE ? undefined : record;
    if (!PASSING.has(record?.declared ?? "")) return undefined;
  }
  return undefined;
}
