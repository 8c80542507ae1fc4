import { storeAttribute } from "../../../interpreter/attributes.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Args, Instance } from "../../../interpreter/values.ts";

/** What an object of Keras's was made with, for those that are known by nothing else. */

const ARGUMENTS = "%arguments";
export const keepArguments = (m: Machine, self: Instance, args: Args): void =>
  storeAttribute(m, self, ARGUMENTS, { kind: "opaque", type: "arguments", data: args });

/** None where they were not kept. */
export function argumentsOf(m: Machine, self: Instance): Args {
  const entry = m.read(self.id);
  const kept = entry?.kind === "attributes" ? entry.entries.get(ARGUMENTS) : undefined;
  return kept?.kind === "opaque" ? (kept.data as Args) : { list: [] };
}
