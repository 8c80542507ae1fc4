import { storeAttribute } from "../../interpreter/attributes.ts";
import { cachedProperty } from "../../interpreter/builtins/classes.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { anyTimes } from "../../interpreter/builtins/items.ts";
import { OBJECT } from "../../interpreter/builtins/lazyClass.ts";
import { callValue } from "../../interpreter/calls.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { evaluate } from "../../interpreter/evaluate.ts";
import { heldBy } from "../../interpreter/held.ts";
import { isInstance } from "../../interpreter/instances.ts";
import { iterate } from "../../interpreter/iterate.ts";
import { joinValues } from "../../interpreter/join.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { partialOf } from "../../interpreter/methods/partial.ts";
import {
  type Args,
  type ClassValue,
  type Code,
  type FunctionValue,
  isSubclass,
  type NativeValue,
  nativeClass,
  positional,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
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

/** `@wraps(f)`: the wrapper stays itself, and says for what it stands. */
const standsFor = (value: Value, wrapped: Value): Value => (value.kind === "function" ? { ...value, wrapped } : value);
const wraps = define("functools.wraps", "wrapped, *values, **named", (_, { wrapped }) =>
  define("functools.wrapper", "value", (_, { value }) => standsFor(value, wrapped)),
);

// ---- singledispatch -------------------------------------------------------------------------------------------------

/** A function that goes by the class of its first argument: what was registered, each with its type. */
const DISPATCHER: ClassValue = nativeClass("functools.singledispatch", [OBJECT], {
  __call__: {
    kind: "native",
    name: "functools.singledispatch.__call__",
    isMethod: true,
    call: (m, { list: [self, ...list], open }: Args): Value => {
      const first = list[0];
      if (self === undefined || first === undefined || first.name !== undefined || open !== undefined)
        return unknown(open ?? "a dispatch on nothing");
      const chosen = chosenFor(m, heldBy(m, self.value, TABLE), first.value);
      const callee = chosen ?? heldBy(m, self.value, PLAIN);
      return callee === undefined ? unknown("which function this calls is not known") : callValue(m, callee, { list });
    },
  },
  register: defineMethod("functools.singledispatch.register", "self, type, made?", (m, { self, type, made }) => {
    const add = (of: Value, value: Value): Value => {
      const table = heldBy(m, self, TABLE);
      if (self.kind === "instance" && table?.kind === "tuple")
        storeAttribute(m, self, TABLE, tuple([...table.items, tuple([of, value])]));
      return value;
    };
    if (made !== undefined) return add(type, made);
    if (type.kind === "function") return add(annotationOf(m, type), type);
    return define("functools.register", "made", (_, { made }) => add(type, made));
  }),
});
const [PLAIN, TABLE] = ["%plain", "%table"];

function dispatcher(m: Machine, plain: Value): Value {
  const made = emptyInstance(m, DISPATCHER);
  storeAttribute(m, made, PLAIN, plain);
  storeAttribute(m, made, TABLE, tuple([]));
  return made;
}
/** What the first parameter is said to be. */
function annotationOf(m: Machine, { code }: FunctionValue): Value {
  const annotation = (m.code(code) as Code | undefined)?.params[0]?.annotation;
  return annotation === undefined ? unknown("a parameter without a type") : evaluate(m, annotation);
}

/** Of the types that the argument is of the narrowest; undefined where it is of none of them. */
function chosenFor(m: Machine, table: Value | undefined, value: Value): Value | undefined {
  let found: { readonly type: Value; readonly made: Value } | undefined;
  // The same type may be registered anew.
  for (const entry of table?.kind === "tuple" ? table.items : [UNKNOWN_TABLE]) {
    const [type, made] = entry.kind === "tuple" ? entry.items : [];
    const is = type === undefined ? undefined : isInstance(m, value, type);
    if (is === undefined || type === undefined || made === undefined)
      return unknown("of which of the registered types this is is not known");
    if (is && (found === undefined || isNarrower(type, found.type))) found = { type, made };
  }
  return found?.made;
}
const UNKNOWN_TABLE = unknown("what is registered is not known");
const isNarrower = (type: Value, than: Value): boolean =>
  type.kind !== "class" || than.kind !== "class" || isSubclass(type, than);

export const FUNCTOOLS: Library = {
  name: "functools",
  members: table(
    partial,
    { ...partial, name: "functools.partialmethod", call: () => unknown("partialmethod is not followed") },
    define("functools.reduce", "made, iterable, start?, /", (m, { made, iterable, start }) =>
      reduced(m, made, iterable, start),
    ),
    wraps,
    define("functools.update_wrapper", "wrapper, wrapped, *values, **named", (_, { wrapper, wrapped }) =>
      standsFor(wrapper, wrapped),
    ),
    caching("functools.lru_cache"),
    caching("functools.cache"),
    keeps("functools.total_ordering"),
    define("functools.cached_property", "getter", (_, { getter }) => cachedProperty(getter)),
    define("functools.singledispatch", "plain", (m, { plain }) => dispatcher(m, plain)),
    atRunTime("functools.cmp_to_key", "cmp_to_key is not followed"),
  ),
};
