import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Analysis, type Core, createCore, type Project } from "../../core/index.ts";

const require = createRequire(import.meta.url);
const wasm = (name: string) => readFileSync(require.resolve(name));

/** A core of its own, with the parser's bytes from the installed packages. */
export const openCore = (): Promise<Core> =>
  createCore({
    runtime: wasm("web-tree-sitter/web-tree-sitter.wasm"),
    python: wasm("tree-sitter-python/tree-sitter-python.wasm"),
  });

/** A project of one file; `modules` are other files by the name that imports them. */
export function projectOf(text: string, modules: Readonly<Record<string, string>> = {}): Project {
  const answers: [string, { path: string; text: string }][] = Object.entries(modules).flatMap(([name, source]) =>
    ["main.py", ...Object.keys(modules).map((it) => `${it}.py`)].map(
      (from): [string, { path: string; text: string }] => [
        `module ${name} from ${from}`,
        { path: `${name}.py`, text: source },
      ],
    ),
  );
  return { file: { path: "main.py", text }, answers: new Map(answers), settings: { keras: "auto", fixes: false } };
}

export const analyse = (core: Core, text: string, modules?: Readonly<Record<string, string>>): Analysis =>
  core.analyse(projectOf(text, modules)).analysis;
