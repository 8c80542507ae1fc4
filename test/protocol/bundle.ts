import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** The server as it is shipped: one file, with the parser beside it. It starts in a moment, unlike its source. */
export async function bundleServer(folder: string, entry = "server/main.ts"): Promise<string> {
  const outfile = join(folder, "server.mjs");
  const needed =
    'import { createRequire as makeRequire } from "node:module";\nconst require = makeRequire(import.meta.url);';
  await build({
    ...{ bundle: true, minify: true, format: "esm", platform: "node", target: "node20", logLevel: "error" },
    ...{ entryPoints: [join(root, entry)], outfile, banner: { js: needed } },
  });
  for (const wasm of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    copyFileSync(require.resolve(wasm), join(folder, wasm.split("/").at(-1) ?? ""));
  }
  return outfile;
}

/** The server for a web worker, as text. It fails as soon as anything of Node is in it. */
export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    ...{ bundle: true, format: "iife", platform: "browser", target: "es2023", logLevel: "error", write: false },
    entryPoints: [join(root, "server/browser.ts")],
  });
  return outputFiles[0]?.text ?? "";
}
