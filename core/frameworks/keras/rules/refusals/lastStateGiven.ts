import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

const RECURRENT = new Set(["LSTM", "GRU", "SimpleRNN", "RNN"]);
/** Layers that leave the axes as they are. */
const PASSING = new Set(["Dropout", "BatchNormalization", "LayerNormalization", "Activation", "LeakyReLU"]);

/** `return-sequences`: a layer that reads steps is given the last state of a recurrent layer. */
export function lastStateGiven({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const shape = tensors[0]?.shape;
  if (violation.constraint !== "input-rank" || shape === undefined || !hasRank(shape) || shape.rank !== 2)
    return undefined;
  const before = recurrentBefore(m, makerOf(m, tensors[0]));
  if (before === undefined || !READS_STEPS.test(record.declared ?? "")) return undefined;
  const edit = allSteps(before);
  return {
    code: "return-sequences",
    place: edit.place,
    message: `${before.name} gives its last state alone, and ${record.name} reads steps: return_sequences=True`,
    repairs: [{ title: "return_sequences=True", preferred: true, edits: [edit] }],
  };
}
/** Makes a recurrent layer give all its steps. */
export function allSteps({ place, args }: LayerRecord): PlacedEdit {
  const argument = args["return_sequences"];
  const text = "return_sequences=True";
  return argument?.place === undefined ? { place, text, form: "argument" } : { place: argument.place, text };
}
const READS_STEPS = /^(?:LSTM|GRU|SimpleRNN|RNN|Bidirectional|TimeDistributed|Conv1D|\w+Pooling1D)$/;

function recurrentBefore(m: Machine, layer: LayerRecord | undefined): LayerRecord | undefined {
  for (let at = layer, count = 0; at !== undefined && count < 8; at = recordOf(m, at.from), count++) {
    const inner = recordOf(m, at.args["layer"]?.value) ?? at;
    if (RECURRENT.has(inner.declared ?? "")) return inner;
    if (!PASSING.has(at.declared ?? "")) return undefined;
  }
  return undefined;
}
