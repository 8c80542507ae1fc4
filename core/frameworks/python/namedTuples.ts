import { memberOf } from "../../interpreter/attributes.ts";
import { define, doubtful } from "../../interpreter/builtins/define.ts";
import { allItems, isUnknownItems } from "../../interpreter/builtins/items.ts";
import { lazyClass } from "../../interpreter/builtins/lazyClass.ts";
import { TUPLE } from "../../interpreter/builtins/types.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  type ClassValue,
  nativeClass,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";

/** Named tuples: a class keeps the names of its fields in `%fields`, and what stands beside a name is its default. */

const fieldsOf = (m: Machine, type: ClassValue): readonly string[] | undefined => {
  const names = memberOf(m, type, "%fields")?.value;
  return names?.kind === "tuple" ? names.items.flatMap((it) => stringOf(it) ?? []) : undefined;
};

/** Makes a tuple of the class from the arguments of a call. */
function make(m: Machine, type: ClassValue, { list, open }: Args): Value {
  const fields = fieldsOf(m, type);
  if (fields === undefined) return unknown(`the fields of ${type.name} are not known`);
  const given = new Map<string, Value>();
  let at = 0;
  for (const { name, value } of list) {
    const field = name ?? fields[at++];
    if (field === undefined || !fields.includes(field)) return unknown(`${type.name} does not take these arguments`);
    given.set(field, value);
  }
  const items = fields.map(
    (field) => given.get(field) ?? (open === undefined ? memberOf(m, type, field)?.value : unknown(open)),
  );
  const missing = fields.find((_, i) => items[i] === undefined);
  if (missing !== undefined) return unknown(`no value is given for ${missing}`);
  return { kind: "tuple", items: items.filter((it) => it !== undefined), fields, type };
}

const MEMBERS: Readonly<Record<string, Value>> = {
  __new__: {
    kind: "native",
    name: "namedtuple.__new__",
    call: (m, { list, open }) => {
      const [type, ...given] = list;
      const rest: Args = open === undefined ? { list: given } : { list: given, open };
      return type?.value.kind === "class" ? make(m, type.value, rest) : unknown("a named tuple that is not known");
    },
  },
  _make: {
    kind: "classmethod",
    function: define("namedtuple._make", "type, iterable", (m, { type, iterable }) => {
      const items = allItems(m, iterable);
      if (isUnknownItems(items) || type.kind !== "class")
        return doubtful([iterable], "a named tuple that is not known");
      return make(m, type, { list: items.map((value) => ({ name: undefined, value })) });
    }),
  },
};

/** What `class P(NamedTuple)` derives from; each class of `namedtuple(…)` too. */
export const NAMED_TUPLE: ClassValue = lazyClass("typing.NamedTuple", [TUPLE], () => MEMBERS);
/** `typing.NamedTuple` itself, which can be called to make a class. */
export const TYPING_NAMED_TUPLE: ClassValue = nativeClass("typing.NamedTuple", [NAMED_TUPLE], {
  __new__: {
    kind: "native",
    name: "typing.NamedTuple",
    call: (m, args) => {
      const [type, name, fields] = args.list;
      if (type?.value.kind === "class" && type.value.id !== TYPING_NAMED_TUPLE.id) {
        return make(m, type.value, { ...args, list: args.list.slice(1) });
      }
      const pairs = fields === undefined ? [] : allItems(m, fields.value);
      if (name === undefined || isUnknownItems(pairs)) return unknown("a named tuple whose fields are not known");
      return classOf(
        m,
        name.value,
        pairs.map((it) => (it.kind === "tuple" ? (it.items[0] ?? it) : it)),
        [],
      );
    },
  },
});

/** The names in `"x y"`, `"x, y"` or a list of them. */
function namesIn(m: Machine, given: Value): readonly Value[] | undefined {
  const text = stringOf(given);
  if (text !== undefined)
    return text
      .replaceAll(",", " ")
      .split(/\s+/)
      .filter((it) => it !== "")
      .map(str);
  const items = allItems(m, given);
  return isUnknownItems(items) ? undefined : items;
}

function classOf(m: Machine, name: Value, fields: readonly Value[], defaults: readonly Value[]): Value {
  const title = stringOf(name);
  const names = fields.map(stringOf);
  if (title === undefined || names.includes(undefined))
    return doubtful([name, ...fields], "a class whose name is not known");
  const id = m.fresh();
  const mro: ClassValue[] = [];
  const made: ClassValue = { kind: "class", id, name: title, qualifiedName: title, bases: [NAMED_TUPLE], mro };
  mro.push(made, ...NAMED_TUPLE.mro);
  const entries = new Map<string, Value>([
    ["%fields", tuple(fields)],
    ["_fields", tuple(fields)],
  ]);
  for (const [i, value] of defaults.entries()) {
    const field = names[names.length - defaults.length + i];
    if (field !== undefined) entries.set(field, value);
  }
  m.write(id, { kind: "attributes", entries });
  return made;
}

export const namedtuple = define(
  "collections.namedtuple",
  "typename, field_names, *, rename?, defaults?, module?",
  (m, { typename, field_names, defaults }) => {
    const fields = namesIn(m, field_names);
    const values = defaults === undefined || defaults.kind === "none" ? [] : allItems(m, defaults);
    if (fields === undefined || isUnknownItems(values))
      return doubtful([field_names, defaults], "fields that are not known");
    return classOf(m, typename, fields, values);
  },
);
