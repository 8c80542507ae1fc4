import { makeDict } from "./containers.ts";
import type { DictEntry, DictObject } from "./heap.ts";
import type { Machine } from "./machine.ts";
import { type ClassValue, type DictRef, type Instance, str, unknown, type Value } from "./values.ts";

/**
 * `vars(object)` and `object.__dict__`: a dictionary and an object that are one. Both are kept, and a change of one is
 * made to the other.
 */

/** Under this name an object keeps its dictionary, once somebody has asked for it. */
const DICTIONARY = "%dictionary";

/** The dictionary of an object's attributes. */
export function dictionaryOf(m: Machine, object: Instance): Value {
  const own = m.read(object.id);
  if (own?.kind !== "attributes") return unknown("the variables are not followed");
  const known = own.entries.get(DICTIONARY);
  if (known?.kind === "dict") return known;
  const entries = new Map<string, DictEntry>();
  for (const [name, value] of own.entries) {
    if (name.startsWith("%")) continue;
    const key = str(name);
    entries.set(`s:${name}`, own.maybe?.includes(name) ? { key, value, maybe: true } : { key, value });
  }
  const open = own.open ?? (own.maybe === undefined ? undefined : "it was set in one case only");
  const ref: DictRef = { kind: "dict", id: m.allocate({ kind: "dictObject", entries, open, mirror: object }) };
  m.write(object.id, { ...own, entries: new Map([...own.entries, [DICTIONARY, ref]]) });
  return ref;
}

/** An attribute was set, or deleted: its dictionary tells of it. */
export function attributeChanged(m: Machine, object: Instance, name: string, value: Value | undefined): void {
  const own = m.peek(object.id);
  const ref = own?.kind === "attributes" ? own.entries.get(DICTIONARY) : undefined;
  const dict = ref?.kind === "dict" ? m.read(ref.id) : undefined;
  if (ref?.kind !== "dict" || dict?.kind !== "dictObject" || name.startsWith("%")) return;
  const entries = new Map(dict.entries);
  if (value === undefined) entries.delete(`s:${name}`);
  else entries.set(`s:${name}`, { key: str(name), value });
  m.write(ref.id, { ...dict, entries });
}

/** Writes a dictionary, and the attributes of the object that it shows. */
export function writeDictionary(m: Machine, id: number, dict: DictObject): void {
  m.write(id, dict);
  const { mirror } = dict;
  const own = mirror === undefined ? undefined : m.read(mirror.id);
  if (mirror === undefined || own?.kind !== "attributes") return;
  const hidden = [...own.entries].filter(([name]) => name.startsWith("%"));
  const shown = [...dict.entries.values()].flatMap(({ key, value }): [string, Value][] =>
    key.kind === "str" ? [[key.value, value]] : [],
  );
  const maybe = [...dict.entries.values()].flatMap((it) =>
    it.maybe === true && it.key.kind === "str" ? [it.key.value] : [],
  );
  const entries = new Map([...hidden, ...shown]);
  m.write(mirror.id, { ...own, entries, open: dict.open ?? own.open, maybe: maybe.length > 0 ? maybe : undefined });
}

/** `object.__dict__ = dictionary` */
export function setDictionary(m: Machine, object: Instance, ref: DictRef): void {
  const [own, dict] = [m.read(object.id), m.read(ref.id)];
  if (own?.kind !== "attributes" || dict?.kind !== "dictObject") return;
  const hidden = [...own.entries].filter(([name]) => name.startsWith("%"));
  m.write(object.id, { ...own, entries: new Map([...hidden, [DICTIONARY, ref]]) });
  writeDictionary(m, ref.id, { ...dict, mirror: object });
}

/** The members of a class, with those that every class has. */
export function classVariables(m: Machine, type: ClassValue): Value {
  const own = m.read(type.id);
  if (own?.kind !== "attributes") return unknown("the variables of the class are not followed");
  const names = [...own.entries].filter(([name]) => !name.startsWith("%"));
  const others = ["__dict__", "__weakref__", "__doc__"].map((name) => [name, unknown(`${name} of a class`)] as const);
  const all = [["__module__", unknown("the name of the module", "str")] as const, ...names, ...others];
  return makeDict(m, new Map(all.map(([name, value]) => [`s:${name}`, { key: str(name), value }])), own.open);
}
