import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { type Arg, type Instance, type Place, stringOf, type Value } from "../../../../interpreter/values.ts";
import { printDim, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
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
  /** What reshapes behind it were told, whose last size is its width. */
  readonly reshapes: readonly (Arg & { readonly place: Place })[];
}

export function lastLayer(meeting: Meeting): LastLayer | undefined {
  const reshapes: LastLayer["reshapes"][number][] = [];
  for (const layer of endOf(meeting)) {
    const outer = recordOf(meeting.m, layer);
    const target = outer?.declared === "Reshape" && isAsWide(outer) ? outer.args["target_shape"] : undefined;
    if (target?.place !== undefined) {
      reshapes.push({ ...target, place: target.place });
      continue;
    }
    const record = outer?.declared === "TimeDistributed" ? wrapped(meeting.m, outer) : outer;
    if (record?.declared === undefined) return undefined;
    for (const parameter of WIDTHS) {
      const width = record.args[parameter];
      if (width?.place !== undefined)
        return { layer, record, width: { ...width, place: width.place }, parameter, reshapes };
    }
    if (!PASSING.has(record.declared)) return undefined;
  }
  return undefined;
}

/** It puts the rows and columns of a map in a line, and leaves what each holds. */
function isAsWide({ inputs, outputs, args }: LayerRecord): boolean {
  const [before, after] = [inputs?.[0]?.shape, outputs !== undefined && "shape" in outputs && outputs.shape];
  if (before === undefined || !after || !hasRank(before) || !hasRank(after) || after.rank !== 3) return false;
  return args["target_shape"]?.value.kind === "tuple" && before.rank > 2 && provablyEqual(before.last, after.last);
}

/** The same of the reshapes behind it. */
export const reshapeEdits = ({ reshapes }: LastLayer, size: number): readonly PlacedEdit[] =>
  reshapes.map((it) => ({ place: it.place, text: said(it, "target_shape", `(-1, ${printDim(size)})`) }));

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
