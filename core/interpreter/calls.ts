import type { Argument, FunctionDef, Lambda, Parameter } from "../python/syntax.ts";
import { bindMember, memberOf } from "./attributes.ts";
import { instantiate } from "./classes.ts";
import { dictOf, hashOf, listOf, makeDict, makeIterator, makeList } from "./containers.ts";
import { callEither } from "./either.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { Raised } from "./exits.ts";
import { type FunctionFacts, factsOf } from "./functionFacts.ts";
import { ranAside, trailOf } from "./generators.ts";
import { changedBy, handedOver } from "./handedOver.ts";
import { iterate } from "./iterate.ts";
import { joinStates, joinValues } from "./join.ts";
import { AGAIN } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { remembered } from "./memo.ts";
import { plainOf, spoil } from "./methods/receiver.ts";
import { raised } from "./raising.ts";
import { computedFrom } from "./reading.ts";
import { type Context, type Scope, timesWithin } from "./scope.ts";
import {
  type Arg,
  type Args,
  type FunctionValue,
  NONE_VALUE,
  reasonOf,
  str,
  stringOf,
  tuple,
  unknown,
  type Value,
} from "./values.ts";

/** Arguments with one more before them. */
export const withFirst = (value: Value, { list, open }: Args): Args => ({
  list: [{ name: undefined, value, node: undefined, place: undefined }, ...list],
  open,
});

/** Calls any value, as the present call site. */
export function callValue(m: Machine, callee: Value, args: Args): Value {
  switch (callee.kind) {
    case "native":
      return numeric(m, callee.name, args, callee.call(m, args));
    case "function":
      return callFunction(m, callee, args);
    case "method":
      return callValue(m, callee.function, withFirst(callee.self, args));
    case "class":
      return numeric(m, callee.name, args, instantiate(m, callee, args));
    case "instance": {
      const member = memberOf(m, callee.class, "__call__")?.value;
      if (member !== undefined) return callValue(m, bindMember(m, member, callee, callee.class), args);
      const open = callee.class.mro.find((it) => it.open !== undefined)?.open;
      return unknown(open ?? `a ${callee.class.name} cannot be called`);
    }
    case "static":
    case "classmethod":
      return callValue(m, callee.function, args);
    default: {
      if (callee.kind === "unknown" && callee.either !== undefined) return callEither(m, callee.either, args);
      const reason = reasonOf(callee) ?? "what is called here is not known";
      // A method of something that is one thing or another: it may change any of them.
      if (callee.kind === "unknown") for (const it of callee.may ?? []) spoil(m, it, reason);
      handedOver(m, args, reason);
      return unknown(reason);
    }
  }
}

/** What these make of a number that is not known comes from that number. */
const NUMERIC: ReadonlySet<string> = new Set(["int", "float", "max", "min", "abs", "round", "math.ceil", "math.floor"]);
const numeric = (m: Machine, name: string, args: Args, value: Value): Value =>
  m.reading === undefined || !NUMERIC.has(name)
    ? value
    : computedFrom(
        m,
        value,
        args.list.map((it) => it.value),
      );

export const callMethod = (m: Machine, object: Value, name: string, args: Args): Value | undefined => {
  const type = object.kind === "instance" || object.kind === "opaque" ? object.class : undefined;
  const member = type && memberOf(m, type, name)?.value;
  return member && type && callValue(m, bindMember(m, member, object, type), args);
};

export function evaluateArguments(m: Machine, nodes: readonly Argument[]): Args {
  const list: Arg[] = [];
  let open: string | undefined;
  let starred = false;
  for (const node of nodes) {
    const value = evaluate(m, node.value);
    const place = m.place(node);
    if (node.kind === "positional" || node.kind === "keyword") {
      // After `*values` of a length that is not known, nobody knows which place this takes.
      if (node.kind === "positional" && starred) continue;
      list.push({ name: node.name, value, node: node.value, place });
    } else if (node.kind === "star") {
      const { items, rest } = iterate(m, value);
      if (!starred) for (const item of items) list.push({ name: undefined, value: item, place });
      open ??= rest?.reason;
      starred ||= rest !== undefined;
    } else {
      open ??= spreadKeywords(m, value, list, node);
    }
  }
  return open === undefined ? { list } : { list, open };
}

function spreadKeywords(m: Machine, given: Value, list: Arg[], node: Argument): string | undefined {
  const value = plainOf(m, given);
  if (value.kind !== "dict") return reasonOf(value) ?? "keyword arguments that are not known";
  const { entries, open } = dictOf(m, value);
  for (const entry of entries.values()) {
    const name = stringOf(entry.key);
    // Whether a key that is there in one case only is given is not known: then it counts among what may come.
    if (name !== undefined && entry.maybe !== true) list.push({ name, value: entry.value, place: m.place(node) });
  }
  return open;
}

