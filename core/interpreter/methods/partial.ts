import { callValue } from "../calls.ts";
import { makeRecord } from "../containers.ts";
import type { Machine } from "../machine.ts";
import {
  type Arg,
  type MethodValue,
  type NativeValue,
  NONE_VALUE,
  str,
  tuple,
  unknown,
  type Value,
} from "../values.ts";

/**
 * A function with arguments given in advance. It is a method of one shared function, bound to the tuple of the called
 * function and, for each argument, its name (or None) and value: plain data, which states can be compared by.
 */
export function partialOf(called: Value, given: readonly Arg[]): MethodValue {
  const inner = called.kind === "method" && called.function === PARTIAL ? partsOf(called.self) : undefined;
  if (inner !== undefined) return partialOf(inner.called, together(inner.given, given));
  const pairs = given.map(({ name, value }) => tuple([name === undefined ? NONE_VALUE : str(name), value]));
  return { kind: "method", self: tuple([called, ...pairs]), function: PARTIAL };
}
/** Later ones after earlier ones; a name that is given again takes the new value. */
function together(before: readonly Arg[], now: readonly Arg[]): readonly Arg[] {
  const kept = before.filter(({ name }) => name === undefined || !now.some((it) => it.name === name));
  return [...kept.filter((it) => it.name === undefined), ...now, ...kept.filter((it) => it.name !== undefined)];
}

interface Parts {
  readonly called: Value;
  readonly given: readonly Arg[];
}

function partsOf(self: Value | undefined): Parts | undefined {
  if (self?.kind !== "tuple") return undefined;
  const [called, ...pairs] = self.items;
  if (called === undefined) return undefined;
  const given = pairs.flatMap((pair): Arg[] => {
    const [name, value] = pair.kind === "tuple" ? pair.items : [];
    return value === undefined ? [] : [{ name: name?.kind === "str" ? name.value : undefined, value }];
  });
  return { called, given };
}

/** Arguments of the call come after those given in advance; a name given again takes the new value. */
const PARTIAL: NativeValue = {
  kind: "native",
  name: "functools.partial",
  call: (m, { list, open }) => {
    const parts = partsOf(list[0]?.value);
    if (parts === undefined) return unknown("a partial function that is not known");
    const all = together(parts.given, list.slice(1));
    return callValue(m, parts.called, open === undefined ? { list: all } : { list: all, open });
  },
};

/** `func`, `args` and `keywords` of a partial function; undefined for other names and other methods. */
export function partialField(m: Machine, object: MethodValue, name: string): Value | undefined {
  const parts = object.function === PARTIAL ? partsOf(object.self) : undefined;
  if (parts === undefined) return undefined;
  if (name === "func") return parts.called;
  if (name === "args") return tuple(parts.given.filter((it) => it.name === undefined).map((it) => it.value));
  if (name !== "keywords") return undefined;
  return makeRecord(
    m,
    Object.fromEntries(parts.given.flatMap((it) => (it.name === undefined ? [] : [[it.name, it.value]]))),
  );
}
