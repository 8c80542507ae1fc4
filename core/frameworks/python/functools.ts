import { cachedProperty } from "../../interpreter/builtins/classes.ts";
import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { anyTimes } from "../../interpreter/builtins/items.ts";
import { callValue } from "../../interpreter/calls.ts";
import { iterate } from "../../interpreter/iterate.ts";
import { joinValues } from "../../interpreter/join.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { partialOf } from "../../interpreter/methods/partial.ts";
import { type Args, type NativeValue, positional, unknown, type Value } from "../../interpreter/values.ts";
import { atRunTime, keeps, type Library, table } from "./library.ts";

const partial: NativeValue = {
  kind: "native",
  name: "functools.partial",
  call: (_, { list, open }: Args): Value => {
    const [first, ...given] = list;
    if (first === undefined || first.name !== undefined) return unknown("partial of nothing");
    return open === undefined ? partialOf(first.value, given) : unknown(open);
  },
};

/** `reduce(function, iterable, start)`. */
function reduced(m: Machine, made: Value, iterable: Value, start: Value | undefined): Value {
  const { items, rest } = iterate(m, iterable);
  const all = start === undefined ? items : [start, ...items];
  const [first, ...others] = all;
  if (first === undefined) return doubtful([rest?.element], "reduce of nothing");
  const total = others.reduce((sofar, item) => callValue(m, made, positional(sofar, item)), first);
  if (rest === undefined) return total;
  return joinValues(
    total,
    anyTimes(m, () => callValue(m, made, positional(unknown(rest.reason), rest.element))),
  );
}

/** A decorator with or without arguments that leaves the function as it is: `@lru_cache`, `@lru_cache(maxsize=2)`. */
const caching = (name: string): NativeValue =>
  define(name, "value?, **named", (m, { value }) =>
    value !== undefined && ["function", "native", "method", "class", "static", "classmethod"].includes(value.kind)
      ? withMemory(m, value)
      : CACHES,
  );
const CACHES = define("functools.caches", "value", (m, { value }) => withMemory(m, value));
const withMemory = (m: Machine, value: Value): Value =>
  value.kind === "function" ? { ...value, kept: m.allocate({ kind: "dictObject", entries: new Map() }) } : value;
const KEEPS = keeps("functools.keeps");

/** `@wraps(f)`: the wrapper stays itself. */
const wraps = define("functools.wraps", "wrapped, *values, **named", () => KEEPS);

export const FUNCTOOLS: Library = {
  name: "functools",
  members: table(
    partial,
    { ...partial, name: "functools.partialmethod", call: () => unknown("partialmethod is not followed") },
    define("functools.reduce", "made, iterable, start?, /", (m, { made, iterable, start }) =>
      reduced(m, made, iterable, start),
    ),
    wraps,
    define("functools.update_wrapper", "wrapper, wrapped, *values, **named", (_, { wrapper }) => wrapper),
    caching("functools.lru_cache"),
    caching("functools.cache"),
    keeps("functools.total_ordering"),
    define("functools.cached_property", "getter", (_, { getter }) => cachedProperty(getter)),
    atRunTime("functools.singledispatch", "singledispatch is not followed"),
    atRunTime("functools.cmp_to_key", "cmp_to_key is not followed"),
  ),
};
