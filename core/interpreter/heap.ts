import { type Dim, identical, isPoly } from "../tensor/dim.ts";
import type { Trail } from "./generators.ts";
import type { Persistent } from "./persistent.ts";
import type { Instance, Value } from "./values.ts";

/** A list's items; `rest` says that more may follow, each like `element`. */
export interface ListObject {
  readonly kind: "listObject";
  readonly items: readonly Value[];
  readonly rest?: Rest | undefined;
}
export interface Rest {
  readonly element: Value;
  readonly reason: string;
  /** How many follow, where that is known. */
  readonly count?: Dim | undefined;
}
export interface DictEntry {
  readonly key: Value;
  readonly value: Value;
  /** It was set in one case and not in another: the dictionary is open, and a missing key is possible. */
  readonly maybe?: true | undefined;
}
/** Entries by the key's hash text, in order of insertion; `open` says that there may be others. Serves sets too. */
export interface DictObject {
  readonly kind: "dictObject";
  readonly entries: ReadonlyMap<string, DictEntry>;
  readonly open?: string | undefined;
  /** The object whose attributes these are: a change here is one there. */
  readonly mirror?: Instance | undefined;
  /** What a missing key makes, for a defaultdict. */
  readonly factory?: Value | undefined;
}
/** An instance's attributes or a class's members, in order of assignment; `open`: others may be there. */
export interface AttributesObject {
  readonly kind: "attributes";
  readonly entries: ReadonlyMap<string, Value>;
  readonly open?: string | undefined;
  /** Names that were set in one case and not in another. */
  readonly maybe?: readonly string[] | undefined;
  /** What a framework knows of an instance of its own; it is joined as a slot's data is. */
  readonly record?: object | undefined;
}
export interface IteratorObject {
  readonly kind: "iteratorObject";
  readonly items: readonly Value[];
  readonly position: number;
  readonly rest?: Rest | undefined;
  /** Of a generator: what it does between its items. */
  readonly trail?: Trail | undefined;
}
/** A framework's own record: immutable data. */
export interface SlotObject {
  readonly kind: "slot";
  readonly data: object;
}
export type HeapObject = ListObject | DictObject | AttributesObject | IteratorObject | SlotObject;
/** A cell holds a variable's value; another id holds an object. */
export type HeapEntry = Value | HeapObject;
export type State = Persistent<HeapEntry>;

/**
 * Structural equality of values and heap entries: data all the way down, with identity for what is shared by design
 * (scopes, classes, native functions, families of tensors).
 */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  compared = 0;
  return alike(a, b);
}

/** What shares its parts may be far larger than the heap that holds it: beyond so many parts it counts as different. */
const MOST = 200_000;
let compared = 0;

function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (++compared > MOST) return false;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => alike(item, b[i]));
  }
  if (a instanceof Map) return b instanceof Map && sameMaps(a, b);
  if (isPoly(a) || isPoly(b)) return isPoly(a) && isPoly(b) && identical(a, b);
  return sameRecords(a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>);
}

function sameMaps(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const other = others.next().value;
    if (other === undefined || other[0] !== key || !alike(value, other[1])) return false;
  }
  return true;
}

function sameRecords(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  // Trails, scopes, native functions and families are themselves only.
  if (
    Array.isArray(a["states"]) ||
    a["cells"] instanceof Map ||
    typeof a["call"] === "function" ||
    typeof a["operator"] === "function"
  )
    return false;
  if (a["kind"] === "class" && b["kind"] === "class" && a["id"] !== b["id"]) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key === "mro" || alike(a[key], b[key]));
}

/** Whether two states hold the same, and so lead to the same. */
export const sameState = (a: State, b: State): boolean => a === b || !a.differs(b, (_, mine, its) => !same(mine, its));
