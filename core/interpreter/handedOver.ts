import type { Expression } from "../python/syntax.ts";
import { listOf } from "./containers.ts";
import type { Machine } from "./machine.ts";
import { spoil } from "./methods/receiver.ts";
import { lookupIn } from "./names.ts";
import type { Args, FunctionValue, Value } from "./values.ts";

/**
 * Functions that are given to something that is not followed, which may call them as often as it likes: `words.update`,
 * or one of the program's own. The lists and dictionaries that they change are not known from then on.
 */
export function handedOver(m: Machine, { list }: Args, reason: string): void {
  for (const { value } of list) calledSomewhere(m, value, reason, 0);
}

function calledSomewhere(m: Machine, value: Value, reason: string, depth: number): void {
  if (value.kind === "list" && depth < 2)
    for (const item of listOf(m, value).items) calledSomewhere(m, item, reason, depth + 1);
  if (value.kind === "method" && value.function.kind === "native") {
    if (CHANGES.has(value.function.name.split(".").at(-1) ?? "")) spoil(m, value.self, reason);
  }
  if (value.kind === "function") changedBy(m, value, new Map(), reason);
}

/** A function may run, with these values for its parameters: what it changes in place is not known from then on. */
export function changedBy(
  m: Machine,
  { code, scope }: FunctionValue,
  bound: ReadonlyMap<string, Value>,
  reason: string,
): void {
  for (const name of changedIn(m.code(code))) {
    const container = bound.get(name) ?? lookupIn(m, scope, name);
    if (container !== undefined) spoil(m, container, reason);
  }
}

const CHANGES: ReadonlySet<string> = new Set(
  (
    "append appendleft extend extendleft insert add update setdefault pop popleft popitem remove discard clear sort " +
    "reverse __setitem__"
  ).split(" "),
);

const known = new WeakMap<object, ReadonlySet<string>>();
/** The variables whose values a function changes in place. */
export function changedIn(code: object | undefined): ReadonlySet<string> {
  if (code === undefined) return new Set();
  const found = known.get(code);
  if (found !== undefined) return found;
  const names = new Set<string>();
  visit(code, names);
  known.set(code, names);
  return names;
}

interface Changing {
  readonly kind?: string;
  readonly callee?: Expression;
  readonly target?: Expression;
  readonly targets?: readonly Expression[];
}
function visit(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const { kind, callee, target, targets = [] } = node as Changing;
  if (kind === "Call" && callee?.kind === "Attribute" && callee.object.kind === "Name" && CHANGES.has(callee.name))
    names.add(callee.object.name);
  for (const it of target === undefined ? targets : [target])
    if (it.kind === "Subscript" && it.object.kind === "Name") names.add(it.object.name);
  for (const value of Object.values(node)) visit(value, names);
}
