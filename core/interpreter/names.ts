import { builtin } from "./builtins.ts";
import type { HeapEntry } from "./heap.ts";
import type { Machine } from "./machine.ts";
import { moduleName } from "./modules.ts";
import { raised } from "./raising.ts";
import { EVERY_NAME, type Scope } from "./scope.ts";
import { str, unknown, type Value } from "./values.ts";

/** A cell's value: cells hold values, never heap objects. */
export const cellValue = (entry: HeapEntry | undefined): Value | undefined => entry as Value | undefined;

/** The value in `scope` itself. That there is none is read too: whoever found nothing depends on that. */
export const valueIn = (m: Machine, scope: Scope, name: string): Value | undefined =>
  cellValue(m.read(m.cell(scope, name)));

/**
 * A name by Python's rule: local, enclosing functions, module, built in. A class body is seen only from within itself.
 */
export function lookup(m: Machine, name: string): Value {
  for (let scope: Scope | undefined = m.scope; scope !== undefined; scope = scope.parent) {
    if (scope.kind === "class" && scope !== m.scope) continue;
    const value = valueIn(m, scope.redirected.get(name) ?? scope, name);
    if (value !== undefined) return value;
  }
  return builtin(name) ?? moduleFact(m, name) ?? starred(m, name) ?? undefinedName(m, name);
}

const undefinedName = (m: Machine, name: string): Value =>
  raised(m, "NameError", `the name ${name} is not defined here`, str(`name '${name}' is not defined`));

/** What every module has without binding it. */
function moduleFact(m: Machine, name: string): Value | undefined {
  if (!name.startsWith("__")) return undefined;
  if (name === "__file__") return unknown("where the file lies is not known", "str");
  if (name === "__doc__" || name === "__package__" || name === "__spec__") return unknown(`${name} is not followed`);
  if (name !== "__name__") return undefined;
  let scope: Scope = m.scope;
  while (scope.parent !== undefined) scope = scope.parent;
  if (scope.path === m.entry) return str("__main__");
  const module = cellValue(m.read(m.named(moduleName(scope.path))));
  return module?.kind === "module" ? str(module.name) : unknown("the name of the module is not known", "str");
}

/** After a star import of something that is not known, any name may come from there. */
function starred(m: Machine, name: string): Value | undefined {
  let scope: Scope = m.scope;
  while (scope.parent !== undefined) scope = scope.parent;
  const star = valueIn(m, scope, "*");
  return star === undefined ? undefined : unknown(`${name} may come from a star import that is not known`);
}

/** A variable as a function defined in `scope` sees it; undefined where there is none. */
export function lookupIn(m: Machine, scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const value = valueIn(m, at, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** All variables of a scope. Whoever asks depends on there being no other: on none that a later text adds. */
export function variablesIn(m: Machine, scope: Scope): readonly (readonly [string, Value])[] {
  valueIn(m, scope, EVERY_NAME);
  return [...scope.cells.keys()].flatMap((name) => {
    const value = /^[A-Za-z_]/.test(name) ? valueIn(m, scope, name) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
}

export function bindName(m: Machine, name: string, value: Value): void {
  const scope = m.scope.redirected.get(name) ?? m.scope;
  m.write(m.cell(scope, name), value);
}

/** Another value for a variable where it is: of this function, of one around it or of the module. */
export function rebindName(m: Machine, name: string, value: Value): void {
  for (let at: Scope | undefined = m.scope; at !== undefined; at = at.parent) {
    const scope = at.redirected.get(name) ?? at;
    if (valueIn(m, scope, name) === undefined) continue;
    m.write(m.cell(scope, name), value);
    return;
  }
}
