import { CLASS_METHOD, PROPERTY, STATIC_METHOD, SUPER, TYPE } from "./builtins/classes.ts";
import { EXCEPTIONS } from "./builtins/exceptions.ts";
import { OBJECT } from "./builtins/lazyClass.ts";
import { NUMBER_FUNCTIONS } from "./builtins/numbers.ts";
import { OBJECT_FUNCTIONS } from "./builtins/objects.ts";
import { SEQUENCE_FUNCTIONS } from "./builtins/sequences.ts";
import {
  BOOL,
  BYTEARRAY,
  BYTES,
  COMPLEX,
  DICT,
  FLOAT,
  FROZENSET,
  INT,
  LIST,
  MEMORYVIEW,
  RANGE,
  SET,
  SLICE,
  STR,
  TUPLE,
} from "./builtins/types.ts";
import { ELLIPSIS, TRUE, unknown, type Value } from "./values.ts";

/** The table is made when a name is first looked up: by then every module that it draws on has been read. */
let table: ReadonlyMap<string, Value> | undefined;

function makeTable(): ReadonlyMap<string, Value> {
  const types = [OBJECT, INT, FLOAT, STR, BOOL, LIST, TUPLE, DICT, SET, FROZENSET, BYTES, BYTEARRAY, MEMORYVIEW];
  types.push(COMPLEX, RANGE, SLICE, TYPE, PROPERTY, STATIC_METHOD, CLASS_METHOD, SUPER);
  return new Map<string, Value>([
    ...types.map((it) => [it.name, it] as const),
    ...EXCEPTIONS,
    ...[...NUMBER_FUNCTIONS, ...SEQUENCE_FUNCTIONS, ...OBJECT_FUNCTIONS].map((it) => [it.name, it] as const),
    ["Ellipsis", ELLIPSIS],
    ["NotImplemented", unknown("NotImplemented")],
    ["__debug__", TRUE],
  ]);
}

/** What a name means that no scope binds: Python's own `builtins`. */
export function builtin(name: string): Value | undefined {
  table ??= makeTable();
  return table.get(name);
}
