import type { Machine } from "../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../interpreter/record.ts";
import type { Arg, Place } from "../../../interpreter/values.ts";
import type { LayerRecord } from "../runtime/records.ts";
import { parametersIn } from "./data/source.ts";
import { said } from "./setArgument.ts";

/**
 * Gives an argument of a layer another value where the program says it: in the call of the function that made the
 * layer, where it is a parameter of that; else where it stands.
 */
export function changeOf(
  m: Machine,
  { callers }: LayerRecord,
  arg: Arg & { readonly place: Place },
  name: string,
  value: string,
): PlacedEdit {
  const [call] = callers;
  const [parameter] = call === undefined ? [] : parametersIn(m, arg.node);
  return call === undefined || parameter === undefined || parameter.axis !== undefined
    ? { place: arg.place, text: said(arg, name, value) }
    : { place: call, text: `${parameter.parameter}=${value}`, form: "call argument" };
}