export function makeFunction(m: Machine, node: FunctionDef | Lambda, name: string): FunctionValue {
  m.define(node);
  const defaults = node.params.map((it) => (it.initial === undefined ? undefined : evaluate(m, it.initial)));
  return { kind: "function", name, code: node.id, defaults, scope: m.scope, owner: undefined };
}

/** Parameters by name, bound as Python binds them; what is missing is an unknown that says so. */
export function bindParameters(
  m: Machine,
  params: readonly Parameter[],
  defaults: readonly (Value | undefined)[],
  args: Args,
): ReadonlyMap<string, Value> {
  const bound = new Map<string, Value>();
  const places = params.filter((it) => it.kind === "positional" || it.kind === "positionalOnly");
  const loose = args.list.filter((it) => it.name === undefined);
  for (const [i, { value }] of loose.slice(0, places.length).entries()) bound.set(places[i]?.name ?? "", value);
  const named = new Set(
    params.filter((it) => it.kind === "positional" || it.kind === "keywordOnly").map((it) => it.name),
  );
  const extra = new Map<string, Value>();
  for (const { name, value } of args.list) {
    if (name !== undefined) (named.has(name) ? bound : extra).set(name, value);
  }
  for (const [i, param] of params.entries()) {
    if (param.kind === "varArgs") {
      const rest = tuple(loose.slice(places.length).map((it) => it.value));
      bound.set(param.name, args.open === undefined ? rest : unknown(args.open));
    } else if (param.kind === "varKeywords") {
      const entries = [...extra].map(
        ([key, value]) => [`s:${key}`, { key: { kind: "str", value: key }, value }] as const,
      );
      bound.set(param.name, makeDict(m, new Map(entries), args.open));
    } else if (!bound.has(param.name)) {
      const missing = unknown(args.open ?? `no value is given for ${param.name}`);
      bound.set(param.name, args.open === undefined ? (defaults[i] ?? missing) : missing);
    }
  }
  return bound;
}

/** Why the arguments do not fit the parameters, where they do not. */
function misfitOf(
  params: readonly Parameter[],
  defaults: readonly (Value | undefined)[],
  { list }: Args,
): string | undefined {
  const has = (kind: Parameter["kind"]) => params.some((it) => it.kind === kind);
  const places = params.filter((it) => it.kind === "positional" || it.kind === "positionalOnly");
  const loose = list.filter((it) => it.name === undefined).length;
  if (loose > places.length && !has("varArgs")) return "more arguments are given than it takes";
  const filled = new Set(places.slice(0, loose).map((it) => it.name));
  for (const { name } of list) {
    if (name === undefined) continue;
    const isNamed = params.some((it) => it.name === name && (it.kind === "positional" || it.kind === "keywordOnly"));
    if (!isNamed && !has("varKeywords")) return `it has no parameter ${name}`;
    if (isNamed && filled.has(name)) return `two values are given for ${name}`;
    if (isNamed) filled.add(name);
  }
  const isOpen = (it: Parameter) => it.kind === "varArgs" || it.kind === "varKeywords";
  const missing = params.find((it, i) => !isOpen(it) && defaults[i] === undefined && !filled.has(it.name));
  return missing === undefined ? undefined : `no value is given for ${missing.name}`;
}

/** What a function with a memory gave for the same arguments, or else gives now. */
function callKept(m: Machine, callee: FunctionValue, id: number, args: Args): Value {
  const plain = { ...callee, kept: undefined };
  const key = hashOf(
    tuple(args.list.flatMap(({ name, value }) => [name === undefined ? NONE_VALUE : str(name), value])),
  );
  const kept = m.read(id);
  if (key === undefined || args.open !== undefined || kept?.kind !== "dictObject") return callFunction(m, plain, args);
  const known = kept.entries.get(key);
  if (known !== undefined && known.maybe !== true) return known.value;
  const value = callFunction(m, plain, args);
  const now = m.read(id);
  const entries = new Map(now?.kind === "dictObject" ? now.entries : []);
  m.write(id, { kind: "dictObject", entries: entries.set(key, { key: NONE_VALUE, value }) });
  return value;
}

