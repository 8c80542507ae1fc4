import type { Expression } from "../python/syntax.ts";
import {
  ceilDivide,
  type Dim,
  isSize,
  isUnknown,
  maximum,
  minimum,
  minus,
  NONE,
  plus,
  provablyPositive,
  symbol,
  times,
  unknown as unknownDim,
} from "../tensor/dim.ts";
import { hasRank } from "../tensor/shape.ts";
import { memberOf } from "./attributes.ts";
import { callMethod } from "./calls.ts";
import { dictOf, listOf } from "./containers.ts";
import { Raised } from "./exits.ts";
import { advance } from "./generators.ts";
import type { Rest } from "./heap.ts";
import { joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { guardedBy } from "./raising.ts";
import { needsNumber } from "./reading.ts";
import {
  type Instance,
  type IteratorRef,
  int,
  type Opaque,
  positional,
  reasonOf,
  str,
  type TensorValue,
  unknown,
  type Value,
} from "./values.ts";

export interface Items {
  readonly items: readonly Value[];
  /** There may be more, like this. */
  readonly rest?: Rest | undefined;
}
type Round = (round: number) => Value;
const named = new WeakMap<Rest, Round>();
/** The item of one round of many, under a name of its own: what it is in another round is not said. */
export const roundsOf = (rest: Rest): Round | undefined => named.get(rest);
/** How many items there are; undefined where that is not known. */
export const countOf = ({ items, rest }: Items): Dim | undefined =>
  rest === undefined ? items.length : rest.count === undefined ? undefined : plus(rest.count, items.length);
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
      needsNumber(m, value.start);
      needsNumber(m, value.stop);
      return rangeItems(m, value);
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
  const count = countOf(source);
  return {
    items: [],
    rest: { element: source.items.reduce(joinValues), reason, ...(count !== undefined && { count }) },
  };
}

/** In what order a set gives its elements is not known, but how many they are is. */
function shuffled(items: readonly Value[]): readonly Value[] {
  if (items.length < 2) return items;
  const any = items.reduce(joinValues);
  return items.map(() => any);
}

