import { defineMethod, doubtful } from "../builtins/define.ts";
import { allItems, isUnknownItems } from "../builtins/items.ts";
import { dictOf, hashOf, makeDict, mergedEntries } from "../containers.ts";
import type { DictEntry, DictObject } from "../heap.ts";
import { iterate } from "../iterate.ts";
import { joinValues } from "../join.ts";
import type { Machine } from "../machine.ts";
import { writeDictionary } from "../mirror.ts";
import { raised } from "../raising.ts";
import { setItem } from "../subscript.ts";
import { type DictRef, type NativeValue, NONE_VALUE, reasonOf, tuple, unknown, type Value } from "../values.ts";
import { put, taken, unwatched } from "../watching.ts";
import { plainOf, spoil, spoilEntries } from "./receiver.ts";
import { viewOf } from "./views.ts";

/** Python's `dict` methods. An open dictionary may hold more than what is known of it. */

type Rule<G> = (m: Machine, dict: DictObject, given: G, ref: DictRef) => Value;
const onDict =
  <G extends { readonly self: Value }>(rule: Rule<G>) =>
  (m: Machine, given: G): Value => {
    const plain = plainOf(m, given.self);
    return plain.kind === "dict"
      ? rule(m, dictOf(m, plain), given, plain)
      : doubtful([plain], "this is not a dictionary");
  };

const store = (m: Machine, ref: DictRef, dict: DictObject, entries: ReadonlyMap<string, DictEntry>): void =>
  writeDictionary(m, ref.id, { ...dict, entries });

/** What is there under a key, or what is given for a missing one. */
function get(dict: DictObject, key: Value, missing: Value): Value {
  const hash = hashOf(key);
  if (hash === undefined) return unknown(reasonOf(key) ?? "which key is not known");
  const entry = dict.entries.get(hash);
  if (entry !== undefined) return entry.maybe === true ? joinValues(entry.value, missing) : entry.value;
  return dict.open === undefined ? missing : unknown(dict.open);
}

function pop(m: Machine, dict: DictObject, key: Value, missing: Value | undefined, ref: DictRef): Value {
  const hash = hashOf(key);
  if (hash === undefined) {
    const reason = reasonOf(key) ?? "which key was popped is not known";
    spoilEntries(m, ref, reason);
    return unknown(reason);
  }
  const isMissing = missing === undefined && dict.open === undefined && !dict.entries.has(hash);
  if (isMissing) return raised(m, "KeyError", "there is no such key", key);
  const value = get(dict, key, missing ?? unknown("there is no such key"));
  const entry = dict.entries.get(hash);
  if (entry !== undefined) {
    store(m, ref, dict, without(dict.entries, hash));
    taken(m, ref, [entry.value]);
  }
  return value;
}
function without(entries: ReadonlyMap<string, DictEntry>, hash: string): ReadonlyMap<string, DictEntry> {
  const left = new Map(entries);
  left.delete(hash);
  return left;
}

function popLast(m: Machine, dict: DictObject, ref: DictRef, last: boolean): Value {
  const all = [...dict.entries];
  const first = last ? all.at(-1) : all[0];
  if (dict.open !== undefined) {
    spoilEntries(m, ref, dict.open);
    return unknown(dict.open);
  }
  if (first === undefined) return raised(m, "KeyError", "the dictionary is empty");
  store(m, ref, dict, without(dict.entries, first[0]));
  taken(m, ref, [first[1].value]);
  return tuple([first[1].key, first[1].value]);
}

const valuesIn = ({ entries }: DictObject): readonly Value[] => [...entries.values()].map((it) => it.value);

/** The entries that `dict(source, **named)` or `update` brings. */
export function entriesFrom(m: Machine, source: Value | undefined, named: ReadonlyMap<string, Value>): DictObject {
  const own = source === undefined ? NOTHING : sourceEntries(m, plainOf(m, source));
  const more = new Map<string, DictEntry>();
  for (const [name, value] of named) more.set(`s:${name}`, { key: { kind: "str", value: name }, value });
  return { kind: "dictObject", ...mergedEntries(own, { kind: "dictObject", entries: more }) };
}
const NOTHING: DictObject = { kind: "dictObject", entries: new Map() };