function callFunction(m: Machine, callee: FunctionValue, args: Args): Value {
  if (callee.kept !== undefined) return callKept(m, callee, callee.kept, args);
  const node = m.code(callee.code) as FunctionDef | Lambda | undefined;
  if (node === undefined) return unknown(`the text of ${callee.name} is not at hand`);
  const context = m.callContext(callee.code);
  const facts = factsOf(node);
  const misfit =
    args.open === undefined && m.guards.names.size > 0 ? misfitOf(node.params, callee.defaults, args) : undefined;
  if (misfit !== undefined) return raised(m, "TypeError", misfit);
  const bound = bindParameters(m, node.params, callee.defaults, args);
  const deep = tooDeep(m, callee.code, context);
  if (deep !== undefined) {
    changedBy(m, callee, bound, deep);
    return unknown(deep);
  }
  const run = () => entered(m, callee, node, facts, bound, context);
  return facts.isGenerator || facts.hasInner ? run() : remembered(m, callee.code, callee.scope, bound, run);
}

/** Why a call is not followed any deeper. */
function tooDeep(m: Machine, code: number, context: Context): string | undefined {
  if (context.depth > m.limits.depth) return `calls inside calls, more than ${m.limits.depth} deep`;
  return m.isUncounted && timesWithin(context, code) >= AGAIN ? "how often it calls itself is not known" : undefined;
}

function entered(
  m: Machine,
  callee: FunctionValue,
  node: FunctionDef | Lambda,
  facts: FunctionFacts,
  bound: ReadonlyMap<string, Value>,
  context: Context,
): Value {
  return m.within(context, m.scopeOf(context, "function", callee.scope), callee.scope.path, () => {
    const { scope } = m;
    clear(m, scope);
    redirect(scope, facts);
    for (const [name, value] of bound) m.write(m.cell(scope, name), value);
    if (callee.owner !== undefined) m.write(m.cell(scope, "__class__"), callee.owner);
    const self = node.params[0] === undefined ? undefined : bound.get(node.params[0].name);
    if (self !== undefined) m.write(m.cell(scope, "%self"), self);
    const value = node.kind === "Lambda" ? lambdaResult(m, node) : bodyResult(m, node, facts);
    if (!facts.hasInner && !facts.isGenerator) clear(m, scope);
    return value;
  });
}

/** A lambda's body is a unit of its own, like a statement. */
function lambdaResult(m: Machine, { id, body }: Lambda): Value {
  return m.unit(body, () => ({ result: evaluate(m, body) }), m.homeOf(id)).result ?? NONE_VALUE;
}

function bodyResult(m: Machine, node: FunctionDef, facts: FunctionFacts): Value {
  if (facts.isGenerator) return generated(m, node);
  const exits = execute(m, node.body);
  if (exits === undefined) return NONE_VALUE;
  const { returned, normal, raised } = exits;
  if (returned === undefined && normal === undefined) {
    if (raised !== undefined) {
      m.state = raised.state;
      throw new Raised(raised.value);
    }
    return unknown(`${node.name} does not return`);
  }
  if (returned === undefined) return NONE_VALUE;
  if (normal === undefined) {
    m.state = returned.state;
    return returned.value;
  }
  m.state = joinStates(returned.state, normal);
  return joinValues(returned.value, NONE_VALUE);
}

/**
 * A generator function runs to its end at once, for what there is to say of it; what it changes happens as its items
 * are read.
 */
function generated(m: Machine, node: FunctionDef): Value {
  const start = m.state;
  const ran = ranAside(m, () => {
    const yields = makeList(m, []);
    m.write(m.cell(m.scope, "%yields"), yields);
    const exits = execute(m, node.body);
    const ends = [exits?.normal, exits?.returned?.state, exits?.raised?.state].filter((it) => it !== undefined);
    if (ends.length > 0) m.state = ends.reduce(joinStates);
    const { returned, normal } = exits ?? {};
    const plain = returned === undefined || normal === undefined;
    const result = plain ? (returned?.value ?? NONE_VALUE) : joinValues(returned.value, NONE_VALUE);
    return { ...listOf(m, yields), result };
  });
  const { items, rest, result } = ran.value;
  return makeIterator(m, items, rest, trailOf(start, ran.yields, items.length, ran.end, ran.reads, result));
}

function clear(m: Machine, scope: Scope): void {
  for (const cell of scope.cells.values()) if (m.peek(cell) !== undefined) m.write(cell, undefined);
}

/** Sends the names of `global` and `nonlocal` statements to where they live. */
function redirect(scope: Scope, facts: FunctionFacts): void {
  scope.redirected.clear();
  for (const { kind, name } of facts.declared) {
    let target = scope.parent;
    if (kind === "Global") while (target?.parent !== undefined) target = target.parent;
    else while (target !== undefined && !target.cells.has(name)) target = target.parent;
    if (target !== undefined) scope.redirected.set(name, target);
  }
}
