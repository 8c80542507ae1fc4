import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault } from "../../../interpreter/record.ts";
import { type Place, samePlace, type TensorValue } from "../../../interpreter/values.ts";
import { printShape } from "../../../tensor/shape.ts";
import type { Violation } from "../define.ts";
import type { LayerRecord } from "./records.ts";

/**
 * What Keras would raise. An argument is blamed where it stands; an input at the call that gave it. The other one, and
 * where the tensor came from, are related.
 */
export function reportViolations(
  m: Machine,
  record: LayerRecord,
  violations: readonly Violation[],
  tensors: readonly TensorValue[],
): void {
  const [violation] = violations;
  // What was meant raises no error of its own; that it will once the fault before it is mended is worth knowing.
  const assumed = tensors.some((tensor) => tensor.assumed);
  if (violation === undefined) return;
  const argument = violation.argument === undefined ? undefined : record.args[violation.argument]?.place;
  const place = argument ?? blamed(m, record);
  const fault: Fault = {
    code: violation.code,
    severity: assumed ? "information" : "error",
    place,
    message: assumed ? `Behind the fault before it: ${violation.message}` : violation.message,
    related: tensors.flatMap((tensor) => {
      const { origin } = tensor;
      if (origin === undefined || samePlace(origin, place)) return [];
      return [{ place: origin, message: `its input ${printShape(tensor.shape)} is made here` }];
    }),
    repairs: [],
  };
  m.report(fault);
}

/** In a Sequential the layer's own line is where a change would be made, and the call is nowhere in the text. */
const blamed = (m: Machine, record: LayerRecord): Place =>
  m.quiet === 0 && m.blame !== undefined ? m.blame : callPlace(m, record);
const callPlace = (m: Machine, record: LayerRecord): Place => (m.site === undefined ? record.place : m.here);
