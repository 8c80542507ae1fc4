import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { bundlePrograms, coreApart, coreScript } from "../../tasks/programs.mjs";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** A program as it is shipped, with the parser beside it; gives what starts it. */
export async function bundleProgram(folder: string, name: "server" | "cli"): Promise<string> {
  const [launcher = ""] = await bundlePrograms(folder, [name]);
  for (const wasm of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    copyFileSync(require.resolve(wasm), join(folder, wasm.split("/").at(-1) ?? ""));
  }
  return launcher;
}

/** The server for a web worker, as text, behind core. It fails as soon as anything of Node is in it. */
export async function bundleWorker(): Promise<string> {
  const core = { ...coreScript(), absWorkingDir: root };
  const server: BuildOptions = {
    ...{ bundle: true, format: "iife", platform: "browser", target: "es2023", logLevel: "error" },
    entryPoints: [join(root, "server/browser.ts")],
    plugins: [coreApart],
  };
  return `${await textOf(core)}\n${await textOf(server)}`;
}
async function textOf(options: BuildOptions): Promise<string> {
  const made = await build({ ...options, legalComments: "none", sourcemap: false, write: false });
  return made.outputFiles[0]?.text ?? "";
}
