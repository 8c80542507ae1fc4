import { identical, isPoly } from "../tensor/dim.ts";
import type { DictEntry, DictObject, ListObject, Rest } from "./heap.ts";
import type { Machine } from "./machine.ts";
import type { DictRef, ListRef, SetRef, Value } from "./values.ts";

/** Makers and readers of the language's own mutable containers. */

export const makeList = (m: Machine, items: readonly Value[], rest?: Rest | undefined): ListRef => ({
  kind: "list",
  id: m.allocate(rest === undefined ? { kind: "listObject", items } : { kind: "listObject", items, rest }),
});

export const makeDict = (
  m: Machine,
  entries: ReadonlyMap<string, DictEntry>,
  open?: string | undefined,
  factory?: Value | undefined,
): DictRef => ({ kind: "dict", id: m.allocate({ kind: "dictObject", entries, open, factory }) });

export function makeSet(m: Machine, items: readonly Value[]): SetRef {
  const entries = new Map<string, DictEntry>();
  let open: string | undefined;
  for (const value of items) {
    const hash = hashOf(value);
    if (hash === undefined) open ??= "an element that is not known";
    else entries.set(hash, { key: value, value });
  }
  return { kind: "set", id: m.allocate({ kind: "dictObject", entries, open }) };
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
  const entry = m.read(value.id);
  if (entry?.kind === "listObject") return entry;
  const reason = entry?.kind === "unknown" ? entry.reason : "what the list holds is not known";
  return { kind: "listObject", items: [], rest: { element: { kind: "unknown", reason }, reason } };
}

export function dictOf(m: Machine, value: DictRef | SetRef): DictObject {
  const entry = m.read(value.id);
  if (entry?.kind === "dictObject") return entry;
  const open = entry?.kind === "unknown" ? entry.reason : "what it holds is not known";
  return { kind: "dictObject", entries: new Map(), open };
}

/** A text that two values share exactly when Python finds them equal as keys; undefined where the value is not known. */
export function hashOf(value: Value): string | undefined {
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
    case "tuple": {
      const parts = value.items.map(hashOf);
      return parts.includes(undefined) ? undefined : `t(${parts.join(",")})`;
    }
    case "instance":
    case "class":
    case "list":
    case "dict":
    case "set":
      return `o:${value.id}`;
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

/** Whether two values are equal as Python's `==` has it, as far as that is certain. */
export function equalValues(m: Machine, a: Value, b: Value): boolean | undefined {
  if (a.kind === "unknown" || b.kind === "unknown") return undefined;
  if (a.kind === "int" && b.kind === "int" && typeof a.size !== "number" && identical(a.size, b.size)) {
    return isPoly(a.size) ? true : undefined;
  }
  const items = (it: Value): readonly Value[] | undefined =>
    it.kind === "tuple"
      ? it.items
      : it.kind === "list" && listOf(m, it).rest === undefined
        ? listOf(m, it).items
        : undefined;
  const [left, right] = [items(a), items(b)];
  if (left !== undefined && right !== undefined) {
    if (a.kind !== b.kind || left.length !== right.length) return false;
    const each = left.map((item, i) => equalValues(m, item, right[i] ?? item));
    return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
  }
  const [x, y] = [hashOf(a), hashOf(b)];
  return x === undefined || y === undefined ? undefined : x === y;
}
