import type { Value } from "./values.ts";

const TABLE: ReadonlyMap<string, Value> = new Map();

/** What a name means that no scope binds: Python's own `builtins`. */
export const builtin = (name: string): Value | undefined => TABLE.get(name);
