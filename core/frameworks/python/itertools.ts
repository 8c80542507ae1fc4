import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { allItems, anyOf, anyTimes, isUnknownItems } from "../../interpreter/builtins/items.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { callValue } from "../../interpreter/calls.ts";
import { equalValues, makeIterator } from "../../interpreter/containers.ts";
import { type Items, iterate } from "../../interpreter/iterate.ts";
import { joinValues } from "../../interpreter/join.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { binary, truth } from "../../interpreter/operators.ts";
import {
  int,
  type NativeValue,
  NONE_VALUE,
  nativeClass,
  numberOf,
  positional,
  reasonOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { atRunTime, type Library, table } from "./library.ts";

/** `itertools`: everything that ends is made at once. */

/** More items than this are not made. */
const MOST = 10_000;
const made = (m: Machine, items: readonly Value[]): Value => makeIterator(m, items);
const open = (m: Machine, element: Value | undefined, reason: string): Value =>
  makeIterator(m, [], { element: element ?? unknown(reason), reason });

function chained(m: Machine, values: readonly Value[]): Value {
  const items: Value[] = [];
  for (const [i, value] of values.entries()) {
    const source = iterate(m, value);
    items.push(...source.items);
    if (source.rest === undefined) continue;
    const others = values.slice(i + 1).map((it) => anyOf(iterate(m, it)));
    const element = others.filter((it) => it !== undefined).reduce(joinValues, source.rest.element);
    return makeIterator(m, items, { ...source.rest, element });
  }
  return made(m, items);
}

/** Every choice of one from each. */
function product(m: Machine, values: readonly Value[], repeat: number | undefined): Value {
  const sources: (readonly Value[])[] = [];
  for (const value of values) {
    const items = allItems(m, value);
    if (isUnknownItems(items)) return open(m, undefined, items.reason);
    sources.push(items);
  }
  if (repeat === undefined) return open(m, undefined, "how often it repeats is not known");
  const all = Array.from({ length: Math.min(repeat, 20) }, () => sources).flat();
  const count = all.reduce((total, it) => total * it.length, 1);
  if (count > MOST || repeat > 20) return open(m, undefined, "a product of very many");
  const rows = all.reduce<Value[][]>((sofar, it) => sofar.flatMap((row) => it.map((item) => [...row, item])), [[]]);
  return made(m, rows.map(tuple));
}

/** Choices of `size` places out of `count`, in lexical order. */
function* choices(
  count: number,
  size: number,
  next: (taken: readonly number[]) => number,
  repeats: boolean,
  taken: number[] = [],
): Generator<number[]> {
  if (taken.length === size) {
    yield [...taken];
    return;
  }
  for (let i = next(taken); i < count; i++) {
    if (!repeats && taken.includes(i)) continue;
    taken.push(i);
    yield* choices(count, size, next, repeats, taken);
    taken.pop();
  }
}

const choosing = (name: string, next: (taken: readonly number[]) => number, repeats: boolean): NativeValue =>
  define(`itertools.${name}`, "iterable, r?", (m, { iterable, r }) => {
    const items = allItems(m, iterable);
    if (isUnknownItems(items)) return open(m, undefined, items.reason);
    const size = r === undefined || r.kind === "none" ? items.length : numberOf(r);
    if (size === undefined) return open(m, undefined, "how many are chosen is not known");
    if (items.length ** Math.min(size, 30) > 1_000_000) return open(m, undefined, "very many choices");
    const rows = [...choices(items.length, size, next, repeats)];
    return made(
      m,
      rows.map((row) => tuple(row.map((i) => items[i] ?? NONE_VALUE))),
    );
  });

function sliced(m: Machine, iterable: Value, given: readonly (Value | undefined)[]): Value {
  const source: Items = iterate(m, iterable);
  const [a, b, c] = given.map((it) => (it === undefined || it.kind === "none" ? undefined : numberOf(it)));
  const doubt = given.find((it) => it !== undefined && it.kind !== "none" && numberOf(it) === undefined);
  if (doubt !== undefined) return open(m, anyOf(source), reasonOf(doubt) ?? "how many are taken is not known");
  const single = given[1] === undefined;
  const [start, stop, step] = single ? [0, a, 1] : [a ?? 0, b, c ?? 1];
  leave(m, iterable, source, stop);
  const items: Value[] = [];
  const end = Math.min(stop ?? Number.POSITIVE_INFINITY, source.items.length);
  for (let i = start; i < end; i += step) items.push(source.items[i] ?? NONE_VALUE);
  const short = source.rest !== undefined && (stop === undefined || source.items.length < stop);
  return short ? makeIterator(m, items, source.rest) : made(m, items);
}
/** What a slice leaves in an iterator can be read on. */
function leave(m: Machine, iterable: Value, source: Items, stop: number | undefined): void {
  if (iterable.kind !== "iterator" || stop === undefined) return;
  const { items, rest } = source;
  m.write(iterable.id, { kind: "iteratorObject", items: items.slice(stop), position: 0, rest });
}

function longest(m: Machine, values: readonly Value[], fill: Value): Value {
  const sources = values.map((it) => iterate(m, it));
  const reason = sources.find((it) => it.rest !== undefined)?.rest?.reason;
  if (reason !== undefined) return open(m, tuple(sources.map(() => unknown(reason))), reason);
  const length = Math.max(0, ...sources.map((it) => it.items.length));
  return made(
    m,
    Array.from({ length }, (_, i) => tuple(sources.map((it) => it.items[i] ?? fill))),
  );
}

function accumulated(m: Machine, iterable: Value, combine: Value | undefined, initial: Value | undefined): Value {
  const { items, rest } = iterate(m, iterable);
  const all = initial === undefined || initial.kind === "none" ? items : [initial, ...items];
  const sums: Value[] = [];
  for (const item of all) {
    const last = sums.at(-1);
    const plain = combine === undefined || combine.kind === "none";
    if (last === undefined) sums.push(item);
    else sums.push(plain ? binary(m, "+", last, item) : callValue(m, combine, positional(last, item)));
  }
  return makeIterator(m, sums, rest && { ...rest, element: unknown(rest.reason) });
}

/** Takes while the test holds, or drops so long. */
function whileTrue(m: Machine, test: Value, iterable: Value, takes: boolean): Value {
  const { items, rest } = iterate(m, iterable);
  for (const [i, item] of items.entries()) {
    const known = truth(m, callValue(m, test, positional(item)));
    if (known === true) continue;
    if (known === undefined) return open(m, anyOf({ items, rest }), "where the test ends is not known");
    return takes ? made(m, items.slice(0, i)) : makeIterator(m, items.slice(i), rest);
  }
  return makeIterator(m, takes ? items : [], rest);
}

function grouped(m: Machine, iterable: Value, key: Value | undefined): Value {
  const items = allItems(m, iterable);
  if (isUnknownItems(items)) return open(m, tuple([items, items]), items.reason);
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of items) {
    const plain = key === undefined || key.kind === "none";
    const own = plain ? item : callValue(m, key, positional(item));
    const last = groups.at(-1);
    const equal = last === undefined ? false : equalValues(m, last.key, own);
    if (equal === undefined) return open(m, undefined, "which items belong together is not known");
    if (equal && last !== undefined) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return made(
    m,
    groups.map((it) => tuple([it.key, makeIterator(m, it.items)])),
  );
}

const counted = define("itertools.count", "start?, step?", (m, { start, step }) => {
  const [first, by] = [start ?? int(0), step ?? int(1)];
  let value = first;
  const items: Value[] = [];
  for (let i = 0; i < 256; i++) {
    items.push(value);
    value = binary(m, "+", value, by);
  }
  const reason = "a count without end";
  return makeIterator(m, items, { element: unknown(reason), reason });
});

function starMapped(m: Machine, made: Value, iterable: Value): Value {
  const { items, rest } = iterate(m, iterable);
  const call = (item: Value): Value => {
    const row = iterate(m, item);
    const list = row.items.map((value) => ({ name: undefined, value }));
    return callValue(m, made, row.rest === undefined ? { list } : { list, open: row.rest.reason });
  };
  return makeIterator(m, items.map(call), rest && { ...rest, element: anyTimes(m, () => call(rest.element)) });
}

const FROM_ITERABLE = define("itertools.chain.from_iterable", "iterable, /", (m, { iterable }) => {
  const sources = iterate(m, iterable);
  if (sources.rest === undefined) return chained(m, sources.items);
  return open(m, anyOf(iterate(m, sources.rest.element)), sources.rest.reason);
});
const CHAIN = nativeClass("itertools.chain", [OBJECT], {
  __new__: define("itertools.chain", "type, *values", (m, { values }) => chained(m, values)),
  from_iterable: FROM_ITERABLE,
});

export const ITERTOOLS: Library = {
  name: "itertools",
  members: {
    chain: CHAIN,
    ...table(
      define("itertools.product", "*values, repeat?", (m, { values, repeat }) =>
        product(m, values, repeat === undefined ? 1 : numberOf(repeat)),
      ),
      choosing("permutations", () => 0, false),
      choosing("combinations", (taken) => (taken.at(-1) ?? -1) + 1, false),
      choosing("combinations_with_replacement", (taken) => taken.at(-1) ?? 0, true),
      define("itertools.islice", "iterable, start, stop?, step?, /", (m, { iterable, start, stop, step }) =>
        sliced(m, iterable, [start, stop, step]),
      ),
      define("itertools.zip_longest", "*values, fillvalue?", (m, { values, fillvalue }) =>
        longest(m, values, fillvalue ?? NONE_VALUE),
      ),
      define("itertools.accumulate", "iterable, func?, *, initial?", (m, { iterable, func, initial }) =>
        accumulated(m, iterable, func, initial),
      ),
      define("itertools.repeat", "value, times?", (m, { value, times }) => {
        const count = times === undefined ? undefined : numberOf(times);
        if (count !== undefined && count <= MOST)
          return made(
            m,
            Array.from({ length: Math.max(0, count) }, () => value),
          );
        return open(m, value, times === undefined ? "a value without end" : "how often it repeats is not known");
      }),
      define("itertools.cycle", "iterable", (m, { iterable }) => {
        const source = iterate(m, iterable);
        const often = Math.ceil(256 / Math.max(1, source.items.length));
        if (source.rest !== undefined || source.items.length === 0) return makeIterator(m, source.items, source.rest);
        const reason = "a cycle without end";
        const items = Array.from({ length: often }, () => source.items).flat();
        return makeIterator(m, items, { element: anyOf(source) ?? unknown(reason), reason });
      }),
      define("itertools.takewhile", "test, iterable, /", (m, { test, iterable }) => whileTrue(m, test, iterable, true)),
      define("itertools.dropwhile", "test, iterable, /", (m, { test, iterable }) =>
        whileTrue(m, test, iterable, false),
      ),
      define("itertools.starmap", "made, iterable, /", (m, { made, iterable }) => starMapped(m, made, iterable)),
      define("itertools.groupby", "iterable, key?", (m, { iterable, key }) => grouped(m, iterable, key)),
      define("itertools.pairwise", "iterable, /", (m, { iterable }) => {
        const items = allItems(m, iterable);
        if (isUnknownItems(items)) return open(m, tuple([items, items]), items.reason);
        return made(
          m,
          items.slice(1).map((item, i) => tuple([items[i] ?? item, item])),
        );
      }),
      define("itertools.compress", "data, selectors", (_, { data }) => doubtful([data], "compress is not followed")),
      atRunTime("itertools.tee", "tee is not followed"),
      counted,
    ),
  },
};
