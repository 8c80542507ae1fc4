import type { Import, ImportFrom } from "../python/syntax.ts";
import { findAttribute } from "./attributes.ts";
import type { Machine } from "./machine.ts";
import { importModule } from "./modules.ts";
import { bindName, valueIn } from "./names.ts";
import { raiseIfCaught } from "./raising.ts";
import { unknown, type Value } from "./values.ts";

/** `import a.b as c` binds the module itself, `import a.b` its root. */
export function importModules(m: Machine, node: Import): undefined {
  for (const { name, alias } of node.names) {
    const module = importModule(m, name);
    const root = name.split(".", 1)[0] ?? name;
    const bound = alias !== undefined || root === name ? module : importModule(m, root);
    bindName(m, alias ?? root, bound);
  }
}

export function importFrom(m: Machine, node: ImportFrom): undefined {
  const module = importModule(m, node.module);
  for (const { name, alias, span } of node.names) {
    if (name === "*") importStar(m, module, node.module);
    else {
      const value = memberOf(m, module, node.module, name);
      if (value.kind === "unknown") m.doubt(m.place({ span }), value);
      bindName(m, alias ?? name, value);
    }
  }
}

function memberOf(m: Machine, module: Value, path: string, name: string): Value {
  if (module.kind === "module" && module.scope === undefined && isLacking(m, `${module.name}.${name}`))
    raiseIfCaught(m, "ImportError");
  const found = module.kind === "module" ? findAttribute(m, module, name) : undefined;
  if (found !== undefined) return found;
  const submodule = importModule(m, path.endsWith(".") ? path + name : `${path}.${name}`);
  if (submodule.kind === "module" || module.kind !== "module") return submodule;
  return unknown(`${path} has no ${name}`);
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
  for (const name of scope.cells.keys()) {
    const value = valueIn(m, scope, name);
    if (value !== undefined && (name === "*" || !/^[_%]/.test(name))) bindName(m, name, value);
  }
}

const isLacking = (m: Machine, name: string): boolean => m.frameworks.some((it) => it.lacks?.(name) === true);
