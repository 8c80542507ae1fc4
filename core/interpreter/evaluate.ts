import type { Call, Dict, Expression, FString, Literal, Sequence } from "../python/syntax.ts";
import { attributeOf } from "./attributes.ts";
import { callValue, evaluateArguments, makeFunction } from "./calls.ts";
import { compare } from "./comparison.ts";
import { comprehension } from "./comprehension.ts";
import { hashOf, listOf, makeDict, makeList, makeSet, mergedEntries } from "./containers.ts";
import { display } from "./display.ts";
import { Raised } from "./exits.ts";
import { formatted } from "./formatting.ts";
import type { DictEntry } from "./heap.ts";
import { type Items, isRest, iterate, step } from "./iterate.ts";
import { joinStates, joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { entriesFrom } from "./methods/dicts.ts";
import { askedFor } from "./modules.ts";
import { lookup } from "./names.ts";
import { observeCall } from "./observe.ts";
import { binary, truth, unary } from "./operators.ts";
import type { Scope } from "./scope.ts";
import { subscript } from "./subscript.ts";
import {
  bool,
  ELLIPSIS,
  float,
  int,
  NONE_VALUE,
  reasonOf,
  str,
  tuple,
  type Unknown,
  unknown,
  type Value,
} from "./values.ts";

/** The value of an expression. What cannot be known is an unknown with its reason; nothing here throws at a user. */
export function evaluate(m: Machine, node: Expression): Value {
  m.steps++;
  if (m.exhausted) return unknown("Inlayer stopped here: the program needs more steps than it may take");
  switch (node.kind) {
    case "Constant":
      return literal(node.value);
    case "Name":
      return byNow(m, lookup(m, node.name));
    case "Attribute": {
      const object = evaluate(m, node.object);
      if (object.kind === "module" && object.scope === undefined) askedFor(m, `${object.name}.${node.name}`, node);
      return byNow(m, attributeOf(m, object, node.name, node));
    }
    case "Call":
      return byNow(m, evaluateCall(m, node));
    case "Subscript": {
      const object = evaluate(m, node.object);
      const index = evaluate(m, node.index);
      m.site = node;
      return byNow(m, subscript(m, object, index));
    }
    case "Binary": {
      const left = evaluate(m, node.left);
      const right = evaluate(m, node.right);
      m.site = node;
      return binary(m, node.op, left, right);
    }
    case "Unary": {
      const operand = evaluate(m, node.operand);
      m.site = node;
      return unary(m, node.op, operand);
    }
    case "BoolOp":
      return boolean(m, node.op, node.values);
    case "Compare":
      return comparison(m, node);
    case "Conditional":
      return conditional(m, node.test, node.then, node.otherwise);
    case "FString":
      return formattedString(m, node);
    default:
      return evaluateRare(m, node);
  }
}

/** An array is a value here: where it was written into since, what is kept somewhere is what it was. */
const byNow = (m: Machine, value: Value): Value =>
  value.kind === "tensor" && value.family.current !== undefined ? value.family.current(m, value) : value;

type Rare = Exclude<
  Expression,
  {
    kind:
      | "Constant"
      | "Name"
      | "Attribute"
      | "Call"
      | "Subscript"
      | "Binary"
      | "Unary"
      | "BoolOp"
      | "Compare"
      | "Conditional"
      | "FString";
  }
>;

function evaluateRare(m: Machine, node: Rare): Value {
  switch (node.kind) {
    case "Tuple":
    case "List":
    case "Set":
      return sequence(m, node);
    case "Dict":
      return dictionary(m, node);
    case "Comprehension":
      return comprehension(m, node);
    case "Lambda":
      return makeFunction(m, node, "<lambda>");
    case "Slice": {
      const part = (it: Expression | undefined) => (it === undefined ? NONE_VALUE : evaluate(m, it));
      return { kind: "slice", lower: part(node.lower), upper: part(node.upper), step: part(node.step) };
    }
    case "Walrus": {
      const value = evaluate(m, node.value);
      bindOutside(m, node.name, value);
      return value;
    }
    case "Starred":
    case "Await":
      return evaluate(m, node.value);
    case "Yield":
      return yielded(m, node.value === undefined ? NONE_VALUE : evaluate(m, node.value), node.from, node.value);
    case "BrokenExpression":
      return unknown(node.reason);
  }
}

/** `name := value` in a comprehension binds in the scope around it. */
function bindOutside(m: Machine, name: string, value: Value): void {
  let scope: Scope = m.scope;
  while (scope.kind === "comprehension" && scope.parent !== undefined) scope = scope.parent;
  m.write(m.cell(scope.redirected.get(name) ?? scope, name), value);
  if (scope === m.scope) for (const framework of m.frameworks) framework.bound?.(m, name, value);
}

export function literal(it: Literal): Value {
  switch (it.kind) {
    case "none":
      return NONE_VALUE;
    case "ellipsis":
      return ELLIPSIS;
    case "bool":
      return bool(it.value);
    case "int":
      return typeof it.value === "number" ? int(it.value) : unknown("an integer beyond 2^53");
    case "float":
      return float(it.value);
    case "complex":
      return unknown("a complex number", "complex");
    case "str":
      return str(it.value);
    case "bytes":
      return { kind: "bytes", value: it.value };
  }
}

function evaluateCall(m: Machine, node: Call): Value {
  const callee = evaluate(m, node.callee);
  const args = evaluateArguments(m, node.args);
  m.site = node;
  m.note = undefined;
  const value = callValue(m, callee, args);
  observeCall(m, node, callee, args, value);
  return value;
}

/** Operands up to the one that decides; where one is not known, the answer may be it or any that follows. */
function boolean(m: Machine, op: "and" | "or", operands: readonly Expression[]): Value {
  for (const [i, operand] of operands.entries()) {
    const result = evaluate(m, operand);
    const known = truth(m, result);
    if (i === operands.length - 1 || known === (op === "or")) return result;
    if (known === undefined) return oneOfThese(m, op, operands.slice(i + 1), result);
  }
  return NONE_VALUE;
}

/** After an operand that may decide: it, or any of those that follow, up to one that certainly decides. */
function oneOfThese(m: Machine, op: "and" | "or", operands: readonly Expression[], first: Value): Value {
  let result = first;
  let stopped = m.state;
  for (const [i, operand] of operands.entries()) {
    const value = uncertainly(m, () => evaluate(m, operand));
    const known = truth(m, value);
    const decides = i === operands.length - 1 || known === (op === "or");
    if (decides || known === undefined) {
      result = joinValues(result, value);
      stopped = joinStates(stopped, m.state);
    }
    if (decides) break;
  }
  m.state = stopped;
  return result;
}

/** Evaluates what may not be evaluated when the program runs. */
export function uncertain<T>(m: Machine, body: () => T): T {
  m.conditional++;
  m.noteJoin();
  try {
    return body();
  } finally {
    m.conditional--;
  }
}

/** Evaluates what may or may not be evaluated, and goes on from either. */
export function perhaps<T>(m: Machine, body: () => T): T | Unknown {
  const before = m.state;
  const value = uncertainly(m, body);
  m.state = joinStates(before, m.state);
  return value;
}

/** What raises there raises in one case only. */
export function uncertainly<T>(m: Machine, body: () => T): T | Unknown {
  try {
    return uncertain(m, body);
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown;
    return unknown("it raises in one case");
  }
}

function comparison(m: Machine, node: Extract<Expression, { kind: "Compare" }>): Value {
  let left = evaluate(m, node.left);
  let result: Value = bool(true);
  for (const { op, value } of node.rest) {
    const right = evaluate(m, value);
    m.site = node;
    const next = compare(m, op, left, right);
    if (next.kind === "tensor") return next;
    const known = truth(m, next);
    if (known === false) return next;
    // A method may answer with anything; where a part is not known, neither is the whole.
    if (known === undefined || truth(m, result) !== undefined) result = next;
    left = right;
  }
  return result;
}

function conditional(m: Machine, test: Expression, then: Expression, otherwise: Expression): Value {
  const known = truth(m, evaluate(m, test));
  if (known !== undefined) return evaluate(m, known ? then : otherwise);
  const before = m.state;
  const a = uncertainly(m, () => evaluate(m, then));
  const after = m.state;
  m.state = before;
  const b = uncertainly(m, () => evaluate(m, otherwise));
  m.state = joinStates(after, m.state);
  return joinValues(a, b);
}

function formattedString(m: Machine, node: FString): Value {
  let text = "";
  let doubt: string | undefined;
  for (const part of node.parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const value = evaluate(m, part.value);
    const shown = replacement(m, value, part.conversion, part.format);
    if (shown === undefined) doubt ??= reasonOf(value) ?? "its text is not known";
    text += shown ?? "";
  }
  return doubt === undefined ? str(text) : unknown(doubt, "str");
}

function replacement(m: Machine, value: Value, conversion: string, format: string): string | undefined {
  if (conversion === "") return formatted(m, value, format);
  const text = conversion === "a" ? undefined : display(m, value, conversion === "r");
  return text === undefined ? undefined : formatted(m, str(text), format);
}

function sequence(m: Machine, node: Sequence): Value {
  const items: Value[] = [];
  let rest: { element: Value; reason: string } | undefined;
  for (const item of node.items) {
    if (item.kind !== "Starred") {
      items.push(evaluate(m, item));
      continue;
    }
    const spread = iterate(m, evaluate(m, item.value));
    items.push(...spread.items);
    rest ??= spread.rest;
  }
  if (node.kind === "List") return makeList(m, items, rest);
  if (rest !== undefined) return unknown(rest.reason);
  return node.kind === "Tuple" ? tuple(items) : makeSet(m, items);
}

function dictionary(m: Machine, node: Dict): Value {
  let entries = new Map<string, DictEntry>();
  let open: string | undefined;
  for (const { key, value } of node.entries) {
    const given = evaluate(m, value);
    if (key === undefined) {
      const merged = mergedEntries({ kind: "dictObject", entries, open }, entriesFrom(m, given, new Map()));
      entries = new Map(merged.entries);
      open = merged.open;
      continue;
    }
    const name = evaluate(m, key);
    const hash = hashOf(name);
    if (hash !== undefined) entries.set(hash, { key: entries.get(hash)?.key ?? name, value: given });
    else {
      // The key may be any of those before it.
      open ??= reasonOf(name) ?? "a key that is not known";
      for (const [other, entry] of entries) entries.set(other, { ...entry, value: unknown(open) });
    }
  }
  return makeDict(m, entries, open);
}

/**
 * What a generator function has yielded so far is kept with its variables, so that a remembered statement yields
 * again.
 */
function yielded(m: Machine, value: Value, from: boolean, node: Expression | undefined): Value {
  let scope: Scope = m.scope;
  while (scope.kind === "comprehension" && scope.parent !== undefined) scope = scope.parent;
  const yields = m.read(m.cell(scope, "%yields"));
  if (yields?.kind !== "list") return unknown("what is sent into a generator");
  const give = (more: Items): void => {
    const { items, rest } = listOf(m, yields);
    m.steps += items.length >> 4;
    if (rest === undefined) {
      m.write(yields.id, { kind: "listObject", items: [...items, ...more.items], rest: more.rest });
    } else {
      const all = [...more.items, ...(more.rest === undefined ? [] : [more.rest.element])];
      m.write(yields.id, {
        kind: "listObject",
        items,
        rest: { element: all.reduce(joinValues, rest.element), reason: rest.reason },
      });
    }
    for (const _ of more.items) m.yields(node && !from ? m.place(node) : undefined);
  };
  if (!from) {
    give({ items: [value] });
    return unknown("what is sent into a generator");
  }
  if (value.kind !== "iterator") {
    give(iterate(m, value));
    return NONE_VALUE;
  }
  const entry = m.read(value.id);
  const result = entry?.kind === "iteratorObject" ? entry.trail?.result : undefined;
  for (let it = step(m, value); it !== undefined && !m.exhausted; it = step(m, value)) {
    give(isRest(it) ? { items: [], rest: it } : { items: [it] });
    if (isRest(it)) break;
  }
  return result ?? NONE_VALUE;
}