function rangeItems(m: Machine, value: Extract<Value, { kind: "range" }>): Items {
  const { start, stop, step } = value;
  if (typeof start !== "number" || typeof stop !== "number" || typeof step !== "number" || step === 0) {
    const parts = [start, stop, step];
    const reason = parts.find(isUnknown)?.reason ?? "how many rounds is not known";
    return { items: [], rest: { element: int(unknownDim(reason)), reason, ...counted(value) } };
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  const items = Array.from({ length: Math.min(length, UNROLLED) }, (_, i) => int(start + i * step));
  if (length <= UNROLLED) return { items };
  const reason = `a loop of ${length} rounds is not followed round by round`;
  const id = m.fresh();
  const rest: Rest = { element: int(unknownDim(reason)), reason, count: length };
  named.set(rest, (round) => {
    const at = minimum(symbol("i", { id: `round ${round} of loop ${id}` }), length - 1);
    return int(plus(start, times(step, at)));
  });
  return { items: [], rest };
}
/** Of a size that has a name. */
function counted({ start, stop, step }: Extract<Value, { kind: "range" }>): { readonly count?: Dim } {
  const length = ceilDivide(minus(stop, start), step);
  return isSize(length) ? { count: provablyPositive(length) ? length : maximum(length, 0) } : {};
}

const READ = "how far it was read is not known";
const CHANGED = "what the generator reads was changed after it was made";

function remaining(m: Machine, value: IteratorRef): Items {
  const entry = m.read(value.id);
  if (entry?.kind !== "iteratorObject") return notKnown(READ);
  const { items, position, rest, trail } = entry;
  m.write(value.id, { kind: "iteratorObject", items, position: items.length, rest });
  if (trail !== undefined && !advance(m, trail, position, true)) return notKnown(CHANGED);
  return { items: items.slice(position), rest };
}

/** The next item of an iterator, or what any of those that are left may be; undefined where it has none. */
export function step(m: Machine, value: IteratorRef): Value | Rest | undefined {
  const entry = m.read(value.id);
  if (entry?.kind !== "iteratorObject") return { element: unknown(READ), reason: READ };
  const { items, position, rest, trail } = entry;
  const item = items[position];
  if (trail !== undefined && !advance(m, trail, position, item === undefined && rest === undefined)) {
    const changed = { element: unknown(CHANGED), reason: CHANGED };
    m.write(value.id, { kind: "iteratorObject", items: [], position: 0, rest: changed });
    return changed;
  }
  if (item !== undefined) m.write(value.id, { ...entry, position: position + 1 });
  else if (trail !== undefined && rest === undefined) m.write(value.id, { kind: "iteratorObject", items, position });
  return item ?? rest;
}
export const isRest = (it: Value | Rest): it is Rest => !("kind" in it);

/** A tensor's rows along its first axis. */
function rows(m: Machine, tensor: TensorValue): Items {
  if (!hasRank(tensor.shape)) return notKnown(tensor.shape.reason);
  const length = tensor.shape.at(0);
  const row = (i: number): Value => tensor.family.subscript(m, tensor, int(i));
  if (typeof length === "number" && length <= 64) return { items: Array.from({ length }, (_, i) => row(i)) };
  const reason = length === NONE ? "the axis has any length" : "how many rows is not known";
  const any = tensor.family.subscript(m, tensor, int(unknownDim("which row is not known")));
  return { items: [], rest: { element: any, reason, ...(isSize(length) && { count: length }) } };
}

/** Items that a method of the user's own gives one by one: no more of them than this. */
const ASKED = 128;
/** And no more where they took so many steps, as batches do that are read and drawn in them. */
const COSTLY = 20_000;
/** Whether a round more may be asked for, of a loop that began at so many steps. */
export const mayAsk = (m: Machine, round: number, start: number): boolean =>
  round < ASKED && !(round > 1 && m.steps - start > COSTLY);

function instanceItems(m: Machine, value: Instance | Opaque): Items {
  const over = callMethod(m, value, "__iter__", positional());
  if (over !== undefined && over.kind !== "instance") return iterate(m, over);
  const asking = over ?? value;
  const name = value.class?.name ?? value.kind;
  if (asking.kind !== "instance") return notKnown(`what a ${name} yields is not known`);
  const items: Value[] = [];
  const start = m.steps;
  for (let i = 0; mayAsk(m, i, start) && !m.exhausted; i++) {
    const item = asked(m, asking, i);
    if (item === undefined) return { items };
    if (item.kind === "unknown") return { items, rest: { element: item, reason: item.reason } };
    items.push(item);
  }
  const reason = `how often a ${name} yields is not known`;
  return { items: [], rest: { element: items.reduce(joinValues, items[0] ?? unknown(reason)), reason } };
}

/** The item at `place`, of an iterator by `__next__`, of a sequence by `__getitem__`; undefined where it ends there. */
function asked(m: Machine, value: Instance, place: number): Value | undefined {
  const reason = `what a ${value.class.name} yields is not known`;
  const isOwn = value.class.mro.every((it) => it.open === undefined && it.members === undefined);
  if (memberOf(m, value.class, "__next__") !== undefined) return next(m, value);
  if (!isOwn || memberOf(m, value.class, "__getitem__") === undefined) return unknown(reason);
  const body = () => callMethod(m, value, "__getitem__", positional(int(place)));
  return untilRaised(m, "IndexError", body) as Value | undefined;
}

/** What `body` gives; undefined where it raises the exception. */
function untilRaised(m: Machine, name: string, body: () => Value | undefined): Value | undefined {
  const { guards } = m;
  m.guards = guardedBy(guards, [name]);
  try {
    return body();
  } catch (thrown) {
    if (!(thrown instanceof Raised) || thrown.value.kind !== "instance") throw thrown;
    if (!thrown.value.class.mro.some((it) => it.qualifiedName === `builtins.${name}`)) throw thrown;
    return undefined;
  } finally {
    m.guards = guards;
  }
}

/** The next item of an iterator; undefined where it certainly has none. */
export function next(m: Machine, value: Value): Value | undefined {
  if (value.kind === "instance" || value.kind === "opaque") {
    return untilRaised(m, "StopIteration", () => callMethod(m, value, "__next__", positional()));
  }
  if (value.kind !== "iterator") return unknown(reasonOf(value) ?? `a ${value.kind} is not an iterator`);
  const found = step(m, value);
  return found === undefined || !isRest(found) ? found : found.element;
}

/** It takes a part of something, also within a call: of what is not known that part may well be empty. */
export const takesPart = (node: Expression): boolean =>
  node.kind === "Subscript"
    ? node.index.kind === "Slice"
    : node.kind === "Call" && node.args.some(({ value }) => takesPart(value));
