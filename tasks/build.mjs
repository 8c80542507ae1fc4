// npm run build: the command line for Node, and core for the browser, which fails as soon as anything of Node leaks
// into it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { build } = await import("esbuild");
const require = createRequire(import.meta.url);

const SHEBANG = "#!/usr/bin/env node";
const common = { bundle: true, format: "esm", sourcemap: true, logLevel: "warning", legalComments: "linked" };

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/browser", { recursive: true });

await bundle("server/cli/main.ts", "dist/cli.js", {
  platform: "node",
  target: "node20",
  // Packages written for CommonJS call `require`, which a module does not have.
  banner: {
    js: [
      ...(hasShebang("server/cli/main.ts") ? [] : [SHEBANG]),
      'import { createRequire as makeRequire } from "node:module";',
      "const require = makeRequire(import.meta.url);",
    ].join("\n"),
  },
});
await bundle("core/index.ts", "dist/browser/core.js", { platform: "browser", target: "es2023", minify: true });
for (const wasm of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
  const to = `dist/${wasm.split("/").at(-1)}`;
  copyFileSync(require.resolve(wasm), to);
  report(to);
}

async function bundle(entry, outfile, options) {
  if (!existsSync(entry)) {
    console.log(`${outfile}: left out, there is no ${entry} yet`);
    return;
  }
  try {
    await build({ ...common, ...options, entryPoints: [entry], outfile });
  } catch {
    // esbuild has said what is wrong.
    process.exit(1);
  }
  report(outfile);
}

function hasShebang(path) {
  return existsSync(path) && readFileSync(path, "utf8").startsWith("#!");
}

function report(path) {
  console.log(`${path}: ${Math.round(statSync(path).size / 1000).toLocaleString("en")} kB`);
}
