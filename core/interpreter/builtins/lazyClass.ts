import { type ClassValue, nativeClass, type Value } from "../values.ts";

/** `object`: what every class has in the end. */
export const OBJECT: ClassValue = nativeClass("builtins.object", [], {});

/**
 * A class of the language's own whose members are looked up when they are first needed: the tables of methods refer to
 * each other. This module imports none of them, so that it can be read before any.
 */
export function lazyClass(
  qualifiedName: string,
  bases: readonly ClassValue[],
  members: () => Readonly<Record<string, Value>>,
): ClassValue {
  let made: ReadonlyMap<string, Value> | undefined;
  const get = (): ReadonlyMap<string, Value> => {
    made ??= new Map(Object.entries(members()));
    return made;
  };
  return Object.defineProperty(nativeClass(qualifiedName, bases, {}), "members", { enumerable: true, get });
}
