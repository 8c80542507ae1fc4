import type { Attribute } from "../python/syntax.ts";
import { OBJECT } from "./builtins/lazyClass.ts";
import { objectMember } from "./builtins/object.ts";
import { callValue } from "./calls.ts";
import { perhaps } from "./evaluate.ts";
import { Raised } from "./exits.ts";
import type { Framework } from "./framework.ts";
import { joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { plainOf } from "./methods/receiver.ts";
import { fieldOf } from "./methods.ts";
import { attributeChanged, classVariables, dictionaryOf, setDictionary } from "./mirror.ts";
import { moduleAttribute, setOnLibrary } from "./modules.ts";
import { bindName } from "./names.ts";
import { guardedBy, raised } from "./raising.ts";
import { partChanged, partOf } from "./reading.ts";
import {
  type ClassValue,
  type Instance,
  positional,
  reasonOf,
  type SuperValue,
  str,
  TRUE,
  tuple,
  unknown,
  type Value,
} from "./values.ts";

/** An attribute's value; an absent one is an unknown that says so. `site` is where the text asks for it. */
export function attributeOf(m: Machine, object: Value, name: string, site?: Attribute): Value {
  const found = findAttribute(m, object, name);
  if (found !== undefined) return found;
  const reason = reasonOf(object);
  const tell = reason === undefined ? lackedBy(m, object, name) : undefined;
  const isLacking =
    tell !== undefined || isPlainObject(object) || (object.kind === "instance" && m.guards.names.has(ASKING));
  if (reason !== undefined || !isLacking) return unknown(reason ?? absent(object, name));
  const type = object.kind === "none" ? "NoneType" : typeName(object);
  const value = raised(m, "AttributeError", absent(object, name), str(`'${type}' object has no attribute '${name}'`));
  return (site && tell?.(m.place({ span: site.nameSpan }))) ?? value;
}

type Tell = NonNullable<ReturnType<NonNullable<Framework["lacksAttribute"]>>>;
/** What a library has no such attribute of: who tells of it. One that the program set on whatever it was may be it. */
function lackedBy(m: Machine, object: Value, name: string): Tell | undefined {
  for (const framework of m.frameworks) {
    const tell = framework.lacksAttribute?.(m, object, name);
    if (tell !== undefined)
      return [name, ANY].some((it) => m.read(setSomewhere(m, it)) !== undefined) ? undefined : tell;
  }
  return undefined;
}

/** A name that is not known. */
const ANY = "%any";
const setSomewhere = (m: Machine, name: string): number => m.named(`set somewhere ${name}`);
/** Of a library's own class, of a tensor or of what is not known, attributes are not kept: only that there are some. */
export const noteSet = (m: Machine, name: string = ANY): void => m.write(setSomewhere(m, name), TRUE);

const absent = (object: Value, name: string): string => `${typeName(object)} has no attribute ${name}`;
/** Of these all attributes are known: `None`, and what comes from the user's own classes. */
const isPlainObject = (object: Value): boolean =>
  object.kind === "none" ||
  (object.kind === "instance" && object.class.mro.every((it) => it.members === undefined || it.id === OBJECT.id));

/** A guard: `hasattr` and `getattr` go by what is known of any object. */
const ASKING = "%asking";

/** The same as `findAttribute`; undefined too where the code of a property or of `__getattr__` finds none. */
export function askAttribute(m: Machine, object: Value, name: string): Value | undefined {
  const { class: type } = object.kind === "instance" ? object : {};
  const member = type && memberOf(m, type, name)?.value;
  const runs =
    type?.decidesAttributes === true ||
    member?.kind === "property" ||
    (type && !member && memberOf(m, type, "__getattr__") !== undefined);
  if (!runs) return findAttribute(m, object, name);
  const { guards } = m;
  m.guarded++;
  m.guards = guardedBy(guards, ["AttributeError", ASKING]);
  try {
    return findAttribute(m, object, name);
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown;
    return undefined;
  } finally {
    m.guarded--;
    m.guards = guards;
  }
}

/** An attribute's value; undefined where there is none. */
export function findAttribute(m: Machine, object: Value, name: string): Value | undefined {
  switch (object.kind) {
    case "unknown":
      return object.part === undefined ? object : (partOf(m, object, `.${name}`) ?? unknown(object.reason));
    case "instance":
      return object.class.decidesAttributes === true
        ? decidedAttribute(m, object, name)
        : instanceAttribute(m, object, name);
    case "class":
      return classAttribute(m, object, name);
    case "opaque": {
      const member = object.class && memberOf(m, object.class, name)?.value;
      return member && bindMember(m, member, object, object.class as ClassValue);
    }
    case "module":
      return moduleAttribute(m, object, name);
    case "super":
      return superAttribute(m, object, name);
    case "tensor":
      return object.family.attribute(m, object, name);
    case "function":
    case "native":
      if (name === "__name__" || name === "__qualname__")
        return str(object.name.slice(object.name.lastIndexOf(".") + 1));
      return name === "__doc__" || name === "__module__" ? unknown(`${name} is not followed`) : undefined;
    default:
      return fieldOf(m, object, name);
  }
}

export const typeName = (value: Value): string =>
  value.kind === "instance" || value.kind === "opaque"
    ? (value.class?.name ?? "opaque")
    : value.kind === "none"
      ? "None"
      : value.kind;

/** A class's member as it stands there, unbound, and the class it was found in. */
export function memberOf(
  m: Machine,
  type: ClassValue,
  name: string,
  after?: ClassValue,
): { readonly value: Value; readonly owner: ClassValue } | undefined {
  const start = after === undefined ? 0 : type.mro.findIndex((it) => it.id === after.id) + 1;
  for (let i = start; i < type.mro.length; i++) {
    const owner = type.mro[i];
    const value = owner && ownMember(m, owner, name);
    if (owner !== undefined && value !== undefined) return { value, owner };
  }
  return undefined;
}

export function ownMember(m: Machine, type: ClassValue, name: string): Value | undefined {
  if (type.members !== undefined) return type.members.get(name);
  const entry = m.read(type.id);
  return entry?.kind === "attributes" ? entry.entries.get(name) : undefined;
}

/** A member as it is seen through an instance: functions become methods, properties run. */
export function bindMember(m: Machine, member: Value, self: Value, type: ClassValue): Value {
  switch (member.kind) {
    case "function":
      return { kind: "method", self, function: member };
    case "native":
      return member.isMethod === true ? { kind: "method", self, function: member } : member;
    case "property":
      return callValue(m, member.get, positional(self));
    case "static":
      return member.function;
    case "classmethod":
      return { kind: "method", self: type, function: member.function };
    default:
      return member;
  }
}

/** What the class's own `__getattribute__` gives, which asks `object`'s where it has nothing to say. */
function decidedAttribute(m: Machine, object: Instance, name: string): Value | undefined {
  const decides = memberOf(m, object.class, "__getattribute__")?.value;
  return decides === undefined
    ? instanceAttribute(m, object, name)
    : callValue(m, bindMember(m, decides, object, object.class), positional(str(name)));
}

/** `object.__getattribute__`. */
export function instanceAttribute(m: Machine, object: Instance, name: string): Value | undefined {
  const member = memberOf(m, object.class, name)?.value;
  if (member?.kind === "property") return bindMember(m, member, object, object.class);
  const own = m.read(object.id);
  if (own?.kind === "attributes") {
    const value = own.entries.get(name);
    // Where it was set in one case only, the class's own answers in the other; without one, a program that runs found
    // it.
    const other = own.maybe?.includes(name) === true ? member : undefined;
    if (value !== undefined) {
      return other === undefined ? value : joinValues(value, bindMember(m, other, object, object.class));
    }
  }
  if (member !== undefined) return bindMember(m, member, object, object.class);
  if (name === "__class__") return object.class;
  if (name === "__dict__") return dictionaryOf(m, object);
  if (name === "__doc__" || name === "__module__") return unknown(`${name} is not followed`);
  const dynamic = memberOf(m, object.class, "__getattr__")?.value;
  if (dynamic !== undefined) {
    const found = callValue(m, bindMember(m, dynamic, object, object.class), positional(str(name)));
    return found.kind === "unknown" && found.reason === ABSENT ? undefined : found;
  }
  const open = own?.kind === "attributes" ? own.open : own?.kind === "unknown" ? own.reason : undefined;
  const reason = open ?? object.class.mro.find((it) => it.open !== undefined)?.open;
  if (reason !== undefined) return unknown(reason);
  const last = objectMember(name);
  return last === undefined ? undefined : bindMember(m, last, object, object.class);
}
/** What a framework's `__getattr__` answers for a name that it does not have. */
export const ABSENT = "there is no such attribute";

function classAttribute(m: Machine, type: ClassValue, name: string): Value | undefined {
  if (name === "__name__" || name === "__qualname__") return str(type.name);
  if (name === "__mro__") return tuple(type.mro.at(-1)?.id === OBJECT.id ? type.mro : [...type.mro, OBJECT]);
  if (name === "__bases__") return tuple(type.bases.length === 0 ? [OBJECT] : type.bases);
  if (name === "__dict__") return classVariables(m, type);
  if (name === "__class__" || name === "__doc__" || name === "__module__") {
    return unknown(`${name} of a class is not followed`);
  }
  const member = memberOf(m, type, name)?.value;
  if (member?.kind === "static") return member.function;
  if (member?.kind === "classmethod") return { kind: "method", self: type, function: member.function };
  if (member !== undefined) return member;
  const open = type.mro.find((it) => it.open !== undefined)?.open;
  return open === undefined ? objectMember(name) : unknown(open);
}

function superAttribute(m: Machine, { self, after }: SuperValue, name: string): Value | undefined {
  const type = self.kind === "instance" ? self.class : self.kind === "class" ? self : undefined;
  if (type === undefined) return unknown("super() outside a method");
  const member = memberOf(m, type, name, after)?.value;
  if (member !== undefined) return bindMember(m, member, self, type);
  const open = type.mro.find((it) => it.open !== undefined)?.open;
  if (open !== undefined) return unknown(open);
  const last = objectMember(name);
  return last === undefined ? undefined : bindMember(m, last, self, type);
}

export function setAttribute(m: Machine, object: Value, name: string, value: Value): void {
  if (object.kind === "instance" && name === "__dict__") {
    const plain = plainOf(m, value);
    if (plain.kind === "dict") setDictionary(m, object, plain);
    else storeAttribute(m, object, "%open", value);
  } else if (object.kind === "instance") {
    const member = memberOf(m, object.class, name)?.value;
    if (member?.kind === "property") {
      if (member.set !== undefined) callValue(m, member.set, positional(object, value));
      return;
    }
    const hook = memberOf(m, object.class, "__setattr__")?.value;
    if (hook === undefined) storeAttribute(m, object, name, value);
    else callValue(m, bindMember(m, hook, object, object.class), positional(str(name), value));
  } else if (object.kind === "class") {
    if (object.members === undefined) storeAttribute(m, object, name, value);
    else noteSet(m, name);
  } else if (object.kind === "unknown") {
    partChanged(m, object);
    noteSet(m, name);
    for (const it of object.may ?? []) if (it.kind === "instance") perhaps(m, () => setAttribute(m, it, name, value));
  } else if (object.kind === "tensor") {
    object.family.setAttribute?.(m, object, name, value);
    noteSet(m, name);
  } else if (object.kind === "module" && object.scope !== undefined) {
    const { scope } = object;
    m.within(m.context, scope, scope.path, () => bindName(m, name, value));
  } else if (object.kind === "module") setOnLibrary(m, object, name, value);
}

/** Puts an attribute where it is kept, past any hook. */
export function storeAttribute(m: Machine, object: Instance | ClassValue, name: string, value: Value): void {
  const own = m.read(object.id);
  const entries = new Map(own?.kind === "attributes" ? own.entries : []);
  entries.set(name, value);
  const { open, record, maybe } = own?.kind === "attributes" ? own : {};
  const left = maybe?.filter((it) => it !== name);
  m.write(object.id, {
    kind: "attributes",
    entries,
    open,
    maybe: left === undefined || left.length === 0 ? undefined : left,
    record,
  });
  if (object.kind === "instance") attributeChanged(m, object, name, value);
}

export function deleteAttribute(m: Machine, object: Value, name: string): void {
  if (object.kind !== "instance" && object.kind !== "class") return;
  const member = object.kind === "instance" ? memberOf(m, object.class, name)?.value : undefined;
  if (member?.kind === "property") {
    if (member.remove !== undefined) callValue(m, member.remove, positional(object));
    return;
  }
  const own = m.read(object.id);
  if (own?.kind !== "attributes") return;
  const entries = new Map(own.entries);
  entries.delete(name);
  m.write(object.id, { ...own, entries });
  if (object.kind === "instance") attributeChanged(m, object, name, undefined);
}
