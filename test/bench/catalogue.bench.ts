/**
 * What the catalogue of Keras, its layers, functions and signatures, adds to a start: the same script with it and
 * without, out of V8's cache as the programs are started (server/launch), each in a process of its own. In time of the
 * processor.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { median, shown } from "./modelFile.ts";

const WITHOUT = `
  import { createTensorflow } from "./core/frameworks/tensorflow/index.ts";
  import { createNumpy } from "./core/frameworks/numpy/index.ts";
  createTensorflow(3); createNumpy();`;
const WITH = `${WITHOUT}
  import { LAYERS } from "./core/frameworks/keras/layers/index.ts";
  import { opsOf } from "./core/frameworks/keras/ops/index.ts";
  import { lookup } from "./core/frameworks/keras/signatures.ts";
  if (LAYERS.size + opsOf(3).size + opsOf(2).size === 0 || !lookup("keras.layers.Dense")) throw "nothing";`;
const TIMED = `
  import { runCached } from "./server/launch/cachedScript.ts";
  const [, , path, folder] = process.argv;
  const began = process.cpuUsage();
  runCached({ path, name: "catalogue", build: path.replace(/\\W/g, ""), folder });
  const { user, system } = process.cpuUsage(began);
  console.log((user + system) / 1000);`;

const folder = mkdtempSync(join(tmpdir(), "inlayer-"));
async function bundled(name: string, contents: string): Promise<string> {
  const outfile = join(folder, name);
  const format = name.endsWith(".mjs") ? ("esm" as const) : ("cjs" as const);
  const stdin = { contents, resolveDir: process.cwd(), loader: "ts" as const };
  await build({ stdin, bundle: true, platform: "node", format, minifyWhitespace: true, outfile });
  return outfile;
}

try {
  const launcher = await bundled("launch.mjs", TIMED);
  const [without, all] = [await bundled("without.cjs", WITHOUT), await bundled("with.cjs", WITH)];
  const start = (script: string, cache: string) =>
    Number(execFileSync(process.execPath, [launcher, script, cache], { encoding: "utf8" }));
  const times = (script: string): number => {
    const cache = join(folder, "cache", script.replace(/\W/g, ""));
    start(script, cache);
    return median(Array.from({ length: 15 }, () => start(script, cache)));
  };
  const [before, after] = [times(without), times(all)];
  console.log("loading the catalogue of Keras");
  console.log(
    `  processor at a start ${shown(after - before)} (bar 30 ms): ${shown(after)} with, ${shown(before)} without`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
