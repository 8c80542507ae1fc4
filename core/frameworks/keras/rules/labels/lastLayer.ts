import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { type Arg, type Instance, type Place, stringOf, type Value } from "../../../../interpreter/values.ts";
import { printDim } from "../../../../tensor/dim.ts";
import { type LayerRecord, recordOf } from "../../runtime/records.ts";
import { endOf, type Meeting } from "../../training/meeting.ts";
import { wrapped } from "../passedOn.ts";
import { said } from "../setArgument.ts";

/** What a model ends with: the layer that decides how many numbers come out, and the activation behind it. */

const WIDTHS = ["units", "filters"] as const;
/** Layers that give out as many numbers as they take. */
const PASSING = new Set(["Activation", "Softmax", "ReLU", "LeakyReLU", "Dropout", "BatchNormalization", "Identity"]);

export interface LastLayer {
  readonly layer: Instance;
  readonly record: LayerRecord;
  /** Its `units` or `filters`. */
  readonly width: Arg & { readonly place: Place };
  readonly parameter: (typeof WIDTHS)[number];
}

export function lastLayer(meeting: Meeting): LastLayer | undefined {
  for (const layer of endOf(meeting)) {
    const outer = recordOf(meeting.m, layer);
    const record = outer?.declared === "TimeDistributed" ? wrapped(meeting.m, outer) : outer;
    if (record?.declared === undefined) return undefined;
    for (const parameter of WIDTHS) {
      const width = record.args[parameter];
      if (width?.place !== undefined) return { layer, record, width: { ...width, place: width.place }, parameter };
    }
    if (!PASSING.has(record.declared)) return undefined;
  }
  return undefined;
}

/** Sets the number of units of the last layer. */
export const widthEdit = ({ width, parameter }: LastLayer, size: number): PlacedEdit => ({
  place: width.place,
  text: said(width, parameter, printDim(size)),
});

/** The name of the activation that the output went through last, `linear` for none; undefined where it is not known. */
export function activationOf(meeting: Meeting): string | undefined {
  return activationAt(meeting)?.name;
}

export interface ActivationAt {
  readonly name: string;
  readonly record: LayerRecord;
  /** The argument that says it. */
  readonly arg: Arg | undefined;
}
const NAMES: Readonly<Record<string, string>> = { Softmax: "softmax", ReLU: "relu", LeakyReLU: "leaky_relu" };
const QUIET = new Set(["Dropout", "Identity"]);

export function activationAt(meeting: Meeting): ActivationAt | undefined {
  const { m } = meeting;
  for (const layer of endOf(meeting)) {
    const record = recordOf(m, layer);
    if (record?.declared === undefined) return undefined;
    const named = NAMES[record.declared];
    if (named !== undefined) return { name: named, record, arg: undefined };
    const arg = record.args["activation"];
    const name = arg === undefined ? "linear" : nameOf(arg.value);
    // It changes nothing: a program casts with it.
    if (record.declared === "Activation" && name === "linear") continue;
    if (record.declared === "Activation") return name === undefined ? undefined : { name, record, arg };
    if (record.declared.startsWith("Dense") || /^Conv\d/.test(record.declared))
      return name === undefined ? undefined : { name, record, arg };
    if (!QUIET.has(record.declared)) return undefined;
  }
  return undefined;
}

function nameOf(value: Value): string | undefined {
  if (value.kind === "none") return "linear";
  if (value.kind === "native") return value.name.slice(value.name.lastIndexOf(".") + 1);
  return stringOf(value);
}
