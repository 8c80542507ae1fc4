import type { Module } from "../python/syntax.ts";
import type { Machine } from "./machine.ts";

/**
 * Python imports a package before what is in it. Here a package is read only where a program asks for it, since its
 * `__init__` may import all that there is. But what a module asks for itself, of the packages around it, comes first:
 * else they would begin in the middle of it, and not find the names that it has not bound yet. The outer ones first.
 */
export function ancestorsAsked(m: Machine, path: string, module: Module): readonly string[] {
  const folder = slashed(path).replace(/[^/]*$/, "");
  const around = importedBy(module).flatMap((name) => {
    if (!/^\.+$/.test(name) && !folder.includes(`/${name.replaceAll(".", "/")}/`)) return [];
    const found = m.loader.find(path, name, m.entry);
    const init = found.kind === "module" && found.path !== path ? slashed(found.path) : "";
    return init.endsWith("/__init__.py") && folder.startsWith(init.replace(/__init__\.py$/, ""))
      ? [{ name, init }]
      : [];
  });
  return around.sort((a, b) => a.init.length - b.init.length).map(({ name }) => name);
}
const slashed = (path: string): string => path.replaceAll("\\", "/");

/** The names of the modules that a module imports as it begins, as it writes them. */
const imports = new WeakMap<Module, readonly string[]>();
function importedBy(module: Module): readonly string[] {
  const names = imports.get(module) ?? [
    ...new Set(
      module.entries.flatMap(({ statement: it }) =>
        it.kind === "ImportFrom" ? [it.module] : it.kind === "Import" ? it.names.map(({ name }) => name) : [],
      ),
    ),
  ];
  imports.set(module, names);
  return names;
}
