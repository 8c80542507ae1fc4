import { dictOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Value } from "../../../../interpreter/values.ts";

/** The keys of a dictionary that is all known, where they are texts. */
export function keysOf(m: Machine, value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== "dict" || dictOf(m, value).open !== undefined) return undefined;
  const keys = [...dictOf(m, value).entries.values()].map(({ key }) => (key.kind === "str" ? key.value : undefined));
  return keys.includes(undefined) ? undefined : keys.flatMap((it) => it ?? []);
}

/** Names as a message lists them. */
export const listed = (names: readonly string[]): string => names.map((it) => `\`${it}\``).join(", ");
