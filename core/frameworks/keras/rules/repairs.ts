import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import type { Instance, TensorValue } from "../../../interpreter/values.ts";
import type { Violation } from "../define.ts";
import type { LayerRecord } from "../runtime/records.ts";

/** What may mend a layer's violation; nothing is offered that was not verified. */
export function repairsFor(
  _m: Machine,
  _violation: Violation,
  _record: LayerRecord,
  _tensors: readonly TensorValue[],
  _self: Instance | undefined,
): readonly Repair[] {
  return [];
}
