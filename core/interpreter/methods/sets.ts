import { defineMethod, doubtful } from "../builtins/define.ts";
import { allMembers, isUnknownItems } from "../builtins/items.ts";
import { dictOf, hashOf } from "../containers.ts";
import type { DictEntry, DictObject } from "../heap.ts";
import type { Machine } from "../machine.ts";
import { bool, type NativeValue, NONE_VALUE, reasonOf, type SetRef, unknown, type Value } from "../values.ts";
import { put, taken } from "../watching.ts";
import { plainOf, spoil, spoilEntries } from "./receiver.ts";

/** Python's `set` methods. */

type Rule<G> = (m: Machine, set: DictObject, given: G, ref: SetRef) => Value;
const onSet =
  <G extends { readonly self: Value }>(rule: Rule<G>) =>
  (m: Machine, given: G): Value => {
    const plain = plainOf(m, given.self);
    return plain.kind === "set" ? rule(m, dictOf(m, plain), given, plain) : doubtful([plain], "this is not a set");
  };

/** The elements of any iterable, as a set holds them. */
export function elementsOf(m: Machine, value: Value): DictObject {
  const plain = plainOf(m, value);
  if (plain.kind === "set") return dictOf(m, plain);
  const items = allMembers(m, plain);
  if (isUnknownItems(items)) return { kind: "dictObject", entries: new Map(), open: items.reason };
  const entries = new Map<string, DictEntry>();
  let open: string | undefined;
  for (const value of items) {
    const hash = hashOf(value);
    if (hash === undefined) open ??= reasonOf(value) ?? "an element that is not known";
    else if (!entries.has(hash)) entries.set(hash, { key: value, value });
  }
  return { kind: "dictObject", entries, open };
}

const made = (m: Machine, it: Omit<DictObject, "kind">, like?: Value): SetRef => {
  const id = m.allocate({ kind: "dictObject", entries: it.entries, open: it.open });
  return like?.kind === "set" && like.frozen === true ? { kind: "set", id, frozen: true } : { kind: "set", id };
};

type Combine = (a: DictObject, b: DictObject) => Omit<DictObject, "kind">;
const union: Combine = (a, b) => ({ entries: new Map([...b.entries, ...a.entries]), open: a.open ?? b.open });
/** Those of `a` that are in `b`, or are not; where that is not certain the result may hold more than is known. */
const kept =
  (inside: boolean): Combine =>
  (a, b) => {
    const entries = new Map<string, DictEntry>();
    let open = a.open;
    for (const [hash, entry] of a.entries) {
      const other = b.entries.get(hash);
      const there = other === undefined ? (b.open === undefined ? false : undefined) : other.maybe ? undefined : true;
      if (there === undefined) open ??= b.open ?? "whether an element is there";
      if (there === inside) entries.set(hash, entry);
    }
    return { entries, open };
  };
const intersection = kept(true);
const difference = kept(false);
const symmetric: Combine = (a, b) => {
  const [left, right] = [difference(a, b), difference(b, a)];
  return { entries: new Map([...left.entries, ...right.entries]), open: left.open ?? right.open };
};
/** Whether all of `a` is in `b`. */
function isWithin(a: DictObject, b: DictObject): boolean | undefined {
  let certain = a.open === undefined;
  for (const [hash, entry] of a.entries) {
    const other = b.entries.get(hash);
    if (other === undefined && b.open === undefined && entry.maybe !== true) return false;
    if (other === undefined || other.maybe === true) certain = false;
  }
  return certain ? true : undefined;
}
const answer = (known: boolean | undefined, reason: string | undefined): Value =>
  known === undefined ? unknown(reason ?? "what the sets hold is not known", "bool") : bool(known);

const COMBINED: Readonly<Record<string, Combine>> = { "|": union, "&": intersection, "-": difference, "^": symmetric };

/** `a | b` and its like for sets; undefined where it is no such operation. */
export function setOperation(m: Machine, op: string, left: Value, right: Value): Value | undefined {
  const combine = COMBINED[op];
  if (left.kind !== "set" || right.kind !== "set" || combine === undefined) return undefined;
  return made(m, combine(dictOf(m, left), dictOf(m, right)), left);
}
/** `a <= b` and its like for sets. */
export function setOrder(m: Machine, op: "<" | "<=", left: SetRef, right: SetRef): boolean | undefined {
  const [a, b] = [dictOf(m, left), dictOf(m, right)];
  const within = isWithin(a, b);
  if (op === "<=" || within !== true) return within;
  return b.open !== undefined ? undefined : a.entries.size < b.entries.size;
}

