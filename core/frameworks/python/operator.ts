import { attributeOf } from "../../interpreter/attributes.ts";
import { define } from "../../interpreter/builtins/define.ts";
import { callValue } from "../../interpreter/calls.ts";
import { compare } from "../../interpreter/comparison.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { binary, truth, unary } from "../../interpreter/operators.ts";
import { subscript } from "../../interpreter/subscript.ts";
import {
  type Args,
  bool,
  type NativeValue,
  reasonOf,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import type { BinaryOp, CompareOp } from "../../python/syntax.ts";
import { type Library, table } from "./library.ts";

/** `operator`: the operators as functions. */

const BINARY: Readonly<Record<string, BinaryOp>> = {
  add: "+",
  sub: "-",
  mul: "*",
  truediv: "/",
  floordiv: "//",
  mod: "%",
  pow: "**",
  matmul: "@",
  and_: "&",
  or_: "|",
  xor: "^",
  lshift: "<<",
  rshift: ">>",
  iadd: "+",
  concat: "+",
};
const COMPARED: Readonly<Record<string, CompareOp>> = {
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  is_: "is",
  is_not: "is not",
};

/** Getters are bound to the tuple of what they get: `itemgetter(1, 2)` to `(1, 2)`. */
const getter = (name: string, get: (m: Machine, object: Value, wanted: Value) => Value): NativeValue => {
  const apply = define(`operator.${name}.call`, "wanted, object", (m, { wanted, object }) => {
    const items = wanted.kind === "tuple" ? wanted.items : [];
    const [only] = items;
    const got = items.map((it) => get(m, object, it));
    return only !== undefined && items.length === 1 ? (got[0] ?? only) : tuple(got);
  });
  return define(`operator.${name}`, "*wanted", (_, { wanted }) => ({
    kind: "method",
    self: tuple(wanted),
    function: apply,
  }));
};
function dotted(m: Machine, object: Value, wanted: Value): Value {
  const path = stringOf(wanted);
  if (path === undefined) return unknown(reasonOf(wanted) ?? "which attribute is not known");
  return path.split(".").reduce((at, name) => attributeOf(m, at, name), object);
}

/** `methodcaller(name, …)` is bound to the tuple of the name and the places. */
const CALLED: NativeValue = define("operator.methodcaller.call", "wanted, object", (m, { wanted, object }) => {
  const [name, ...given] = wanted.kind === "tuple" ? wanted.items : [];
  const key = stringOf(name);
  if (key === undefined) return unknown("which method is not known");
  return callValue(m, attributeOf(m, object, key), { list: given.map((value) => ({ name: undefined, value })) });
});
const caller: NativeValue = {
  kind: "native",
  name: "operator.methodcaller",
  call: (_, { list, open }: Args) =>
    open !== undefined || list.some((it) => it.name !== undefined)
      ? unknown(open ?? "methodcaller with names is not followed")
      : { kind: "method", self: tuple(list.map((it) => it.value)), function: CALLED },
};

export const OPERATOR: Library = {
  name: "operator",
  members: {
    ...Object.fromEntries(
      Object.entries(BINARY).map(([name, op]) => [
        name,
        define(`operator.${name}`, "a, b, /", (m, { a, b }) => binary(m, op, a, b)),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(COMPARED).map(([name, op]) => [
        name,
        define(`operator.${name}`, "a, b, /", (m, { a, b }) => compare(m, op, a, b)),
      ]),
    ),
    ...table(
      define("operator.neg", "a, /", (m, { a }) => unary(m, "-", a)),
      define("operator.not_", "a, /", (m, { a }) => unary(m, "not", a)),
      define("operator.truth", "a, /", (m, { a }) => {
        const known = truth(m, a);
        return known === undefined ? unknown(reasonOf(a) ?? "whether it is true is not known", "bool") : bool(known);
      }),
      define("operator.contains", "a, b, /", (m, { a, b }) => compare(m, "in", b, a)),
      define("operator.getitem", "a, b, /", (m, { a, b }) => subscript(m, a, b)),
      getter("itemgetter", subscript),
      getter("attrgetter", dotted),
      caller,
    ),
  },
};
