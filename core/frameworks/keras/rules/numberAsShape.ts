import type { Machine } from "../../../interpreter/machine.ts";
import type { Arg, Place } from "../../../interpreter/values.ts";
import { printDim } from "../../../tensor/dim.ts";
import { versionIn } from "../version.ts";

/** Arguments that say the shape of an input. */
const NAMES = ["shape", "input_shape", "batch_shape"];

/** `Input(shape=(30))`: without its comma that is a number, which Keras 3 takes for no shape. */
export function refuseNumber(m: Machine, args: Readonly<Record<string, Arg>>, whole: Place): void {
  const name = NAMES.find((it) => args[it] !== undefined && args[it].value.kind !== "none");
  const arg = name === undefined ? undefined : args[name];
  if (versionIn(m) !== 3 || name === undefined || arg?.value.kind !== "int") return;
  const size = printDim(arg.value.size);
  const place = arg.place ?? whole;
  m.report({
    code: "bad-argument",
    severity: "error",
    place,
    message: `${name} is the number ${size}, and no shape: a shape of one axis has a comma, (${size},)`,
    related: [],
    repairs:
      arg.place === undefined
        ? []
        : [{ title: "A shape of one axis", preferred: true, edits: [{ place, text: "", form: "of one axis" }] }],
  });
}
