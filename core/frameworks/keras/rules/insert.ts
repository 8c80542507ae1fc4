import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { LayerRecord } from "../runtime/records.ts";

/**
 * Edits that put a layer before another one: an element of a Sequential's list, an `.add` of its own, or around the
 * argument of a functional call. What the text needs is decided where it is at hand (`expand`).
 */
export const insertBefore = (record: LayerRecord, layer: string): readonly PlacedEdit[] => {
  const { called, place } = record;
  // A layer that is made in one statement and called in another: around the argument there.
  return called !== undefined && called.statement !== place.statement && !layer.startsWith("LSTM")
    ? [{ place: called, text: layer, form: "around input" }]
    : [{ place, text: layer, form: "layer before" }];
};
/**
 * Gives a layer the last step alone: `x[:, -1]` in a functional call, a Lambda where there is no tensor in the text.
 */
export const lastStepOf = (record: LayerRecord): readonly PlacedEdit[] => [
  { place: record.place, text: "Lambda(lambda t: t[:, -1])", form: "last step" },
];
/** Takes a wrapper off: `TimeDistributed(Dense(5))` becomes `Dense(5)`, its own arguments kept. */
export const unwrap = (record: LayerRecord): readonly PlacedEdit[] => [
  { place: record.place, text: "", form: "unwrap" },
];
