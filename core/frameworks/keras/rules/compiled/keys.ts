import { dictOf } from "../../../../interpreter/containers.ts";
import type { Machine } from "../../../../interpreter/machine.ts";
import type { Repair } from "../../../../interpreter/record.ts";
import type { Arg, Value } from "../../../../interpreter/values.ts";
import type { Expression } from "../../../../python/syntax.ts";

/** The keys of a dictionary that is all known, where they are texts. */
export function keysOf(m: Machine, value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== "dict" || dictOf(m, value).open !== undefined) return undefined;
  const keys = [...dictOf(m, value).entries.values()].map(({ key }) => (key.kind === "str" ? key.value : undefined));
  return keys.includes(undefined) ? undefined : keys.flatMap((it) => it ?? []);
}

/** Names as a message lists them. */
export const listed = (names: readonly string[]): string => names.map((it) => `\`${it}\``).join(", ");

/** The one key of a dictionary in the text that is none of the names is called as the one name that has none. */
export function renamed(arg: Arg | undefined, keys: readonly string[], names: readonly string[]): readonly Repair[] {
  const [strange, without] = [keys.filter((it) => !names.includes(it)), names.filter((it) => !keys.includes(it))];
  const [key, name] = [strange[0], without[0]];
  if (arg?.place === undefined || arg.node?.kind !== "Dict" || strange.length !== 1 || without.length !== 1) return [];
  const entry = arg.node.entries.find((it) => isText(it.key, key));
  if (entry?.key === undefined) return [];
  const edit = { place: { ...arg.place, span: entry.key.span }, text: `"${name}"` };
  return [{ title: edit.text, preferred: true, edits: [edit] }];
}
const isText = (node: Expression | undefined, text: string | undefined): boolean =>
  node?.kind === "Constant" && node.value.kind === "str" && node.value.value === text;
