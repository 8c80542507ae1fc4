import { identical, isSize, provablyDifferent } from "../tensor/dim.ts";
import { callMethod } from "./calls.ts";
import type { Trail } from "./generators.ts";
import type { DictEntry, DictObject, ListObject, Rest } from "./heap.ts";
import type { Machine } from "./machine.ts";
import { loadAwaited } from "./modules.ts";
import type { DictRef, IteratorRef, ListRef, SetRef, TupleValue, Value } from "./values.ts";

/** Makers and readers of the language's own mutable containers. */

export const makeList = (m: Machine, items: readonly Value[], rest?: Rest | undefined): ListRef => {
  const id = m.allocate(rest === undefined ? { kind: "listObject", items } : { kind: "listObject", items, rest });
  return items.length === 0 && m.isImporting ? { kind: "list", id, awaits: true } : { kind: "list", id };
};

export const makeDict = (
  m: Machine,
  entries: ReadonlyMap<string, DictEntry>,
  open?: string | undefined,
  factory?: Value | undefined,
): DictRef => {
  const id = m.allocate({ kind: "dictObject", entries, open, factory });
  return entries.size === 0 && m.isImporting ? { kind: "dict", id, awaits: true } : { kind: "dict", id };
};

/** An iterator over items that are known now; it is read once. */
export const makeIterator = (
  m: Machine,
  items: readonly Value[],
  rest?: Rest | undefined,
  trail?: Trail | undefined,
): IteratorRef => ({
  kind: "iterator",
  id: m.allocate({
    kind: "iteratorObject",
    items,
    position: 0,
    ...(rest !== undefined && { rest }),
    ...(trail !== undefined && { trail }),
  }),
});

/** What `{**a, **b}` holds: where `b` may hold more than is known, each entry of `a` may have been replaced. */
export function mergedEntries(a: DictObject, b: DictObject): Pick<DictObject, "entries" | "open"> {
  const entries = new Map<string, DictEntry>();
  for (const [hash, entry] of a.entries) {
    entries.set(hash, b.open === undefined ? entry : { ...entry, value: { kind: "unknown", reason: b.open } });
  }
  for (const [hash, entry] of b.entries) {
    const before = a.entries.get(hash);
    if (entry.maybe === true && before !== undefined) {
      entries.set(hash, { ...before, value: { kind: "unknown", reason: b.open ?? "whether the key is there" } });
    } else entries.set(hash, entry);
  }
  return { entries, open: a.open ?? b.open };
}

export function makeSet(m: Machine, items: readonly Value[]): SetRef {
  const entries = new Map<string, DictEntry>();
  let open: string | undefined;
  for (const value of items) {
    const hash = hashOf(value);
    if (hash === undefined) open ??= "an element that is not known";
    else entries.set(hash, { key: value, value });
  }
  const id = m.allocate({ kind: "dictObject", entries, open });
  return items.length === 0 && m.isImporting ? { kind: "set", id, awaits: true } : { kind: "set", id };
}

/** A dictionary from string keys. */
export function makeRecord(m: Machine, record: Readonly<Record<string, Value>>): DictRef {
  const pairs = Object.entries(record).map(([name, value]): [string, DictEntry] => [
    `s:${name}`,
    { key: { kind: "str", value: name }, value },
  ]);
  return makeDict(m, new Map(pairs));
}

export function listOf(m: Machine, value: ListRef): ListObject {
  if (value.awaits === true) loadAwaited(m);
  const entry = m.read(value.id);
  if (entry?.kind === "listObject") return entry;
  const reason = entry?.kind === "unknown" ? entry.reason : "what the list holds is not known";
  return { kind: "listObject", items: [], rest: { element: { kind: "unknown", reason }, reason } };
}

export function dictOf(m: Machine, value: DictRef | SetRef): DictObject {
  if (value.awaits === true) loadAwaited(m);
  const entry = m.read(value.id);
  if (entry?.kind === "dictObject") return entry;
  const open = entry?.kind === "unknown" ? entry.reason : "what it holds is not known";
  return { kind: "dictObject", entries: new Map(), open };
}

/**
 * A text that two values share exactly when Python finds them equal as keys; undefined where the value is not known.
 */
export const hashOf = (value: Value): string | undefined =>
  value.kind === "tuple" ? tupleHash(value, { left: LONGEST_KEY }) : plainHash(value);