const combining = (name: string, combine: Combine): NativeValue =>
  defineMethod(
    `set.${name}`,
    "self, *others",
    onSet((m, it, { others }, ref) => {
      const all = others.reduce<DictObject>(
        (sum, other) => ({ kind: "dictObject", ...combine(sum, elementsOf(m, other)) }),
        it,
      );
      return made(m, all, ref);
    }),
  );
const changing = (name: string, combine: Combine): NativeValue =>
  defineMethod(
    `set.${name}`,
    "self, *others",
    onSet((m, it, { others }, ref) => {
      let all: DictObject = it;
      for (const other of others) all = { kind: "dictObject", ...combine(all, elementsOf(m, other)) };
      if (name === "update") for (const [hash, { value }] of all.entries) if (!it.entries.has(hash)) put(m, ref, value);
      m.write(ref.id, { kind: "dictObject", entries: all.entries, open: all.open });
      return NONE_VALUE;
    }),
    spoil,
  );

function remove(m: Machine, set: DictObject, value: Value, ref: SetRef): Value {
  taken(m, ref, [value]);
  return discard(m, set, value, ref);
}
function discard(m: Machine, set: DictObject, value: Value, ref: SetRef): Value {
  const hash = hashOf(value);
  if (hash === undefined) spoilEntries(m, ref, reasonOf(value) ?? "which element was removed is not known");
  else if (set.entries.has(hash)) {
    const entries = new Map(set.entries);
    entries.delete(hash);
    m.write(ref.id, { ...set, entries });
  }
  return NONE_VALUE;
}

function add(m: Machine, set: DictObject, value: Value, ref: SetRef): Value {
  put(m, ref, value);
  const hash = hashOf(value);
  if (hash === undefined)
    m.write(ref.id, { ...set, open: set.open ?? reasonOf(value) ?? "an element that is not known" });
  else m.write(ref.id, { ...set, entries: new Map([...set.entries, [hash, { key: value, value }]]) });
  return NONE_VALUE;
}

function popAny(m: Machine, set: DictObject, ref: SetRef): Value {
  const [only] = set.entries.values();
  if (only !== undefined && set.entries.size === 1 && set.open === undefined) {
    m.write(ref.id, { ...set, entries: new Map() });
    taken(m, ref, [only.key]);
    return only.key;
  }
  const reason = set.open ?? "which element a set gives is not known";
  if (only !== undefined || set.open !== undefined) spoilEntries(m, ref, reason);
  return unknown(only === undefined && set.open === undefined ? "the set is empty" : reason);
}

export const SET_METHODS: Readonly<Record<string, NativeValue>> = {
  add: defineMethod(
    "set.add",
    "self, value, /",
    onSet((m, it, { value }, ref) => add(m, it, value, ref)),
    spoil,
  ),
  remove: defineMethod(
    "set.remove",
    "self, value, /",
    onSet((m, it, { value }, ref) => remove(m, it, value, ref)),
    spoil,
  ),
  discard: defineMethod(
    "set.discard",
    "self, value, /",
    onSet((m, it, { value }, ref) => discard(m, it, value, ref)),
    spoil,
  ),
  pop: defineMethod(
    "set.pop",
    "self",
    onSet((m, it, _, ref) => popAny(m, it, ref)),
    spoil,
  ),
  clear: defineMethod(
    "set.clear",
    "self",
    onSet((m, it, _, ref) => {
      m.write(ref.id, { kind: "dictObject", entries: new Map() });
      taken(
        m,
        ref,
        [...it.entries.values()].map(({ value }) => value),
      );
      return NONE_VALUE;
    }),
    spoil,
  ),
  copy: defineMethod(
    "set.copy",
    "self",
    onSet((m, it, _, ref) => made(m, it, ref)),
  ),
  union: combining("union", union),
  intersection: combining("intersection", intersection),
  difference: combining("difference", difference),
  symmetric_difference: combining("symmetric_difference", symmetric),
  update: changing("update", union),
  intersection_update: changing("intersection_update", intersection),
  difference_update: changing("difference_update", difference),
  symmetric_difference_update: changing("symmetric_difference_update", symmetric),
  issubset: defineMethod(
    "set.issubset",
    "self, other, /",
    onSet((m, it, { other }) => answer(isWithin(it, elementsOf(m, other)), it.open)),
  ),
  issuperset: defineMethod(
    "set.issuperset",
    "self, other, /",
    onSet((m, it, { other }) => answer(isWithin(elementsOf(m, other), it), it.open)),
  ),
  isdisjoint: defineMethod(
    "set.isdisjoint",
    "self, other, /",
    onSet((m, it, { other }) => {
      const both = intersection(it, elementsOf(m, other));
      const some = [...both.entries.values()].some((entry) => entry.maybe !== true);
      return answer(some ? false : both.open === undefined ? true : undefined, both.open);
    }),
  ),
};
