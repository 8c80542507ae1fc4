import { bindMember, memberOf } from "../attributes.ts";
import { defineMethod, doubtful } from "../builtins/define.ts";
import { makeRecord } from "../containers.ts";
import { iterate } from "../iterate.ts";
import type { Machine } from "../machine.ts";
import { type NativeValue, str, type TupleValue, tuple, unknown, type Value } from "../values.ts";
import { countIn, indexIn } from "./lists.ts";
import { plainOf } from "./receiver.ts";

/** Methods of tuples, of named tuples and of ranges. */

export const TUPLE_METHODS: Readonly<Record<string, NativeValue>> = {
  index: defineMethod("tuple.index", "self, value, /", (m, { self, value }) =>
    indexIn(m, iterate(m, plainOf(m, self)), value),
  ),
  count: defineMethod("tuple.count", "self, value, /", (m, { self, value }) =>
    countIn(m, iterate(m, plainOf(m, self)), value),
  ),
};

const NAMED_METHODS: Readonly<Record<string, NativeValue>> = {
  _replace: defineMethod("tuple._replace", "self, **named", (_, { self, named }) => {
    if (self.kind !== "tuple" || self.fields === undefined) return doubtful([self], "this is not a named tuple");
    const { fields } = self;
    const strange = [...named.keys()].find((name) => !fields.includes(name));
    if (strange !== undefined) return unknown(`there is no field ${strange}`);
    return { ...self, items: self.items.map((item, i) => named.get(fields[i] ?? "") ?? item) };
  }),
  _asdict: defineMethod("tuple._asdict", "self", (m, { self }) => {
    if (self.kind !== "tuple" || self.fields === undefined) return doubtful([self], "this is not a named tuple");
    const { items } = self;
    return makeRecord(m, Object.fromEntries(self.fields.map((name, i) => [name, items[i] ?? unknown("no value")])));
  }),
};

export function tupleField(m: Machine, object: TupleValue, name: string): Value | undefined {
  const at = object.fields?.indexOf(name) ?? -1;
  if (at >= 0) return object.items[at];
  if (object.fields !== undefined && name === "_fields") return tuple(object.fields.map(str));
  if (object.type !== undefined) {
    if (name === "__class__") return object.type;
    const member = memberOf(m, object.type, name)?.value;
    if (member !== undefined) return bindMember(m, member, object, object.type);
  }
  const method = (object.fields === undefined ? undefined : NAMED_METHODS[name]) ?? TUPLE_METHODS[name];
  return method === undefined ? undefined : { kind: "method", self: object, function: method };
}
