import type { Module } from "../python/syntax.ts";
import type { Span } from "../text/span.ts";
import { ancestorsAsked } from "./ancestors.ts";
import { callValue } from "./calls.ts";
import { executeModule } from "./execute.ts";
import { importFrom } from "./imports.ts";
import { joinValues } from "./join.ts";
import type { Machine } from "./machine.ts";
import { mentionsOf } from "./mentions.ts";
import { cellValue, valueIn } from "./names.ts";
import { raiseIfCaught } from "./raising.ts";
import type { Scope } from "./scope.ts";
import { type ModuleValue, positional, str, tuple, type Unknown, unknown, type Value } from "./values.ts";

/** Under these names the machine keeps what an import was answered, and the module that is loaded. */
export const answerName = (path: string, name: string, program: string): string =>
  `answer ${name} from ${path}\nin ${program}`;
export const moduleName = (path: string): string => `module ${path}`;

/** The framework's module, or the project's, that a dotted name means in the present file. */
export function importModule(m: Machine, name: string): Value {
  const root = name.split(".", 1)[0] ?? name;
  const owner = root === "" ? undefined : m.frameworks.find((it) => it.roots.includes(root));
  owner?.imported?.(m);
  if (owner !== undefined && owner.readsSource?.(name) !== true) return { kind: "module", name };
  const found = m.loader.find(m.path, name, m.entry);
  m.demand(m.named(answerName(m.path, name, m.entry)), found.token);
  const isThere = owner !== undefined || m.frameworks.some((it) => it.requires?.(root) === true);
  if (found.kind === "absent" && isThere) return { kind: "module", name };
  if (found.kind !== "module") {
    const reason = found.kind === "pending" ? "is not read yet" : "is not known to Inlayer";
    const value = unknown(`the module ${name} ${reason}`, "module");
    return found.kind === "absent" ? { ...value, isAbsent: true } : value;
  }
  const loaded = m.named(moduleName(found.path));
  const already = cellValue(m.read(loaded)) ?? withAncestors(m, found.path, found.module);
  m.demand(loaded, found.module);
  if (already !== undefined) return already;
  const context = m.moduleContext(found.path);
  return m.within(context, m.scope, found.path, () => {
    const scope = m.scopeOf(context, "module", undefined);
    const value: ModuleValue = { kind: "module", name, scope };
    m.write(loaded, value);
    return m.within(context, scope, found.path, () => {
      const parts = splitOf(found.path, found.module);
      if (parts !== undefined) {
        indexes.set(scope, parts.later);
        m.write(m.named(AWAITED), tuple([...awaited(m), value]));
      }
      plainly(m, () => executeModule(m, parts?.now ?? found.module));
      return value;
    });
  });
}

/** Imports the packages around a module that it asks for; what it is where one of them has imported it by then. */
function withAncestors(m: Machine, path: string, module: Module): Value | undefined {
  for (const name of ancestorsAsked(m, path, module)) m.within(m.context, m.scope, path, () => importModule(m, name));
  return cellValue(m.read(m.named(moduleName(path))));
}

/**
 * A module that a function imports while it is read by itself runs as it always does: its runs are remembered for
 * everyone. What it shows is none of that reading's.
 */
function plainly(m: Machine, body: () => void): void {
  const { reading, isStrict } = m;
  const isPlain = reading === undefined && !isStrict;
  Object.assign(m, { reading: undefined, isStrict: false });
  try {
    if (isPlain) body();
    else m.unseen(body);
  } finally {
    Object.assign(m, { reading, isStrict });
  }
}

/**
 * What the `__init__` of a large package imports and does not use itself, `from place import Name`, is not run before
 * the name is asked for: a library is read as far as a program uses it.
 */
const indexes = new WeakMap<Scope, readonly Entry[]>();
type Entry = Module["entries"][number];
interface Split {
  readonly later: readonly Entry[];
  readonly now: Module;
}
const MANY_NAMES = 20;
const splits = new WeakMap<Module, Split | undefined>();
function splitOf(path: string, module: Module): Split | undefined {
  if (!/(?:^|[\\/])__init__\.py$/.test(path)) return undefined;
  if (!splits.has(module)) splits.set(module, split(module));
  return splits.get(module);
}
function split(module: Module): Split | undefined {
  const others = module.entries.filter(({ statement }) => !/^Import/.test(statement.kind));
  const used = mentionsOf(others.map(({ statement }) => statement));
  if (["globals", "locals", "vars", "dir"].some((name) => used.has(name))) return undefined;
  const isLater = ({ statement: it }: Entry): boolean =>
    it.kind === "ImportFrom" && it.names.every(({ name, alias }) => name !== "*" && !used.has(alias ?? name));
  const later = module.entries.filter(isLater);
  const count = later.reduce((sum, { statement: it }) => sum + (it.kind === "ImportFrom" ? it.names.length : 0), 0);
  if (count < MANY_NAMES) return undefined;
  return { later, now: { ...module, entries: module.entries.filter((it) => !later.includes(it)) } };
}
function fromIndex(m: Machine, scope: Scope, wanted: string): Value | undefined {
  for (const { statement } of indexes.get(scope) ?? []) {
    if (statement.kind !== "ImportFrom") continue;
    const names = statement.names.filter(({ name, alias }) => (alias ?? name) === wanted);
    // `from package import part`, in the package itself, asks it for the name again: that is its module.
    if (names.length === 0 || asked.has(statement)) continue;
    asked.add(statement);
    try {
      m.within(m.moduleContext(scope.path), scope, scope.path, () =>
        plainly(m, () => importFrom(m, { ...statement, names })),
      );
    } finally {
      asked.delete(statement);
    }
    return valueIn(m, scope, wanted);
  }
  return undefined;
}
const asked = new Set<Entry["statement"]>();
/** Runs all of it, for whoever asks for every name. */
export function loadIndex(m: Machine, scope: Scope): void {
  const entries = indexes.get(scope);
  if (entries !== undefined)
    m.within(m.moduleContext(scope.path), scope, scope.path, () => plainly(m, () => executeModule(m, { entries })));
}

