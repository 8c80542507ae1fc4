import type { ClassDef } from "../python/syntax.ts";
import { bindMember, memberOf } from "./attributes.ts";
import { callValue, evaluateArguments } from "./calls.ts";
import { execute } from "./execute.ts";
import type { Machine } from "./machine.ts";
import { valueIn } from "./names.ts";
import { childContext } from "./scope.ts";
import { type Args, type ClassValue, type Instance, reasonOf, unknown, type Value } from "./values.ts";

/** Runs a class statement's body and makes the class. */
export function makeClass(m: Machine, node: ClassDef): ClassValue {
  const given = evaluateArguments(m, node.bases);
  const bases: ClassValue[] = [];
  let open = given.open;
  for (const { name, value } of given.list) {
    if (name !== undefined) continue;
    if (value.kind === "class") bases.push(value);
    else open ??= reasonOf(value) ?? `a base of ${node.name} is not a class that is known`;
  }
  const id = m.fresh();
  const mro: ClassValue[] = [];
  const made: ClassValue = { kind: "class", id, name: node.name, qualifiedName: node.name, bases, mro, open };
  const order = linearise(bases);
  mro.push(made, ...order);
  m.write(id, { kind: "attributes", entries: classBody(m, node, made), open });
  return made;
}

function classBody(m: Machine, node: ClassDef, made: ClassValue): ReadonlyMap<string, Value> {
  const context = childContext(m.context, `${node.id}:class`, undefined);
  return m.within(context, m.scopeOf(context, "class", m.scope), m.path, () => {
    const { scope } = m;
    for (const cell of scope.cells.values()) m.write(cell, undefined);
    execute(m, node.body);
    const entries = new Map<string, Value>();
    for (const name of scope.cells.keys()) {
      const value = valueIn(m, scope, name);
      if (value !== undefined) entries.set(name, owned(value, made));
    }
    return entries;
  });
}

/** A function defined in a class body knows its class, for `super()`. */
function owned(value: Value, owner: ClassValue): Value {
  if (value.kind === "function") return { ...value, owner };
  if (value.kind === "static" || value.kind === "classmethod")
    return { ...value, function: owned(value.function, owner) };
  if (value.kind === "property") {
    return { ...value, get: owned(value.get, owner), ...(value.set !== undefined && { set: owned(value.set, owner) }) };
  }
  return value;
}

/** C3, as Python linearises; an impossible order falls back to depth first. */
function linearise(bases: readonly ClassValue[]): readonly ClassValue[] {
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
  const maker = memberOf(m, type, "__new__")?.value;
  const made: Value =
    maker === undefined
      ? emptyInstance(m, type)
      : callValue(m, maker.kind === "static" ? maker.function : maker, {
          ...args,
          list: [{ name: undefined, value: type }, ...args.list],
        });
  if (made.kind !== "instance" || !made.class.mro.some((it) => it.id === type.id)) return made;
  const init = memberOf(m, made.class, "__init__")?.value;
  if (init !== undefined) callValue(m, bindMember(m, init, made, made.class), args);
  else if (type.mro.some((it) => it.open !== undefined)) {
    return unknown(type.mro.find((it) => it.open !== undefined)?.open ?? "its base is not known");
  }
  return made;
}

export function emptyInstance(m: Machine, type: ClassValue): Instance {
  const open = type.mro.find((it) => it.open !== undefined)?.open;
  return { kind: "instance", id: m.allocate({ kind: "attributes", entries: new Map(), open }), class: type };
}
