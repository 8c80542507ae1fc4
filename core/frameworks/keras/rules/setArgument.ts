import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Arg } from "../../../interpreter/values.ts";
import type { LayerRecord } from "../runtime/records.ts";

/** An argument as it stands in a call, with another value: by its name, or by its position as it was given. */
export const said = (arg: Arg, name: string, value: string): string =>
  arg.name === undefined ? value : `${name}=${value}`;

/** Gives a layer another value for an argument: in the place of the one it has, or as one more. */
export function setArgument({ place, args }: LayerRecord, name: string, value: string): PlacedEdit {
  const arg = args[name];
  return arg?.place === undefined
    ? { place, text: `${name}=${value}`, form: "argument" }
    : { place: arg.place, text: said(arg, name, value) };
}
