// npm run build: every bundle, for Node and for the browser; the latter fail as soon as anything of Node leaks in.
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { bundlePrograms, coreApart, engineScript } from "./programs.mjs";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { build } = await import("esbuild");
const require = createRequire(import.meta.url);

const common = { bundle: true, sourcemap: true, logLevel: "warning", legalComments: "linked", external: ["vscode"] };

const browser = (format) => ({ format, platform: "browser", target: "es2023", minify: true });

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/browser", { recursive: true });

for (const made of await bundlePrograms("dist")) report(made);
await bundle("server/engine/worker.ts", "dist/engineWorker.cjs", engineScript);
// Extensions are CommonJS up to VS Code 1.99, and the ending says so in a package of modules. What speaks to the server
// is loaded with the server, and not when a Python file is opened.
const extension = { format: "cjs", platform: "node", target: "node20", minify: true, keepNames: true };
const later = {
  name: "loaded later",
  setup: ({ onResolve }) => onResolve({ filter: /nodeClient\.ts$/ }, onlyImported("./nodeClient.cjs")),
};
await bundle("client/extension.ts", "dist/extension.cjs", () => ({ ...extension, plugins: [later] }));
await bundle("client/nodeClient.ts", "dist/nodeClient.cjs", () => ({ ...extension, keepNames: false }));
await bundle("server/browser.ts", "dist/browser/server.js", () => ({ ...browser("iife"), plugins: [coreApart] }));
// Before VS Code 1.100 `.js` was added to whatever `browser` names; since then that is a script only where the package
// is none of modules, as it is shipped (package.mjs).
await bundle("client/browser.ts", "dist/browser/extension.js", () => browser("cjs"));
for (const page of ["forward", "compare", "graph"])
  await bundle(`client/webview/${page}.ts`, `dist/webview/${page}.js`, () => browser("iife"));

// What lays out architectures is a worker of that page alone, as it is published.
copy("elkjs/lib/elk-worker.min.js", "dist/webview");
copyFileSync("server/verify/harness.py", "dist/harness.py");
copy("web-tree-sitter/web-tree-sitter.wasm");
copy("tree-sitter-python/tree-sitter-python.wasm");
copy("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm");
// Only its plain build, on one thread: it runs everywhere, and the others are larger.
copy("onnxruntime-web/ort-wasm-simd-threaded.wasm");

/** Of a module that is a bundle of its own; an entry is none that is imported. */
function onlyImported(path) {
  return ({ kind }) => (kind === "dynamic-import" ? { path, external: true } : undefined);
}

async function bundle(entry, outfile, options) {
  if (!existsSync(entry)) return console.log(`${outfile}: left out, there is no ${entry} yet`);
  try {
    await build({ ...common, ...options(entry), entryPoints: [entry], outfile });
  } catch {
    // esbuild has said what is wrong.
    process.exit(1);
  }
  report(outfile);
}

function copy(file, folder = "dist") {
  const to = `${folder}/${file.split("/").at(-1)}`;
  copyFileSync(require.resolve(file), to);
  report(to);
}

function report(path) {
  console.log(`${path}: ${Math.round(statSync(path).size / 1000).toLocaleString("en")} kB`);
}
