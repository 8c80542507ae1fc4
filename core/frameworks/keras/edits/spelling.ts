import type { TextEdit } from "../../../interpreter/framework.ts";
import type { Call, Import, ImportFrom, Module } from "../../../python/syntax.ts";
import { inserted, type Source } from "./source.ts";

/** How a name of Keras's is written in a file that writes its neighbours in its own way. */

export interface Spelled {
  readonly text: string;
  /** What has to be imported for it. */
  readonly imports: readonly TextEdit[];
}

/** The classes that the text of a layer calls: two where one wraps the other. */
const CLASSES = /\b[A-Z]\w*(?=\()/g;

/** `layers.Dense` → `layers.Flatten()`; a bare `Dense` → `Flatten()`, imported beside it. */
export function spelledLike(layer: string, call: Call, base: number, { text, module }: Source): Spelled | undefined {
  const { callee } = call;
  if (callee.kind === "Attribute") {
    const prefix = text.slice(base + callee.object.span.start, base + callee.object.span.end);
    return { text: layer.replace(CLASSES, (name) => `${prefix}.${name}`), imports: [] };
  }
  if (callee.kind !== "Name") return undefined;
  const imports = (layer.match(CLASSES) ?? []).map((name) => importBeside(callee.name, name, module));
  if (!imports.every((it) => it !== undefined)) return undefined;
  const [first, ...others] = imports.flat();
  if (first === undefined) return { text: layer, imports: [] };
  // All are put in at one place.
  return { text: layer, imports: [{ ...first, newText: [first, ...others].map((it) => it.newText).join("") }] };
}

/** What imports `name` where `neighbour` is imported from; undefined where that is no import of names. */
export function importBeside(neighbour: string, name: string, module: Module): readonly TextEdit[] | undefined {
  const beside = importOf(module, neighbour);
  const last = beside?.statement.names.at(-1);
  if (beside === undefined || last === undefined) return undefined;
  const isThere = beside.statement.names.some((it) => it.name === "*" || (it.name === name && it.alias === undefined));
  return isThere ? [] : inserted(beside.offset + last.span.end, `, ${name}`);
}

function importOf(
  module: Module,
  name: string,
): { readonly statement: ImportFrom; readonly offset: number } | undefined {
  for (const { statement, offset } of module.entries) {
    if (statement.kind !== "ImportFrom") continue;
    if (statement.names.some((it) => (it.alias ?? it.name) === name || it.name === "*")) return { statement, offset };
  }
  return undefined;
}

/**
 * How the file writes a name of Keras's, `utils.to_categorical`, by what it imports: `keras.utils.to_categorical`,
 * `tf.keras.utils.to_categorical`, `to_categorical`; imported beside what it imports of Keras where no root of it is at
 * hand.
 */
export function spelledInFull(name: string, module: Module): Spelled | undefined {
  const short = name.slice(name.lastIndexOf(".") + 1);
  for (const { statement } of module.entries) {
    if (statement.kind === "ImportFrom" && statement.names.some((it) => it.name === short && it.alias === undefined))
      return { text: short, imports: [] };
  }
  for (const { statement } of module.entries) {
    const root = statement.kind === "Import" || statement.kind === "ImportFrom" ? rootOf(statement) : undefined;
    if (root !== undefined) return { text: `${root}.${name}`, imports: [] };
  }
  for (const { statement, offset } of module.entries) {
    const package_ = statement.kind === "ImportFrom" ? KERAS.exec(statement.module)?.[0] : undefined;
    if (package_ === undefined) continue;
    const inside = name.includes(".") ? `.${name.slice(0, name.lastIndexOf("."))}` : "";
    const line = `from ${package_}${inside} import ${short}\n`;
    return { text: short, imports: inserted(offset, line) };
  }
  return undefined;
}
const KERAS = /^(?:tensorflow\.)?keras(?=\.|$)/;

/** What stands for `keras` after an import: `keras`, `k`, `tf.keras`. */
export function rootOf(statement: Import | ImportFrom): string | undefined {
  if (statement.kind === "ImportFrom") {
    const keras = statement.module === "tensorflow" ? statement.names.find((it) => it.name === "keras") : undefined;
    return keras === undefined ? undefined : (keras.alias ?? keras.name);
  }
  for (const { name, alias } of statement.names) {
    if (name === "keras" || (name === "tensorflow.keras" && alias !== undefined)) return alias ?? name;
    if (name === "tensorflow") return `${alias ?? name}.keras`;
  }
  return undefined;
}

/** How the file writes a function of NumPy's: `np.array`; NumPy is imported where it is not. */
export function spelledOfNumpy(name: string, module: Module): Spelled | undefined {
  for (const { statement } of module.entries) {
    if (statement.kind === "ImportFrom" && statement.module === "numpy")
      if (statement.names.some((it) => it.name === name && it.alias === undefined)) return { text: name, imports: [] };
    const numpy = statement.kind === "Import" ? statement.names.find((it) => it.name === "numpy") : undefined;
    if (numpy !== undefined) return { text: `${numpy.alias ?? "numpy"}.${name}`, imports: [] };
  }
  const first = module.entries.find(
    ({ statement: it }) => it.kind === "Import" || (it.kind === "ImportFrom" && it.module !== "__future__"),
  );
  return first && { text: `np.${name}`, imports: inserted(first.offset, "import numpy as np\n") };
}
