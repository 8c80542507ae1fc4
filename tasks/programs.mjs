// The programs for Node, the server and the command line: each a script with all that it is made of, and a few lines
// that start it out of V8's cache (server/launch).
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);
const common = { bundle: true, sourcemap: true, logLevel: "warning", legalComments: "linked", external: ["vscode"] };
const node = { platform: "node", target: "node20" };

/** For the engine, which takes a function or two of core; without this it would carry all of it. */
const onlyUsed = {
  name: "only what is used of core",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.ts$/ }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      return file.startsWith(resolve("core")) ? { path: file, sideEffects: false } : undefined;
    }),
};
/** The engine: one script, for a worker of a browser and for one of Node that has the same surroundings. */
export const engineScript = () => ({
  ...common,
  ...{ platform: "browser", target: "es2023", format: "iife", minify: true },
  entryPoints: ["server/engine/worker.ts"],
  plugins: [onlyUsed],
  // It does not say where it stands, and is given what it would look for there.
  logOverride: { "ignored-bare-import": "silent", "empty-import-meta": "silent" },
});

/**
 * Core as a script of its own, which the server takes in Node and in a web worker: what stands behind it in one text
 * finds it as `inlayerCore`. It is built for browsers, so nothing of Node is in it.
 */
export const coreScript = () => ({
  ...common,
  ...{ platform: "browser", target: "es2023", format: "iife", globalName: "inlayerCore", minify: true },
  // For a script: it does not say where it stands.
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
  entryPoints: ["core/index.ts"],
});
/** For what stands behind that script. */
export const coreApart = {
  name: "core apart",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /core\/index\.ts$/ }, () => ({ path: "core", namespace: "apart" }));
    onLoad({ filter: /^core$/, namespace: "apart" }, () => ({ contents: "module.exports = inlayerCore;" }));
  },
};

/** A module for Node. Packages written for CommonJS call `require`, which a module does not have. */
export const nodeModule = () => ({
  ...node,
  ...{ minify: true, keepNames: true, format: "esm" },
  banner: {
    js: [
      'import { createRequire as makeRequire } from "node:module";',
      "const require = makeRequire(import.meta.url);",
    ].join("\n"),
  },
});

/**
 * A script for Node: V8 keeps what it compiled of scripts. Names stay, so that a stack can be read, but in the server,
 * which is a part of a package that must be small.
 */
const nodeScript = (name) => ({
  ...node,
  ...{ minifySyntax: true, minifyWhitespace: true, minifyIdentifiers: name === "server", format: "cjs" },
  define: { "import.meta.url": "ownUrl" },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  supported: { "dynamic-import": false },
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
});

const PROGRAMS = [
  { main: "server/main.ts", name: "server", launcher: "server.cjs", launch: nodeScript, behindCore: true },
  { main: "server/cli/main.ts", name: "cli", launcher: "cli.js", launch: nodeModule, behindCore: false },
];

/** Writes the programs into a folder, all or those named; gives the paths of what it wrote, launchers first. */
export async function bundlePrograms(folder, names = PROGRAMS.map(({ name }) => name)) {
  const { build } = await import("esbuild");
  const made = [];
  const write = async (outfile, options) => {
    await build({ ...common, ...options, outfile });
    const text = readFileSync(outfile, "utf8");
    // esbuild writes all of ASCII but in regular expressions, and V8 would hold all of the text in two bytes for one.
    const wide = /.{0,40}[^\0-\xff].{0,40}/.exec(text);
    if (wide !== null) throw new Error(`${outfile}: write as \\u… what is beyond Latin-1 in ${wide[0]}`);
    return text;
  };
  for (const { main, name, launcher, launch, behindCore } of PROGRAMS.filter((it) => names.includes(it.name))) {
    const hash = createHash("sha256");
    if (behindCore) hash.update(await write(`${folder}/core.js`, coreScript()));
    const plugins = behindCore ? [coreApart] : [];
    hash.update(await write(`${folder}/${name}Main.cjs`, { ...nodeScript(name), plugins, entryPoints: [main] }));
    const options = launch();
    const define = { ...options.define, BUILD: JSON.stringify(hash.digest("hex").slice(0, 16)) };
    await write(`${folder}/${launcher}`, { ...options, define, entryPoints: [`server/launch/${name}.ts`] });
    made.unshift(`${folder}/${launcher}`);
    made.push(`${folder}/${name}Main.cjs`, ...(behindCore ? [`${folder}/core.js`] : []));
  }
  return made;
}
