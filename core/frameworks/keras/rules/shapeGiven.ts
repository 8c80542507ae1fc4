import { itemsOf } from "../../../interpreter/containers.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Repair } from "../../../interpreter/record.ts";
import { type Arg, type Args, sizeOf, type Value } from "../../../interpreter/values.ts";
import { printDim, provablyNegative } from "../../../tensor/dim.ts";
import { versionIn } from "../version.ts";

/**
 * What a program gives for the shape of an input, where Keras takes it for none: `(784)`, which is the number 784.
 * Keras 3 in `backend.standardize_shape`, Keras 2 in `tf.TensorShape`, which makes one axis of a number.
 */
export function refusedShape(m: Machine, name: string, given: Arg): string | undefined {
  const found = faultOf(m, given, name);
  if (found === undefined) return undefined;
  const { message, repairs = [] } = found;
  m.report({ code: "bad-argument", severity: "error", place: given.place ?? m.here, message, related: [], repairs });
  return "Keras takes it for no shape";
}

interface Found {
  readonly message: string;
  readonly repairs?: readonly Repair[];
}
function faultOf(m: Machine, given: Arg, name: string): Found | undefined {
  const { value } = given;
  if (value.kind === "int" || value.kind === "float") {
    if (value.kind === "int" && versionIn(m) === 2 && name === "shape") return undefined;
    const size = value.kind === "int" ? printDim(value.size) : "n";
    const message = `\`${name}\` takes a tuple of sizes, and this is a number: one axis is written (${size},)`;
    return { message, repairs: value.kind === "int" ? ofOneAxis(given) : [] };
  }
  if (value.kind === "str") return { message: `\`${name}\` takes a tuple of sizes, and this is a text` };
  const wrong = itemsOf(m, value)?.find(isNoSize);
  if (wrong === undefined) return undefined;
  if (wrong.kind === "int") return { message: `\`${name}\`: no size is below 0; None is one that may differ` };
  return { message: `\`${name}\`: each size is a whole number or None, and one of these is a ${wrong.kind}` };
}
const isNoSize = (it: Value): boolean => {
  if (it.kind === "float" || it.kind === "str" || it.kind === "tuple" || it.kind === "list") return true;
  const size = it.kind === "int" ? sizeOf(it) : undefined;
  return size !== undefined && provablyNegative(size);
};

function ofOneAxis({ place }: Arg): readonly Repair[] {
  if (place === undefined) return [];
  return [{ title: "A shape of one axis", preferred: true, edits: [{ place, text: "", form: "of one axis" }] }];
}

/** `keras.Input()` without anything that says its shape. */
export function lackingShape(m: Machine, given: Readonly<Record<string, Arg>>, { open }: Args): string {
  const isSaid = ["tensor", "type_spec"].some((it) => (given[it]?.value.kind ?? "none") !== "none");
  if (isSaid || open !== undefined) return "no shape is given";
  const message = "Input needs the shape of one sample, without the batch: keras.Input((784,))";
  m.report({ code: "missing-argument", severity: "error", place: m.here, message, related: [], repairs: [] });
  return "no shape is given, and Keras raises";
}
