import { blocksOf } from "../python/statements.ts";
import type { BrokenStatement, Statement } from "../python/syntax.ts";
import { memberOf, setAttribute } from "./attributes.ts";
import { callMethod } from "./calls.ts";
import { type Exits, Raised } from "./exits.ts";
import type { Machine } from "./machine.ts";
import { spoil } from "./methods/receiver.ts";
import { bindName, lookupIn } from "./names.ts";
import { type Instance, positional, unknown, type Value } from "./values.ts";

type Use = BrokenStatement["uses"][number];

/**
 * A statement that cannot be read: what it may have bound is unknown, and so is what is in an object that it may have
 * changed. All else is as if it were not there, and all is where nothing runs after it. No function of the program is
 * called: what it does is not known by half.
 */
export function broken(m: Machine, { binds, uses, leaves, reason }: BrokenStatement): Exits | undefined {
  if (m.ending) return undefined;
  for (const use of uses) {
    const [name = "", ...attributes] = use.path;
    const value = lookupIn(m, m.scope, name);
    if (value !== undefined) used(m, value, attributes, use, reason);
  }
  for (const name of binds) bindName(m, name, unknown(reason));
  if (leaves === undefined || leaves.by === "yield") return undefined;
  const left = { state: m.state, value: unknown(reason) };
  if (leaves.by === "raise") return { normal: leaves.certainly ? undefined : m.state, raised: left };
  // What stands behind a return stood there before it.
  return m.scope.kind === "function" ? { normal: m.state, returned: left } : undefined;
}

/** Whether the last thing that a statement runs cannot be read. */
export function endsBroken(statement: Statement): boolean {
  if (statement.kind === "BrokenStatement") return true;
  if (statement.kind === "FunctionDef" || statement.kind === "ClassDef") return false;
  return blocksOf(statement).some(({ entries }) => {
    const last = entries.at(-1)?.statement;
    return last !== undefined && endsBroken(last);
  });
}

function used(m: Machine, value: Value, attributes: readonly string[], use: Use, reason: string): void {
  const [name, ...rest] = attributes;
  if (name === undefined) {
    // To call a layer changes nothing but what the next call would.
    if (value.kind !== "instance" || use.as !== "called") changed(m, value, use, reason);
    return;
  }
  if (value.kind !== "instance" && value.kind !== "class") {
    if (use.as === "called" && rest.length === 0) changed(m, value, use, reason);
    return;
  }
  if (rest.length === 0 && use.as === "set") setAttribute(m, value, name, unknown(reason));
  else {
    const own = m.read(value.id);
    const held = own?.kind === "attributes" ? own.entries.get(name) : undefined;
    if (held !== undefined) used(m, held, rest, use, reason);
    else if (rest.length === 0 && use.as === "called" && value.kind === "instance") called(m, value, name, use, reason);
  }
}

/**
 * A method may change its object; but a name that is not written to its end is no method yet. A library knows what its
 * own does when it is called with nobody knows what.
 */
function called(m: Machine, self: Instance, name: string, use: Use, reason: string): void {
  const method = memberOf(m, self.class, name);
  if (method === undefined) return;
  if (method.owner.members === undefined) changed(m, self, use, reason);
  else silently(m, () => callMethod(m, self, name, { ...positional(unknown(reason)), open: reason }));
}

/** Nothing is said of what a half of a program does. */
function silently(m: Machine, body: () => void): void {
  m.guarded++;
  m.quiet++;
  try {
    body();
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown;
  } finally {
    m.guarded--;
    m.quiet--;
  }
}

function changed(m: Machine, value: Value, { path }: Use, reason: string): void {
  if (value.kind === "list" || value.kind === "dict" || value.kind === "set") spoil(m, value, reason);
  else if (value.kind === "iterator")
    m.write(value.id, { kind: "iteratorObject", items: [], position: 0, rest: { element: unknown(reason), reason } });
  else if (value.kind === "instance") {
    const [name = ""] = path;
    if (isSelf(m, value)) spoilAttributes(m, value, reason);
    else if (path.length <= 2) bindName(m, name, unknown(reason));
  }
}

/** The object whose method runs: others hold it too, so its name alone says nothing. */
function isSelf(m: Machine, value: Instance): boolean {
  const self = lookupIn(m, m.scope, "%self");
  return self?.kind === "instance" && self.id === value.id;
}

function spoilAttributes(m: Machine, self: Instance, reason: string): void {
  const own = m.read(self.id);
  if (own?.kind === "attributes") {
    const entries = new Map([...own.entries].map(([name, it]) => [name, name.startsWith("%") ? it : unknown(reason)]));
    m.write(self.id, { ...own, entries, open: reason });
  }
  setMore(m, self, reason);
}

/** An attribute that nobody can ask for: who counts what is in the object sees that there may be more. */
const setMore = (m: Machine, self: Instance, reason: string): void => setAttribute(m, self, "%broken", unknown(reason));
