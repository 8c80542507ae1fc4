import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Place, TensorValue } from "../../../interpreter/values.ts";
import type { LayerRecord } from "../runtime/records.ts";

/** What a rule on a layer's call may look at. */
export interface LayerCall {
  readonly self: Instance;
  readonly record: LayerRecord;
  readonly input: TensorValue;
}

/** Where the layer is called in the text, or made, where a Sequential calls it. */
export const placeOf = (m: Machine, record: LayerRecord): Place =>
  m.blame ?? (m.site === undefined ? record.place : m.here);
