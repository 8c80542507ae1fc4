import type { ClassDef, Expression } from "../python/syntax.ts";
import { bindMember, memberOf, ownMember } from "./attributes.ts";
import { callValue, evaluateArguments, withFirst } from "./calls.ts";
import { execute } from "./execute.ts";
import { Raised } from "./exits.ts";
import type { Machine } from "./machine.ts";
import { valueIn } from "./names.ts";
import { raised } from "./raising.ts";
import { childContext } from "./scope.ts";
import { type Args, type ClassValue, type Instance, reasonOf, type Unknown, unknown, type Value } from "./values.ts";

/** Runs a class statement's body and makes the class. */
export function makeClass(m: Machine, node: ClassDef): ClassValue {
  const given = evaluateArguments(m, node.bases);
  const bases: ClassValue[] = [];
  let open = given.open;
  for (const { name, value } of given.list) {
    if (name === "metaclass") open ??= metaclassDoubt(m, value);
    if (name !== undefined) continue;
    if (value.kind === "class") bases.push(value);
    else open ??= reasonOf(value) ?? `a base of ${node.name} is not a class that is known`;
  }
  const id = m.fresh();
  const mro: ClassValue[] = [];
  const { id: statement, name } = node;
  const decidesEquality = equalityIn(node, bases);
  const decidesAttributes = attributesIn(node, bases);
  const made: ClassValue = {
    ...{ kind: "class", id, name, qualifiedName: name, bases, mro, open, statement },
    ...(decidesEquality && { decidesEquality }),
    ...(decidesAttributes && { decidesAttributes }),
  };
  const order = linearise(bases);
  mro.push(made, ...order);
  m.write(id, { kind: "attributes", entries: classBody(m, node, made), open });
  const hook = memberOf(m, made, "__init_subclass__", made)?.value;
  if (hook !== undefined) {
    const named = given.list.filter((it) => it.name !== undefined && it.name !== "metaclass");
    const plain = hook.kind === "classmethod" || hook.kind === "static" ? hook.function : hook;
    callValue(m, plain, { list: [{ name: undefined, value: made }, ...named] });
  }
  return made;
}

const defines = (node: ClassDef, names: ReadonlySet<string>): boolean =>
  node.body.entries.some(({ statement }) => statement.kind === "FunctionDef" && names.has(statement.name));

const attributesIn = (node: ClassDef, bases: readonly ClassValue[]): boolean =>
  bases.some((it) => it.decidesAttributes === true) || defines(node, ATTRIBUTES);
const ATTRIBUTES: ReadonlySet<string> = new Set(["__getattribute__"]);

/** Whether instances may be equal that are not one: then they are no keys that are told apart. */
const equalityIn = (node: ClassDef, bases: readonly ClassValue[]): boolean =>
  bases.some((it) => it.decidesEquality === true) ||
  defines(node, EQUALITY) ||
  node.decorators.some((it) => DATACLASS.test(calledName(it)));
const EQUALITY: ReadonlySet<string> = new Set(["__eq__", "__hash__"]);
const DATACLASS = /^dataclass$/;
const calledName = (node: Expression): string =>
  node.kind === "Call" ? calledName(node.callee) : node.kind === "Name" || node.kind === "Attribute" ? node.name : "";

/** A metaclass of the user's own may make anything of the class. */
function metaclassDoubt(m: Machine, metaclass: Value): string | undefined {
  if (metaclass.kind !== "class") return reasonOf(metaclass) ?? "a metaclass that is not known";
  const changes = ["__new__", "__call__", "__init__", "__getattr__"].some((name) =>
    metaclass.mro.some((it) => it.members === undefined && ownMember(m, it, name) !== undefined),
  );
  return changes ? `the metaclass ${metaclass.name} is not followed` : undefined;
}

function classBody(m: Machine, node: ClassDef, made: ClassValue): ReadonlyMap<string, Value> {
  const context = childContext(m.context, `${node.id}:class`, undefined);
  return m.within(context, m.scopeOf(context, "class", m.scope), m.path, () => {
    const { scope } = m;
    for (const cell of scope.cells.values()) m.write(cell, undefined);
    // Where `super()` finds the class, also in functions that a decorator has wrapped.
    m.write(m.cell(scope, "__class__"), made);
    execute(m, node.body);
    const entries = new Map<string, Value>();
    for (const name of inOrder(node, scope.cells.keys())) {
      const value = valueIn(m, scope, name);
      if (value !== undefined) entries.set(name, owned(value, made));
    }
    return entries;
  });
}

