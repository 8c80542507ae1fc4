import { memberOf, ownMember, setAttribute, storeAttribute } from "../../interpreter/attributes.ts";
import { define, defineMethod, doubtful } from "../../interpreter/builtins/define.ts";
import { EXCEPTIONS } from "../../interpreter/builtins/exceptions.ts";
import { callMethod, callValue } from "../../interpreter/calls.ts";
import { emptyInstance } from "../../interpreter/classes.ts";
import { dictOf, equalValues, listOf, makeDict, makeList, makeRecord } from "../../interpreter/containers.ts";
import { display } from "../../interpreter/display.ts";
import type { Machine } from "../../interpreter/machine.ts";
import { raised } from "../../interpreter/raising.ts";
import {
  type Args,
  bool,
  type ClassValue,
  type Instance,
  type NativeValue,
  NONE_VALUE,
  positional,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { atRunTime, keeps, type Library, table } from "./library.ts";

/** One field of a dataclass. Plain data: it is kept in the class, under `%dataclass`. */
interface Field {
  readonly name: string;
  readonly initial: Value | undefined;
  readonly factory: Value | undefined;
  readonly init: boolean;
  readonly keywordOnly: boolean;
  readonly shown: boolean;
}
const FIELD = "dataclass field";
const wrapped = (field: Field): Value => ({ kind: "opaque", type: FIELD, data: field });
const fieldIn = (value: Value | undefined): Field | undefined =>
  value?.kind === "opaque" && value.type === FIELD ? (value.data as Field) : undefined;

const isFalse = (value: Value | undefined): boolean => value?.kind === "bool" && !value.value;
const isTrue = (value: Value | undefined): boolean => value?.kind === "bool" && value.value;

/** `field(default=…, default_factory=…)`, before it has a name. */
const field = define(
  "dataclasses.field",
  "*, default?, default_factory?, init?, repr?, hash?, compare?, metadata?, kw_only?",
  (_, given) =>
    wrapped({
      name: "",
      initial: given.default,
      factory: given.default_factory,
      init: !isFalse(given.init),
      keywordOnly: isTrue(given.kw_only),
      shown: !isFalse(given.repr),
    }),
);

/** The fields of a dataclass, those of its bases first. */
function fieldsOf(m: Machine, type: ClassValue): readonly Field[] | undefined {
  const own = memberOf(m, type, "%dataclass")?.value;
  return own?.kind === "tuple" ? own.items.flatMap((it) => fieldIn(it) ?? []) : undefined;
}

/** Reads the annotated names of the class body, and gives the class its `__init__`. */
function process(m: Machine, type: Value, options: ReadonlyMap<string, Value>): Value {
  if (type.kind !== "class" || type.members !== undefined) return type;
  const fields = new Map<string, Field>();
  for (const base of type.mro.slice(1).toReversed()) {
    const theirs = ownMember(m, base, "%dataclass");
    if (theirs?.kind !== "tuple") continue;
    for (const it of theirs.items) {
      const known = fieldIn(it);
      if (known !== undefined) fields.set(known.name, known);
    }
  }
  const names = ownMember(m, type, "%fields");
  if (names !== undefined && names.kind !== "tuple") return opened(m, type, "the fields of the class are not known");
  let keywordOnly = isTrue(options.get("kw_only"));
  for (const it of names?.items ?? []) {
    const name = stringOf(it) ?? "";
    if (name === "*") keywordOnly = true;
    else fields.set(name, ownField(m, type, name, keywordOnly));
  }
  storeAttribute(m, type, "%dataclass", tuple([...fields.values()].map(wrapped)));
  if (ownMember(m, type, "__init__") === undefined && !isFalse(options.get("init")))
    storeAttribute(m, type, "__init__", INIT);
  if (ownMember(m, type, "__eq__") === undefined && !isFalse(options.get("eq")))
    storeAttribute(m, type, "__eq__", EQUAL);
  if (ownMember(m, type, "__repr__") === undefined && !isFalse(options.get("repr")))
    storeAttribute(m, type, "__repr__", REPR);
  if (isTrue(options.get("frozen"))) storeAttribute(m, type, "__setattr__", FROZEN);
  const matched = [...fields.values()].filter((it) => it.init && !it.keywordOnly).map((it) => str(it.name));
  storeAttribute(m, type, "__match_args__", tuple(matched));
  return type;
}

/** The class's attribute of that name is the default: Python leaves it there, but for a factory. */
function ownField(m: Machine, type: ClassValue, name: string, keywordOnly: boolean): Field {
  const value = ownMember(m, type, name);
  const given = fieldIn(value);
  if (given === undefined) return { name, initial: value, factory: undefined, init: true, keywordOnly, shown: true };
  if (given.initial !== undefined) storeAttribute(m, type, name, given.initial);
  else {
    const own = m.read(type.id);
    if (own?.kind === "attributes")
      m.write(type.id, { ...own, entries: new Map([...own.entries].filter(([it]) => it !== name)) });
  }
  return { ...given, name, keywordOnly: keywordOnly || given.keywordOnly };
}

function opened(m: Machine, type: ClassValue, open: string): Value {
  const own = m.read(type.id);
  if (own?.kind === "attributes") m.write(type.id, { ...own, open });
  storeAttribute(m, type, "__init__", atRunTime("dataclass.__init__", open));
  return type;
}

const INIT: NativeValue = {
  kind: "native",
  name: "dataclass.__init__",
  isMethod: true,
  call: (m, { list, open }) => {
    const [self, ...given] = list;
    if (self?.value.kind !== "instance") return unknown("a dataclass that is not known");
    initialise(m, self.value, open === undefined ? { list: given } : { list: given, open });
    return NONE_VALUE;
  },
};

function initialise(m: Machine, self: Instance, { list, open }: Args): void {
  const fields = fieldsOf(m, self.class) ?? [];
  const isFrozen = memberOf(m, self.class, "__setattr__")?.value === FROZEN;
  const store = isFrozen ? storeAttribute : setAttribute;
  const places = fields.filter((it) => it.init && !it.keywordOnly);
  const given = new Map<string, Value>();
  let at = 0;
  for (const { name, value } of list) given.set(name ?? places[at++]?.name ?? "", value);
  for (const it of fields) {
    const value = (it.init ? given.get(it.name) : undefined) ?? missing(m, it, it.init ? open : undefined);
    if (value !== undefined) store(m, self, it.name, value);
  }
  callMethod(m, self, "__post_init__", positional());
}

function missing(m: Machine, it: Field, open: string | undefined): Value | undefined {
  if (open !== undefined) return unknown(open);
  if (it.initial !== undefined) return it.initial;
  if (it.factory !== undefined) return callValue(m, it.factory, positional());
  return it.init ? unknown(`no value is given for ${it.name}`) : undefined;
}

const valuesOf = (m: Machine, self: Instance): readonly (readonly [Field, Value])[] => {
  const own = m.read(self.id);
  const entries = own?.kind === "attributes" ? own.entries : new Map<string, Value>();
  return (fieldsOf(m, self.class) ?? []).map((it) => [
    it,
    entries.get(it.name) ?? it.initial ?? unknown(`${it.name} is not set`),
  ]);
};

const EQUAL = defineMethod("dataclass.__eq__", "self, other", (m, { self, other }) => {
  if (self.kind !== "instance") return doubtful([self], "what is compared is not known", "bool");
  if (other.kind !== "instance" || other.class.id !== self.class.id) {
    return other.kind === "unknown" || other.kind === "instance"
      ? doubtful([other], "what is compared is not known", "bool")
      : bool(false);
  }
  const [a, b] = [self, other].map((it) => tuple(valuesOf(m, it).map(([, value]) => value)));
  const equal = a === undefined || b === undefined ? undefined : equalValues(m, a, b);
  return equal === undefined ? doubtful([], "whether they are equal is not known", "bool") : bool(equal);
});

const REPR = defineMethod("dataclass.__repr__", "self", (m, { self }) => {
  if (self.kind !== "instance") return doubtful([self], "what is shown is not known", "str");
  const parts = valuesOf(m, self)
    .filter(([it]) => it.shown)
    .map(([it, value]) => [it.name, display(m, value, true)] as const);
  if (parts.some(([, text]) => text === undefined)) return unknown("its text is not known", "str");
  return str(`${self.class.name}(${parts.map(([name, text]) => `${name}=${text}`).join(", ")})`);
});

const FROZEN = defineMethod("dataclass.__setattr__", "self, name, value, /", (m, { name }) => {
  const field = stringOf(name);
  return raised(
    m,
    "FrozenInstanceError",
    "the dataclass is frozen",
    field === undefined ? undefined : str(`cannot assign to field '${field}'`),
  );
});

/** `@dataclass`, `@dataclass(frozen=True)` and `dataclass(cls)`. */
const dataclass = define("dataclasses.dataclass", "type?, /, **options", (m, { type, options }) => {
  if (type !== undefined && type.kind !== "none") return process(m, type, options);
  return { kind: "method", self: makeRecordOf(options), function: WITH_OPTIONS };
});
/** The options as plain data: pairs of a name and a value. */
const makeRecordOf = (options: ReadonlyMap<string, Value>): Value =>
  tuple([...options].map(([name, value]) => tuple([str(name), value])));
const WITH_OPTIONS = define("dataclasses.dataclass", "options, type", (m, { options, type }) => {
  const pairs = options.kind === "tuple" ? options.items : [];
  const given = new Map<string, Value>();
  for (const pair of pairs) {
    const [name, value] = pair.kind === "tuple" ? pair.items : [];
    if (name?.kind === "str" && value !== undefined) given.set(name.value, value);
  }
  return process(m, type, given);
});

/** `asdict` and `astuple` go into lists, tuples, dictionaries and dataclasses. */
function plain(m: Machine, value: Value, depth: number): Value {
  if (depth > 12) return unknown("a dataclass that holds itself");
  const inner = (it: Value): Value => plain(m, it, depth + 1);
  if (value.kind === "instance" && fieldsOf(m, value.class) !== undefined) {
    return makeRecord(m, Object.fromEntries(valuesOf(m, value).map(([it, item]) => [it.name, inner(item)])));
  }
  if (value.kind === "tuple") return { ...value, items: value.items.map(inner) };
  if (value.kind === "list") {
    const { items, rest } = listOf(m, value);
    return makeList(m, items.map(inner), rest);
  }
  if (value.kind !== "dict") return value;
  const { entries, open } = dictOf(m, value);
  return makeDict(m, new Map([...entries].map(([hash, it]) => [hash, { ...it, value: inner(it.value) }])), open);
}

function replaced(m: Machine, self: Value, named: ReadonlyMap<string, Value>): Value {
  if (self.kind !== "instance") return doubtful([self], "what is replaced is not known");
  const list = valuesOf(m, self)
    .filter(([it]) => it.init)
    .map(([{ name }, value]) => ({ name, value: named.get(name) ?? value }));
  const made = emptyInstance(m, self.class);
  const init = memberOf(m, self.class, "__init__")?.value;
  if (init !== undefined) callValue(m, { kind: "method", self: made, function: init }, { list });
  return made;
}

export const DATACLASSES: Library = {
  name: "dataclasses",
  members: {
    ...table(
      dataclass,
      field,
      define("dataclasses.asdict", "value, *, dict_factory?", (m, { value }) =>
        value.kind === "instance" ? plain(m, value, 0) : doubtful([value], "this is no dataclass"),
      ),
      define("dataclasses.astuple", "value, *, tuple_factory?", (m, { value }) =>
        value.kind === "instance"
          ? tuple(valuesOf(m, value).map(([, it]) => it))
          : doubtful([value], "this is no dataclass"),
      ),
      define("dataclasses.replace", "value, /, **named", (m, { value, named }) => replaced(m, value, named)),
      define("dataclasses.fields", "value", (m, { value }) => {
        const type = value.kind === "instance" ? value.class : value.kind === "class" ? value : undefined;
        const fields = type === undefined ? undefined : fieldsOf(m, type);
        return fields === undefined
          ? doubtful([value], "this is no dataclass")
          : tuple(fields.map((it) => namedField(it)));
      }),
      define("dataclasses.is_dataclass", "value", (m, { value }) => {
        const type = value.kind === "instance" ? value.class : value.kind === "class" ? value : undefined;
        return type === undefined
          ? doubtful([value], "whether it is a dataclass", "bool")
          : bool(fieldsOf(m, type) !== undefined);
      }),
      keeps("dataclasses.InitVar"),
    ),
    FrozenInstanceError: EXCEPTIONS.get("FrozenInstanceError") ?? unknown("FrozenInstanceError"),
    KW_ONLY: unknown("a marker"),
    MISSING: unknown("a marker"),
  },
};

/** What `fields()` gives is read by name. */
function namedField(it: Field): Value {
  return { kind: "tuple", items: [str(it.name), it.initial ?? unknown("no default")], fields: ["name", "default"] };
}
