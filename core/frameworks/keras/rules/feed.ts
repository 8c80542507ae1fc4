import { callMethod } from "../../../interpreter/calls.ts";
import { dictOf, listOf, makeDict, makeList } from "../../../interpreter/containers.ts";
import type { DictEntry, State } from "../../../interpreter/heap.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { int, numberOf, type Place, positional, tuple, unknown, type Value } from "../../../interpreter/values.ts";
import { type Dim, NONE, times, unknown as unknownDim } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { arrayOf } from "../../operation/operand.ts";
import { type DatasetData, dataOf, firstRows, traced } from "../../tensorflow/data/dataset.ts";
import { leavesOf } from "../../tensorflow/data/spec.ts";

/** What a training method is given: arrays, or something that yields batches of them. */
export interface Feed {
  readonly x: Value;
  readonly y: Value | undefined;
  /** Set where `x` is a batch already: how many rows there are in all. */
  readonly rows?: Dim | undefined;
  /** Then also how many rows its first batch has, where it does not say so itself. */
  readonly first?: Dim | undefined;
  /** Then also the batch as it is yielded, of which `x` and `y` are parts. */
  readonly batch?: Value | undefined;
  /** Of a generator of Python's own: what stands behind its `yield`. */
  readonly yieldedAt?: Place | undefined;
}

/** Undefined where nothing is given. */
export function feedOf(m: Machine, x: Value | undefined, y: Value | undefined): Feed | undefined {
  if (x === undefined || x.kind === "none") return undefined;
  const data = dataOf(x);
  if (data !== undefined)
    return { ...split(traced(m, data.element), rowsOf(data)), first: data.batches && firstRows(data.batches) };
  const yielded = batchOf(m, x);
  if (yielded !== undefined) {
    const entry = x.kind === "iterator" ? m.read(x.id) : undefined;
    return { ...asFeed(m, yielded), yieldedAt: entry?.kind === "iteratorObject" ? entry.trail?.at : undefined };
  }
  return { x: plain(m, x), y: y === undefined || y.kind === "none" ? undefined : plain(m, y) };
}
const asFeed = (m: Machine, yielded: Value): Feed =>
  split(anyRows(m, yielded), unknownDim("how many rows it yields in all"));

/** The second and the last batch of a sequence whose length is known: what is wrong with its items is so by then. */
export function laterFeedsOf(m: Machine, x: Value | undefined): readonly Feed[] {
  if (x?.kind !== "instance" || arrayOf(m, x) !== undefined) return [];
  const length = numberOf(callMethod(m, x, "__len__", positional()));
  if (length === undefined) return [];
  const later = new Set([1, length - 1].filter((it) => it > 0 && it < length));
  const items = [...later].map((it) => callMethod(m, x, "__getitem__", positional(int(it))));
  return items.flatMap((it) => (it === undefined ? [] : [asFeed(m, it)]));
}

/** `(x, y)` or `(x, y, sample_weight)`; anything else is x alone. */
function split(element: Value, rows: Dim): Feed {
  if (element.kind !== "tuple" || element.items.length > 3) return { x: element, y: undefined, rows, batch: element };
  const [x, y] = element.items;
  return { x: x ?? unknown("an empty tuple of data"), y: y?.kind === "none" ? undefined : y, rows, batch: element };
}

function rowsOf({ element, length, batches }: DatasetData): Dim {
  if (batches !== undefined) return batches.of;
  const [first] = leavesOf(element) ?? [];
  if (first === undefined || !hasRank(first.shape) || first.shape.rank === 0 || first.shape.batch === NONE)
    return unknownDim("how many rows the data set has in all");
  return times(length, first.shape.batch);
}

/** A batch of what a generator yields next, or of a sequence's first item. */
function batchOf(m: Machine, x: Value): Value | undefined {
  if (x.kind === "iterator") {
    const entry = m.read(x.id);
    if (entry?.kind !== "iteratorObject") return unknown("what the generator yields");
    const next = entry.items[entry.position] ?? entry.rest?.element ?? unknown("a generator without an end");
    const { trail } = entry;
    return trail === undefined ? next : asYielded(m, trail.states[entry.position + 1] ?? trail.end, next);
  }
  if ((x.kind !== "instance" && x.kind !== "opaque") || arrayOf(m, x) !== undefined) return undefined;
  return callMethod(m, x, "__getitem__", positional(int(0)));
}

/** Lists and dictionaries as they stood when a generator yielded them, which nobody else has seen yet. */
function asYielded(m: Machine, state: State, value: Value): Value {
  if (value.kind === "tuple") return tuple(value.items.map((it) => asYielded(m, state, it)));
  if (value.kind === "list") {
    const { items, rest } = m.at(state, () => listOf(m, value));
    const element = rest && asYielded(m, state, rest.element);
    return makeList(
      m,
      items.map((it) => asYielded(m, state, it)),
      element && rest && { ...rest, element },
    );
  }
  if (value.kind !== "dict") return value;
  const { entries, open } = m.at(state, () => dictOf(m, value));
  const inside = [...entries].map(([hash, it]): [string, DictEntry] => [
    hash,
    { ...it, value: asYielded(m, state, it.value) },
  ]);
  return open === undefined ? makeDict(m, new Map(inside)) : value;
}

/** Keras takes batches of any size from a generator. */
function anyRows(m: Machine, value: Value): Value {
  if (value.kind === "tuple") return tuple(value.items.map((it) => anyRows(m, it)));
  if (value.kind === "tensor" && hasRank(value.shape) && value.shape.rank > 0)
    return { ...value, shape: value.shape.withBatch(NONE) };
  return changed(m, value, (it) => anyRows(m, it)) ?? plain(m, value);
}

/** Tables and the like become arrays. */
function plain(m: Machine, value: Value): Value {
  if (value.kind === "tuple") return tuple(value.items.map((it) => plain(m, it)));
  return arrayOf(m, value) ?? changed(m, value, (it) => plain(m, it)) ?? value;
}

/** A list or a dictionary of other things; undefined for anything else, or where nothing in it changes. */
function changed(m: Machine, value: Value, change: (value: Value) => Value): Value | undefined {
  if (value.kind === "list") {
    const { items, rest } = listOf(m, value);
    const made = items.map(change);
    return rest !== undefined || made.every((it, i) => it === items[i]) ? undefined : makeList(m, made);
  }
  if (value.kind !== "dict") return undefined;
  const { entries, open } = dictOf(m, value);
  const made = [...entries].map(([hash, it]): [string, DictEntry] => [hash, { ...it, value: change(it.value) }]);
  if (open !== undefined || made.every(([hash, it]) => it.value === entries.get(hash)?.value)) return undefined;
  return makeDict(m, new Map(made));
}