/** The names in the order in which the body's text binds them, which is the order of an enumeration's members. */
function inOrder(node: ClassDef, names: Iterable<string>): readonly string[] {
  const bound = node.body.entries.flatMap(({ statement }) => {
    if (statement.kind === "FunctionDef" || statement.kind === "ClassDef") return [statement.name];
    const targets =
      statement.kind === "Assign" ? statement.targets : statement.kind === "AnnotatedAssign" ? [statement.target] : [];
    return targets.flatMap((it) => (it.kind === "Name" ? [it.name] : []));
  });
  const all = new Set(names);
  all.delete("__class__");
  return [...new Set([...bound.filter((name) => all.has(name)), ...all])];
}

/** A function defined in a class body knows its class, for `super()`. */
function owned(value: Value, owner: ClassValue): Value {
  if (value.kind === "function") return { ...value, owner };
  if (value.kind === "static" || value.kind === "classmethod")
    return { ...value, function: owned(value.function, owner) };
  if (value.kind === "property") {
    return {
      ...value,
      get: owned(value.get, owner),
      ...(value.set !== undefined && { set: owned(value.set, owner) }),
      ...(value.remove !== undefined && { remove: owned(value.remove, owner) }),
    };
  }
  return value;
}

/** C3, as Python linearises; an impossible order falls back to depth first. */
function linearise(bases: readonly ClassValue[]): readonly ClassValue[] {
  const [only, ...others] = bases;
  if (only !== undefined && others.length === 0) return only.mro;
  const lists = [...bases.map((it) => [...it.mro]), [...bases]];
  const order: ClassValue[] = [];
  for (;;) {
    const open = lists.filter((it) => it.length > 0);
    if (open.length === 0) return order;
    const heads = open.map((it) => it[0]);
    const next =
      heads.find((head) => !open.some((it) => it.slice(1).some((other) => other.id === head?.id))) ?? heads[0];
    if (next === undefined) return order;
    order.push(next);
    for (const it of lists) if (it[0]?.id === next.id) it.shift();
  }
}

/** Calls a class: `__new__` where a framework has one, then `__init__`. */
export function instantiate(m: Machine, type: ClassValue, args: Args): Value {
  const missing = abstractIn(m, type);
  if (missing !== undefined)
    return raised(m, "TypeError", `${type.name} does not define ${missing}, which is abstract`);
  const maker = memberOf(m, type, "__new__")?.value;
  const made: Value =
    maker === undefined
      ? emptyInstance(m, type)
      : callValue(m, maker.kind === "static" ? maker.function : maker, withFirst(type, args));
  if (made.kind !== "instance" || !made.class.mro.some((it) => it.id === type.id)) return made;
  const init = memberOf(m, made.class, "__init__")?.value;
  if (init?.kind === "unknown") unmade(m, made, init);
  else if (init !== undefined) initialise(m, made, init, args);
  else if (type.mro.some((it) => it.open !== undefined)) {
    return unknown(type.mro.find((it) => it.open !== undefined)?.open ?? "its base is not known");
  }
  return made;
}

/** What raises while it is made is nothing: nobody has it, and no model is told of. */
function initialise(m: Machine, made: Instance, init: Value, args: Args): void {
  try {
    callValue(m, bindMember(m, init, made, made.class), args);
  } catch (thrown) {
    if (thrown instanceof Raised) m.write(made.id, unknown(`the __init__ of ${made.class.name} raises`));
    throw thrown;
  }
}

/** Nobody knows what its `__init__` does, such as one that is decorated: which attributes it has is not known. */
function unmade(m: Machine, { id }: Instance, init: Unknown): void {
  const own = m.read(id);
  if (own?.kind === "attributes")
    m.write(id, { ...own, entries: new Map([...own.entries, ["%init", init]]), open: init.reason });
}

const NO_ENTRIES: ReadonlyMap<string, Value> = new Map();

/** The first name that an abstract base asks for and nobody defines. */
function abstractIn(m: Machine, type: ClassValue): string | undefined {
  if (!type.mro.some((it) => it.qualifiedName === "abc.ABC")) return undefined;
  const isAbstract = (it: Value | undefined): boolean =>
    it?.kind === "function"
      ? it.isAbstract === true
      : it?.kind === "property"
        ? isAbstract(it.get)
        : (it?.kind === "static" || it?.kind === "classmethod") && isAbstract(it.function);
  for (const owner of type.mro) {
    const own = owner.members === undefined ? m.read(owner.id) : undefined;
    if (own?.kind !== "attributes") continue;
    for (const [name, value] of own.entries) {
      if (isAbstract(value) && isAbstract(memberOf(m, type, name)?.value)) return name;
    }
  }
  return undefined;
}

/** An instance without attributes; `record` makes what its framework knows of it. */
export function emptyInstance(m: Machine, type: ClassValue, record?: (self: Instance) => object): Instance {
  const open = type.mro.find((it) => it.open !== undefined)?.open;
  const self: Instance = { kind: "instance", id: m.fresh(), class: type };
  m.write(self.id, { kind: "attributes", entries: NO_ENTRIES, open, maybe: undefined, record: record?.(self) });
  return self;
}
