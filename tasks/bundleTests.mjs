// The unit tests, bundled into a folder of this run in .cache/unit: loading core file by file costs every test file two
// seconds, and there are many; a bundle costs a fifth of one. What a file asks of its own place in the tree it is told
// as it stands there.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { engineScript } from "./programs.mjs";

/** Two runs at a time do not meet. */
const OUT = `.cache/unit/${process.pid}`;
process.on("exit", () => rmSync(OUT, { recursive: true, force: true }));

const ownPlace = {
  name: "own-place",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      // The engine's worker is looked for beside the bundles.
      const place = path.endsWith("nodeChannel.ts") ? resolve(OUT, "nodeChannel.ts") : path;
      const url = JSON.stringify(pathToFileURL(place).href);
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
  await build({ ...engineScript(), outfile: `${OUT}/engineWorker.cjs`, sourcemap: false });
  return files.map((file) => `${OUT}/${file.replace(/\.ts$/, ".mjs")}`);
}

/**
 * Shares bundles out to `count` scripts, each of which runs its own in one process: what the first of them have made V8
 * compile, the others find. Neighbours go to different ones, since what takes long stands together.
 */
export function shareOut(name, files, count) {
  return Array.from({ length: Math.min(count, files.length) }, (_, share) => {
    const own = files.filter((_, i) => i % count === share);
    const loads = own.map(({ file, bundle }) => {
      const url = JSON.stringify(pathToFileURL(bundle).href);
      return `await import(${url}).catch((error) => test(${JSON.stringify(file)}, () => { throw error; }));`;
    });
    const script = `${OUT}/${name.replaceAll(" ", "-")}-${share + 1}.mjs`;
    writeFileSync(script, ['import { test } from "node:test";', ...loads, ""].join("\n"));
    return script;
  });
}
