import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createPython } from "../../core/frameworks/python/index.ts";
import { display } from "../../core/interpreter/display.ts";
import { executeModule } from "../../core/interpreter/execute.ts";
import type { Framework } from "../../core/interpreter/framework.ts";
import type { Loader } from "../../core/interpreter/loader.ts";
import { Machine } from "../../core/interpreter/machine.ts";
import { bindName, lookup } from "../../core/interpreter/names.ts";
import { reasonOf, type Value } from "../../core/interpreter/values.ts";
import { createParser } from "../../core/python/parser.ts";

/** Runs Python text through the interpreter with the standard library alone. */

const require = createRequire(import.meta.url);
const wasm = (name: string): Uint8Array => readFileSync(require.resolve(name));
const parser = await createParser({
  runtime: wasm("web-tree-sitter/web-tree-sitter.wasm"),
  python: wasm("tree-sitter-python/tree-sitter-python.wasm"),
});

const ABSENT = { kind: "absent", token: {} } as const;
const nothing: Loader = { find: () => ABSENT, data: () => ABSENT, importers: () => [], file: () => ABSENT };

export interface Ran {
  readonly machine: Machine;
  value(name: string): Value;
  /** What `repr` gives, or `? reason` where it is not known. */
  text(name: string): string;
}

export const run = (text: string, frameworks?: readonly Framework[]): Ran => runWith({}, text, frameworks);

/** Runs the text with some names bound before. */
export function runWith(
  names: Readonly<Record<string, Value>>,
  text: string,
  frameworks: readonly Framework[] = [createPython()],
): Ran {
  const document = parser.open(text);
  const machine = new Machine(frameworks, nothing);
  machine.begin("main.py", () => false);
  for (const [name, value] of Object.entries(names)) bindName(machine, name, value);
  executeModule(machine, document.module);
  const value = (name: string): Value => lookup(machine, name);
  return { machine, value, text: (name) => printed(machine, value(name)) };
}

export function printed(machine: Machine, value: Value): string {
  return display(machine, value, true) ?? `? ${reasonOf(value) ?? value.kind}`;
}
