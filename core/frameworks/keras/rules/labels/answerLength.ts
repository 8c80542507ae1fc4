import { TRUE } from "../../../../interpreter/values.ts";
import { printDim, provablyDifferent, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { recordOf } from "../../runtime/records.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { isRecurrent, wrapped } from "../passedOn.ts";
import { setArgument } from "../setArgument.ts";
import { bothShapes, type Cause } from "./fault.ts";

/**
 * Recurrent layers that answer each step, and labels of another number of steps: what is read has to end in one state,
 * which is repeated for as many steps as the answer has.
 */
export function answerLength(meeting: Meeting): Cause | undefined {
  const { m, label, output } = meeting;
  const wanted = label.shape.at(1);
  const made = output.shape.at(1);
  const isOther = label.shape.rank === 3 && output.shape.rank === 3 && provablyDifferent(wanted, made);
  if (!isOther || typeof wanted !== "number") return undefined;
  const answering = endOf(meeting)
    .flatMap((it) => recordOf(m, it) ?? [])
    .filter((it) => isRecurrent(wrapped(m, it) ?? it));
  const reader = answering.at(-1);
  const input = reader?.inputs?.[0]?.shape;
  if (reader === undefined || answering.length < 2 || input === undefined || !hasRank(input)) return undefined;
  const said = (wrapped(m, reader) ?? reader).args["return_sequences"];
  if (said?.value !== TRUE || !provablyEqual(input.at(1), made)) return undefined;
  const repeat = `RepeatVector(${wanted})`;
  const edits = [
    setArgument(wrapped(m, reader) ?? reader, "return_sequences", "False"),
    { place: reader.place, text: repeat, form: "layer after" },
  ];
  return {
    code: "label-shape",
    place: said.place ?? reader.place,
    message: `${bothShapes(meeting)}: ${reader.name} gives each of the ${printDim(made)} steps that it reads`,
    repairs: [{ title: `The last state, repeated: ${repeat}`, preferred: true, edits }],
  };
}