/**
 * The packages of which something is not read yet. What a module makes empty as it is imported may be a registry, in
 * which others enter themselves as they are: once a program asks for what is in it, all of them are read.
 */
const AWAITED = "packages that are read as far as they are used";
const awaited = (m: Machine): readonly Value[] => {
  const known = m.read(m.named(AWAITED));
  return known?.kind === "tuple" ? known.items : [];
};
export function loadAwaited(m: Machine): void {
  if (m.isImporting) return;
  for (let all = awaited(m); all.length > 0; all = awaited(m)) {
    m.write(m.named(AWAITED), tuple([]));
    for (const it of all) if (it.kind === "module" && it.scope !== undefined) loadIndex(m, it.scope);
  }
}

/** Of what an import gave: that the project has no such module. */
export const isAbsent = (value: Value): value is Unknown => value.kind === "unknown" && value.isAbsent === true;

export function moduleAttribute(m: Machine, object: ModuleValue, name: string): Value | undefined {
  if (object.scope === undefined) return libraryAttribute(m, object, name);
  const { scope } = object;
  const value = valueIn(m, scope, name) ?? fromIndex(m, scope, name);
  if (value !== undefined) return value;
  if (name === "__name__") return str(object.name);
  const submodule = m.within(m.context, scope, scope.path, () => importModule(m, `${object.name}.${name}`));
  if (submodule.kind === "module") return submodule;
  const dynamic = valueIn(m, scope, "__getattr__");
  if (dynamic !== undefined) return callValue(m, dynamic, positional(str(name)));
  const star = valueIn(m, scope, "*");
  return star === undefined ? undefined : unknown(`${name} may come from a star import that is not known`);
}

/** A library's attribute in one spelling, whichever a program took. */
function spelling(m: Machine, { name: said }: ModuleValue, name: string): string {
  const home = frameworkName(m, said);
  return `${home.kind === "module" ? home.name : said}.${name}`;
}
export function setOnLibrary(m: Machine, object: ModuleValue, name: string, value: Value): void {
  const known = m.read(m.setOnLibraries);
  if (known?.kind !== "attributes") return;
  const key = spelling(m, object, name);
  const maybe = known.maybe?.filter((it) => it !== key);
  m.write(m.setOnLibraries, { ...known, entries: new Map(known.entries).set(key, value), maybe });
}
function libraryAttribute(m: Machine, object: ModuleValue, name: string): Value {
  const known = m.read(m.setOnLibraries);
  const own = (): Value => frameworkName(m, `${object.name}.${name}`);
  if (known?.kind !== "attributes" || known.entries.size === 0) return own();
  const key = spelling(m, object, name);
  const value = known.entries.get(key);
  return value === undefined ? own() : known.maybe?.includes(key) === true ? joinValues(value, own()) : value;
}

/** A library certainly has no such name. */
export const isLacking = (m: Machine, name: string): boolean => m.frameworks.some((it) => it.lacks?.(name) === true);

/** A program asks a library for a name, in an expression or an import. */
export function askedFor(m: Machine, name: string, { span }: { readonly span: Span }, isImport = false): void {
  const root = name.split(".", 1)[0] ?? "";
  for (const framework of m.frameworks)
    if (framework.asked !== undefined && framework.roots.includes(root))
      framework.asked(m, name, m.place({ span }), isImport);
}

export function frameworkName(m: Machine, qualifiedName: string): Value {
  const dot = qualifiedName.indexOf(".");
  const root = dot < 0 ? qualifiedName : qualifiedName.slice(0, dot);
  for (const framework of m.frameworks) {
    if (!framework.roots.includes(root)) continue;
    const value = framework.resolve(m, qualifiedName);
    if (value !== undefined) return value;
    if (framework.lacks?.(qualifiedName) === true) raiseIfCaught(m, "AttributeError");
  }
  return unknown(`Inlayer does not know ${qualifiedName}`);
}
