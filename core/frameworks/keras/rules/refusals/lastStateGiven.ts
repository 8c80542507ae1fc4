import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { samePlace } from "../../../../interpreter/values.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { before, isRecurrent, wrapped } from "../passedOn.ts";
import { setArgument } from "../setArgument.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** Layers that leave the axes as they are. */
const PASSING = new Set(["Dropout", "BatchNormalization", "LayerNormalization", "Activation", "LeakyReLU"]);

/** `return-sequences`: a layer that reads steps is given the last state of a recurrent layer. */
export function lastStateGiven({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const shape = tensors[0]?.shape;
  if (violation.constraint !== "input-rank" || shape === undefined || !hasRank(shape) || shape.rank !== 2)
    return undefined;
  const recurrent = before(m, makerOf(m, tensors[0]), PASSING, (it) => [wrapped(m, it) ?? it].find(isRecurrent));
  if (recurrent === undefined || !READS_STEPS.test(record.declared ?? "")) return undefined;
  const edit = setArgument(recurrent, "return_sequences", "True");
  // A layer that is made again in each round of a loop.
  const isRepeated = samePlace(recurrent.place, record.place);
  const rounds: PlacedEdit = { place: recurrent.place, text: "return_sequences", form: "but the last" };
  const inAll: Repair = { title: "return_sequences=True", preferred: !isRepeated, edits: [edit] };
  const inMost: Repair = { title: "return_sequences in all rounds but the last", preferred: true, edits: [rounds] };
  return {
    code: "return-sequences",
    place: edit.place,
    message: `${recurrent.name} gives its last state alone, and ${record.name} reads steps: return_sequences=True`,
    repairs: isRepeated ? [inMost, inAll] : [inAll],
  };
}
const READS_STEPS = /^(?:LSTM|GRU|SimpleRNN|RNN|Bidirectional|TimeDistributed|Conv1D|\w+Pooling1D)$/;
