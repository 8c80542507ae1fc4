import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createParser, type PythonParser } from "../../core/python/parser.ts";

const require = createRequire(import.meta.url);

/** A parser for tests; the bytes come from the installed packages. */
export function testParser(): Promise<PythonParser> {
  return createParser({
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    python: readFileSync(require.resolve("tree-sitter-python/tree-sitter-python.wasm")),
  });
}

export interface Sample {
  readonly name: string;
  readonly text: string;
}

function sample(name: string): Sample {
  return { name, text: readFileSync(new URL(`samples/${name}.py`, import.meta.url), "utf8") };
}

/** Models as people write them. */
export const SAMPLES: readonly Sample[] = ["residual", "transformer", "generator"].map(sample);
/** Every construct once. */
export const GRAMMAR: Sample = sample("grammar");

/** A piece of tree as text without ids: two trees that say the same have the same text. */
export function asText(piece: unknown): string {
  return JSON.stringify(piece, (key, value) => {
    if (key === "id") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

/** Whether two trees say the same: what `asText` would write of them is equal, without writing it. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  const [mine, its] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(mine);
  return keys.length === Object.keys(its).length && keys.every((key) => key === "id" || sameTree(mine[key], its[key]));
}
