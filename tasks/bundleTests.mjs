// The unit tests, bundled into a folder of this run in .cache/unit: loading core file by file costs every test file two
// seconds, and there are many; a bundle costs a fifth of one. What a file asks of its own place in the tree it is told
// as it stands there.
import { readFileSync, rmSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Two runs at a time do not meet. */
const OUT = `.cache/unit/${process.pid}`;
process.on("exit", () => rmSync(OUT, { recursive: true, force: true }));

const ownPlace = {
  name: "own-place",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, "utf8").replaceAll("import.meta.url", url), loader: "ts" };
    });
  },
};

/** Gives the bundles' paths, in the order of the files. */
export async function bundleTests(files) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: files,
    outdir: OUT,
    outbase: ".",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    plugins: [ownPlace],
    logLevel: "warning",
  });
  return files.map((file) => `${OUT}/${file.replace(/\.ts$/, ".mjs")}`);
}
