import type { Machine } from "../../../interpreter/machine.ts";
import type { Fault } from "../../../interpreter/record.ts";
import { type Place, samePlace, type TensorValue } from "../../../interpreter/values.ts";
import { printShape } from "../../../tensor/shape.ts";
import type { Violation } from "../define.ts";
import { type Explanation, explain } from "../rules/refusals/index.ts";
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
  if (violation === undefined) return;
  // What was meant raises no error of its own; that it will once the fault before it is mended is worth knowing.
  const assumed = tensors.some((tensor) => tensor.assumed);
  const argument = violation.argument === undefined ? undefined : record.args[violation.argument]?.place;
  const crash = argument ?? blamed(m, record);
  const cause: Explanation = assumed ? { repairs: [] } : explain({ m, record, violation, tensors });
  const place = cause.place ?? crash;
  const message = cause.message ?? violation.message;
  const made = tensors.flatMap(({ origin, shape }) =>
    origin === undefined ? [] : [{ place: origin, message: `its input ${printShape(shape)} is made here` }],
  );
  const fault: Fault = {
    code: cause.code ?? violation.code,
    severity: assumed ? "information" : "error",
    place,
    message: assumed ? `Behind the fault before it: ${message}` : message,
    related: [{ place: crash, message: "Keras raises here" }, ...made].filter((it) => !samePlace(it.place, place)),
    repairs: cause.repairs,
  };
  m.report(fault);
}

/** In a Sequential the layer's own line is where a change would be made, and the call is nowhere in the text. */
const blamed = (m: Machine, record: LayerRecord): Place =>
  m.quiet === 0 && m.blame !== undefined ? m.blame : callPlace(m, record);
const callPlace = (m: Machine, record: LayerRecord): Place => (m.site === undefined ? record.place : m.here);
