import { isUnknown, NONE, unknown as unknownDim } from "../tensor/dim.ts";
import { hasRank } from "../tensor/shape.ts";
import { memberOf } from "./attributes.ts";
import { callMethod } from "./calls.ts";
import { dictOf, listOf } from "./containers.ts";
import type { Rest } from "./heap.ts";
import { joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { int, positional, reasonOf, str, type TensorValue, unknown, type Value } from "./values.ts";

export interface Items {
  readonly items: readonly Value[];
  /** There may be more, like this. */
  readonly rest?: Rest | undefined;
}
/** Loops over more than this are not unrolled. */
export const UNROLLED = 1100;
/** Nor are loops within loops that have more rounds in all, 2¹² = 4,096: as powers of two. */
const NESTED = 12;
/** Whether so many rounds of a loop may be followed one by one where the machine is. */
export const mayUnroll = (m: Machine, count: number): boolean =>
  count <= UNROLLED && (count <= 1 || m.nesting + Math.log2(count) <= NESTED);

const notKnown = (reason: string): Items => ({ items: [], rest: { element: unknown(reason), reason } });

/** The items that a `for` over the value sees. */
export function iterate(m: Machine, value: Value): Items {
  switch (value.kind) {
    case "tuple":
      return { items: value.items };
    case "list":
      return listOf(m, value);
    case "dict":
    case "set": {
      const { entries, open } = dictOf(m, value);
      if (open !== undefined) return notKnown(open);
      const items = [...entries.values()].map((entry) => entry.key);
      return { items: value.kind === "set" ? shuffled(items) : items };
    }
    case "str":
      return value.value.length > 10_000 ? notKnown("a very long string") : { items: [...value.value].map(str) };
    case "class": {
      const members = memberOf(m, value, "%members")?.value;
      return members?.kind === "tuple" ? { items: members.items } : notKnown("a class is not iterated");
    }
    case "range":
      return rangeItems(value);
    case "iterator":
      return remaining(m, value);
    case "tensor":
      return rows(m, value);
    case "instance":
    case "opaque":
      return instanceItems(m, value);
    default:
      return notKnown(reasonOf(value) ?? `a ${value.kind} is not iterated`);
  }
}

/** The items that a loop goes through one by one; of very many, any of them any number of times. */
export function rounds(m: Machine, value: Value): Items {
  const refused = value.kind === "tensor" ? value.family.iterated?.(m, value) : undefined;
  const source = refused === undefined ? iterate(m, value) : notKnown(refused);
  if (mayUnroll(m, source.items.length)) return source;
  const reason = `a loop of ${source.items.length} rounds is not followed round by round`;
  m.steps += source.items.length;
  return { items: [], rest: { element: source.items.reduce(joinValues), reason } };
}

/** In what order a set gives its elements is not known, but how many they are is. */
function shuffled(items: readonly Value[]): readonly Value[] {
  if (items.length < 2) return items;
  const any = items.reduce(joinValues);
  return items.map(() => any);
}

function rangeItems(value: Extract<Value, { kind: "range" }>): Items {
  const { start, stop, step } = value;
  if (typeof start !== "number" || typeof stop !== "number" || typeof step !== "number" || step === 0) {
    const parts = [start, stop, step];
    const reason = parts.find(isUnknown)?.reason ?? "how many rounds is not known";
    return { items: [], rest: { element: int(unknownDim(reason)), reason } };
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const items = Array.from({ length: Math.min(length, UNROLLED) }, (_, i) => int(start + i * step));
  if (length <= UNROLLED) return { items };
  const reason = `a loop of ${length} rounds is not followed round by round`;
  return { items: [], rest: { element: int(unknownDim(reason)), reason } };
}

function remaining(m: Machine, value: Extract<Value, { kind: "iterator" }>): Items {
  const entry = m.read(value.id);
  if (entry?.kind !== "iteratorObject") return notKnown("how far it was read is not known");
  m.write(value.id, { ...entry, position: entry.items.length });
  return { items: entry.items.slice(entry.position), rest: entry.rest };
}

/** A tensor's rows along its first axis. */
function rows(m: Machine, tensor: TensorValue): Items {
  if (!hasRank(tensor.shape)) return notKnown(tensor.shape.reason);
  const length = tensor.shape.at(0);
  const row = (i: number): Value => tensor.family.subscript(m, tensor, int(i));
  if (typeof length === "number" && length <= 64) return { items: Array.from({ length }, (_, i) => row(i)) };
  const reason = length === NONE ? "the axis has any length" : "how many rows is not known";
  return { items: [], rest: { element: row(0), reason } };
}

function instanceItems(m: Machine, value: Extract<Value, { kind: "instance" | "opaque" }>): Items {
  const over = callMethod(m, value, "__iter__", positional());
  if (over !== undefined && over.kind !== "instance") return iterate(m, over);
  const element = over === undefined ? undefined : callMethod(m, over, "__next__", positional());
  const reason = `what a ${value.class?.name ?? value.kind} yields is not known`;
  return { items: [], rest: { element: element ?? unknown(reason), reason } };
}

/** The next item of an iterator; undefined where it certainly has none. */
export function next(m: Machine, value: Value): Value | undefined {
  if (value.kind === "instance") return callMethod(m, value, "__next__", positional());
  if (value.kind !== "iterator") return unknown(reasonOf(value) ?? `a ${value.kind} is not an iterator`);
  const entry = m.read(value.id);
  if (entry?.kind !== "iteratorObject") return unknown("how far it was read is not known");
  const item = entry.items[entry.position];
  if (item === undefined) return entry.rest?.element;
  m.write(value.id, { ...entry, position: entry.position + 1 });
  return item;
}
