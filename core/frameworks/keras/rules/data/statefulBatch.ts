import type { Machine } from "../../../../interpreter/machine.ts";
import { type Arg, TRUE } from "../../../../interpreter/values.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { inputsOf } from "../../runtime/modelCall.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { innerLayers } from "../../runtime/tracking.ts";
import { isRecurrent, wrapped } from "../passedOn.ts";
import { said } from "../setArgument.ts";

/**
 * A stateful layer keeps a state for each sample of the batch that it was built for: every batch of the training has as
 * many. Says whether that is so. Source: `RNN.call` in keras.src.layers.rnn.rnn.
 */
export function checkStatefulBatch(
  m: Machine,
  record: LayerRecord,
  batch: number,
  rows: number,
  args: Readonly<Record<string, Arg>>,
): boolean {
  const shape = inputsOf(record.model)?.[0]?.shape;
  const size = shape !== undefined && hasRank(shape) ? shape.batch : undefined;
  const layers = innerLayers(m, record.self).flatMap((it) => recordOf(m, it) ?? []);
  const stateful = layers.find((it) => isStateful(m, it));
  if (typeof size !== "number" || stateful === undefined) return true;
  if (batch === size && (rows % size === 0 || args["steps_per_epoch"] !== undefined)) return true;
  const arg = args["batch_size"];
  const what = batch === size ? `the last batch has ${rows % size}` : `a batch has ${batch}`;
  const edit =
    arg?.place === undefined
      ? { place: m.here, text: `batch_size=${size}`, form: "argument" }
      : { place: arg.place, text: said(arg, "batch_size", String(size)) };
  m.report({
    code: "data-shape",
    severity: "error",
    place: edit.place,
    message: `${stateful.name} is stateful and keeps a state for each of ${size} samples, and ${what}`,
    related: [{ place: stateful.place, message: "its batches are all as large as the one that it was built for" }],
    repairs: rows % size === 0 ? [{ title: `batch_size=${size}`, preferred: true, edits: [edit] }] : [],
  });
  return false;
}

const isStateful = (m: Machine, record: LayerRecord): boolean => {
  const own = wrapped(m, record) ?? record;
  return isRecurrent(own) && own.args["stateful"]?.value === TRUE;
};
