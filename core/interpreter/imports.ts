import type { Import, ImportFrom } from "../python/syntax.ts";
import { findAttribute } from "./attributes.ts";
import { EXCEPTIONS } from "./builtins/exceptions.ts";
import type { Exits } from "./exits.ts";
import { iterate } from "./iterate.ts";
import type { Machine } from "./machine.ts";
import { askedFor, importModule, isAbsent, isLacking, loadIndex } from "./modules.ts";
import { bindName, valueIn } from "./names.ts";
import { raiseIfCaught } from "./raising.ts";
import { stringOf, unknown, type Value } from "./values.ts";

/** `import a.b as c` binds what `a` has as `b`, `import a.b` its root. */
export function importModules(m: Machine, node: Import): Exits | undefined {
  const before = m.state;
  const modules: Value[] = [];
  for (const { name, alias } of node.names) {
    const module = importModule(m, name);
    if (module.kind === "module" && module.scope === undefined) askedFor(m, name, node, true);
    const root = name.split(".", 1)[0] ?? name;
    const bound = root === name ? module : alias === undefined ? importModule(m, root) : aliased(m, module, name);
    modules.push(module);
    bindName(m, alias ?? root, bound);
  }
  return modules.some(isAbsent) ? perhapsRaised(m, before) : undefined;
}

/** A package may have something else under its module's name: what its `__init__` imported from there. */
function aliased(m: Machine, module: Value, name: string): Value {
  const cut = name.lastIndexOf(".");
  const parent = importModule(m, name.slice(0, cut));
  const own =
    parent.kind === "module" && parent.scope !== undefined ? valueIn(m, parent.scope, name.slice(cut + 1)) : undefined;
  return module.kind === "module" ? (own ?? module) : module;
}

export function importFrom(m: Machine, node: ImportFrom): Exits | undefined {
  const before = m.state;
  const module = importModule(m, node.module);
  let misses = false;
  for (const { name, alias, span } of node.names) {
    if (name === "*") importStar(m, module, node.module);
    else {
      const found = memberOf(m, module, node.module, name);
      if (module.kind === "module" && module.scope === undefined) askedFor(m, `${node.module}.${name}`, { span }, true);
      const value = found ?? unknown(`${node.module} has no ${name}`);
      if (value.kind === "unknown") m.doubt(m.place({ span }), value);
      misses ||= found === undefined;
      bindName(m, alias ?? name, value);
    }
  }
  if (isAbsent(module)) return perhapsRaised(m, before);
  if (misses) raiseIfCaught(m, "ImportError");
  return undefined;
}

/** What the project does not have may be installed or not: a program that catches it is written for both. */
function perhapsRaised(m: Machine, before: Machine["state"]): Exits | undefined {
  const value = EXCEPTIONS.get("ModuleNotFoundError");
  return m.guarded > 0 && value !== undefined ? { normal: m.state, raised: { state: before, value } } : undefined;
}

/** Undefined where the module certainly has no such name. */
function memberOf(m: Machine, module: Value, path: string, name: string): Value | undefined {
  if (module.kind === "module" && module.scope === undefined && isLacking(m, `${module.name}.${name}`))
    raiseIfCaught(m, "ImportError");
  const found = module.kind === "module" ? findAttribute(m, module, name) : undefined;
  if (found !== undefined) return found;
  const submodule = importModule(m, path.endsWith(".") ? path + name : `${path}.${name}`);
  return module.kind === "module" && isAbsent(submodule) ? undefined : submodule;
}

function importStar(m: Machine, module: Value, path: string): void {
  if (module.kind !== "module") {
    bindName(m, "*", unknown(`a star import of ${path}, which is not known`));
    return;
  }
  const { scope } = module;
  if (scope === undefined) {
    for (const framework of m.frameworks) {
      for (const name of framework.names?.(module.name) ?? []) {
        const value = framework.resolve(m, `${module.name}.${name}`);
        if (value !== undefined) bindName(m, name, value);
      }
    }
    return;
  }
  loadIndex(m, scope);
  const all = valueIn(m, scope, "__all__");
  if (all !== undefined && importListed(m, module, path, all)) return;
  for (const name of scope.cells.keys()) {
    const value = valueIn(m, scope, name);
    if (value !== undefined && (name === "*" || !/^[_%]/.test(name))) bindName(m, name, value);
  }
}

/** What `__all__` lists, modules of the package too; false where it is not known. */
function importListed(m: Machine, module: Value, path: string, all: Value): boolean {
  const { items, rest } = iterate(m, all);
  const names = items.map(stringOf);
  for (const name of names) {
    if (name !== undefined) bindName(m, name, memberOf(m, module, path, name) ?? unknown(`${path} has no ${name}`));
  }
  return rest === undefined && names.every((name) => name !== undefined);
}