/** More parts than this are no key: tuples that share theirs may have any number of them. */
const LONGEST_KEY = 2000;
function tupleHash(value: TupleValue, budget: { left: number }): string | undefined {
  const parts: string[] = [];
  for (const item of value.items) {
    if (--budget.left < 0) return undefined;
    const part = item.kind === "tuple" ? tupleHash(item, budget) : plainHash(item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return `t(${parts.join(",")})`;
}

function plainHash(value: Exclude<Value, TupleValue>): string | undefined {
  switch (value.kind) {
    case "str":
      return `s:${value.value}`;
    case "bytes":
      return `y:${value.value}`;
    case "bool":
      return `n:${Number(value.value)}`;
    case "int":
      return typeof value.size === "number" ? `n:${value.size}` : undefined;
    case "float":
      return `n:${value.value}`;
    case "none":
      return "none";
    case "ellipsis":
      return "ellipsis";
    case "instance":
      // Where a class says what is equal, two of its instances may be one key.
      return value.class.decidesEquality === true ? undefined : `o:${value.id}`;
    case "class":
    case "list":
    case "dict":
      return `o:${value.id}`;
    case "set":
      // Frozen sets are equal by what they hold.
      return value.frozen === true ? undefined : `o:${value.id}`;
    case "tensor":
      return value.id > 0 ? `o:${value.id}` : undefined;
    case "function":
      return `f:${value.code}:${value.scope.id}`;
    case "native":
    case "module":
      return `m:${value.name}`;
    default:
      return undefined;
  }
}

/** Nested further than this, or referring to themselves, values are not compared. */
const DEEPEST = 12;

/** Whether two values are equal as Python's `==` has it, as far as that is certain. */
export function equalValues(m: Machine, a: Value, b: Value, depth = 0): boolean | undefined {
  const [mine, its] = [familyOf(a), familyOf(b)];
  if (mine !== undefined && its !== undefined && mine !== its) return false;
  if (a.kind === "unknown" || b.kind === "unknown" || depth > DEEPEST) return undefined;
  if (a.kind === "int" && b.kind === "int") {
    if (provablyDifferent(a.size, b.size)) return false;
    return isSize(a.size) && isSize(b.size) && identical(a.size, b.size) ? true : undefined;
  }
  if (a.kind === "float" && b.kind === "float") return a.value === b.value;
  if (a.kind === "tuple" || a.kind === "list") return a.kind === b.kind ? equalItems(m, a, b, depth) : unequal(m, a, b);
  if (a.kind === "dict" || a.kind === "set") return a.kind === b.kind ? equalEntries(m, a, b, depth) : unequal(m, a, b);
  return unequal(m, a, b);
}

/** Values of two families are never equal, whatever they are; undefined where a class may decide otherwise. */
function familyOf(value: Value): string | undefined {
  const kind = value.kind === "unknown" ? value.type : value.kind;
  if (kind === "int" || kind === "float" || kind === "bool") return "number";
  return kind !== undefined && PLAIN_KINDS.has(kind) ? kind : undefined;
}
const PLAIN_KINDS: ReadonlySet<string> = new Set([
  "none",
  "str",
  "bytes",
  "tuple",
  "list",
  "dict",
  "module",
  "function",
]);

/** Whether values that are no containers of one kind are equal: by what they are as keys. */
function unequal(m: Machine, a: Value, b: Value): boolean | undefined {
  for (const [one, other] of [[a, b] as const, [b, a] as const]) {
    if (one.kind !== "instance") continue;
    const equal = callMethod(m, one, "__eq__", { list: [{ name: undefined, value: other }] });
    if (equal !== undefined) return equal.kind === "bool" ? equal.value : undefined;
    if (one.class.mro.some((it) => it.open !== undefined)) return undefined;
  }
  const [x, y] = [hashOf(a), hashOf(b)];
  return x === undefined || y === undefined ? undefined : x === y;
}

function equalItems(m: Machine, a: Value, b: Value, depth: number): boolean | undefined {
  const list = (it: Value): Pick<ListObject, "items" | "rest"> =>
    it.kind === "tuple" ? it : it.kind === "list" ? listOf(m, it) : { items: [] };
  const [left, right] = [list(a), list(b)];
  if (left.rest !== undefined || right.rest !== undefined) return a === b ? true : undefined;
  if (left.items.length !== right.items.length) return false;
  m.steps += left.items.length;
  if (m.exhausted) return undefined;
  const each = left.items.map((item, i) => equalValues(m, item, right.items[i] ?? item, depth + 1));
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
}

function equalEntries(m: Machine, a: DictRef | SetRef, b: Value, depth: number): boolean | undefined {
  if (b.kind !== a.kind) return false;
  const [left, right] = [dictOf(m, a), dictOf(m, b)];
  if (left.open !== undefined || right.open !== undefined) return a.id === b.id ? true : undefined;
  if (left.entries.size !== right.entries.size) return false;
  let certain = true;
  for (const [hash, entry] of left.entries) {
    const other = right.entries.get(hash);
    if (other === undefined) return false;
    const equal = a.kind === "set" || equalValues(m, entry.value, other.value, depth + 1);
    if (equal === false) return false;
    if (equal === undefined) certain = false;
  }
  return certain ? true : undefined;
}

/** The items of a tuple, or of a list that is all known. */
export function itemsOf(m: Machine, value: Value): readonly Value[] | undefined {
  if (value.kind === "tuple") return value.items;
  if (value.kind !== "list") return undefined;
  const { items, rest } = listOf(m, value);
  return rest === undefined ? items : undefined;
}
