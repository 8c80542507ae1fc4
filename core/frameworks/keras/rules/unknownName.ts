import type { Machine } from "../../../interpreter/machine.ts";
import type { Place } from "../../../interpreter/values.ts";
import { removalOf } from "../removed.ts";
import { isImportable, lookup, publicNames } from "../signatures.ts";
import { isExact } from "../version.ts";
import { nearest } from "./near.ts";

/** A name that a module of Keras's has not, and that is a slip of the hand away from one that it has. */
export function unknownName(m: Machine, spelled: string, place: Place): void {
  if (m.guarded > 0 || m.isStrict || !isExact(m) || removalOf(spelled) !== undefined) return;
  const near = nearBy(spelled);
  if (near === undefined || isSet(m, spelled)) return;
  const [module, short] = parted(spelled);
  m.report({
    code: "unknown-attribute",
    severity: "error",
    place,
    message: `${module} has no ${short}. Did you mean ${near}?`,
    related: [],
    repairs: [{ title: near, preferred: true, edits: [{ place, text: `${short} ${near}`, form: "respell" }] }],
  });
}

const found = new Map<string, string | undefined>();
/** It is asked for each name that a program takes of Keras, and most are there. */
function nearBy(spelled: string): string | undefined {
  if (!found.has(spelled)) found.set(spelled, find(spelled));
  return found.get(spelled);
}
function find(spelled: string): string | undefined {
  if (!/^(?:tensorflow\.)?keras\./.test(spelled) || isImportable(spelled)) return undefined;
  const [module, short] = parted(spelled);
  const own = module.replace(/^tensorflow\./, "");
  if (short.startsWith("_") || (own !== "keras" && lookup(own)?.kind !== "module")) return undefined;
  const names = publicNames().flatMap((it) => (parted(it)[0] === own ? [parted(it)[1]] : []));
  return nearest(
    short,
    names.filter((it) => isImportable(`${module}.${it}`)),
  );
}

const parted = (name: string): readonly [string, string] => {
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
};

/** A program may set what it likes on a module. */
function isSet(m: Machine, spelled: string): boolean {
  const set = m.read(m.setOnLibraries);
  return set?.kind !== "attributes" || [...set.entries.keys()].some((it) => it.endsWith(`.${parted(spelled)[1]}`));
}