function sourceEntries(m: Machine, source: Value): DictObject {
  if (source.kind === "dict") return dictOf(m, source);
  if (source.kind === "tensor" || source.kind === "unknown" || source.kind === "opaque")
    return openDict(reasonOf(source));
  const pairs = allItems(m, source);
  if (isUnknownItems(pairs)) return openDict(pairs.reason);
  const entries = new Map<string, DictEntry>();
  for (const pair of pairs) {
    const { items, rest } = iterate(m, pair);
    const [key, value] = items;
    const hash = key === undefined ? undefined : hashOf(key);
    if (rest !== undefined || key === undefined || value === undefined || hash === undefined) {
      return openDict(rest?.reason ?? (key === undefined ? undefined : reasonOf(key)));
    }
    entries.set(hash, { key: entries.get(hash)?.key ?? key, value });
  }
  return { kind: "dictObject", entries };
}
const openDict = (reason: string | undefined): DictObject => ({
  kind: "dictObject",
  entries: new Map(),
  open: reason ?? "a key that is not known",
});

function update(m: Machine, dict: DictObject, given: DictObject, ref: DictRef): Value {
  const entries = new Map(given.entries);
  if (ref.watcher !== undefined)
    for (const [hash, it] of entries) entries.set(hash, { ...it, value: put(m, ref, it.value) });
  const more = { ...given, entries };
  writeDictionary(m, ref.id, { ...dict, ...mergedEntries(dict, more) });
  return NONE_VALUE;
}

function fromKeys(m: Machine, keys: Value, value: Value): Value {
  const items = allItems(m, keys);
  if (isUnknownItems(items)) return makeDict(m, new Map(), items.reason);
  const entries = new Map<string, DictEntry>();
  let open: string | undefined;
  for (const key of items) {
    const hash = hashOf(key);
    if (hash === undefined) open ??= reasonOf(key) ?? "a key that is not known";
    else entries.set(hash, { key, value });
  }
  return makeDict(m, entries, open);
}

function setDefault(m: Machine, dict: DictObject, key: Value, value: Value, ref: DictRef): Value {
  const found = get(dict, key, value);
  const hash = hashOf(key);
  const entry = hash === undefined ? undefined : dict.entries.get(hash);
  if (entry !== undefined && entry.maybe !== true) return found;
  setItem(m, ref, key, found);
  return found;
}

const viewMethods = (...parts: readonly ("keys" | "values" | "items")[]): Record<string, NativeValue> =>
  Object.fromEntries(
    parts.map((part) => [
      part,
      defineMethod(
        `dict.${part}`,
        "self",
        onDict((m, _, __, ref) => viewOf(m, ref, part)),
      ),
    ]),
  );

export const DICT_METHODS: Readonly<Record<string, NativeValue>> = {
  get: defineMethod(
    "dict.get",
    "self, key, missing?, /",
    onDict((_, it, { key, missing }) => get(it, key, missing ?? NONE_VALUE)),
  ),
  ...viewMethods("items", "keys", "values"),
  pop: defineMethod(
    "dict.pop",
    "self, key, missing?, /",
    onDict((m, it, { key, missing }, ref) => pop(m, it, key, missing, ref)),
    spoil,
  ),
  popitem: defineMethod(
    "dict.popitem",
    "self, last?",
    onDict((m, it, { last }, ref) => popLast(m, it, ref, last?.kind !== "bool" || last.value)),
    spoil,
  ),
  update: defineMethod(
    "dict.update",
    "self, other?, /, **named",
    onDict((m, it, { other, named }, ref) => update(m, it, entriesFrom(m, other, named), ref)),
    spoil,
  ),
  setdefault: defineMethod(
    "dict.setdefault",
    "self, key, value?, /",
    // A plain dictionary's sets no item by its method, an OrderedDict's does.
    onDict((m, it, { self, key, value }, ref) =>
      setDefault(m, it, key, value ?? NONE_VALUE, self.kind === "dict" ? unwatched(ref) : ref),
    ),
    spoil,
  ),
  copy: defineMethod(
    "dict.copy",
    "self",
    onDict((m, it) => makeDict(m, it.entries, it.open, it.factory)),
  ),
  clear: defineMethod(
    "dict.clear",
    "self",
    onDict((m, it, _, ref) => {
      writeDictionary(m, ref.id, { ...it, entries: new Map(), open: undefined });
      taken(m, ref, valuesIn(it));
      return NONE_VALUE;
    }),
    spoil,
  ),
};

/** `dict.fromkeys`, which needs no dictionary. */
export const FROM_KEYS = defineMethod("dict.fromkeys", "self, keys, value?, /", (m, { keys, value }) =>
  fromKeys(m, keys, value ?? NONE_VALUE),
);
