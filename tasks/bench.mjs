// npm run bench: prints the measurements of test/bench/*.bench.ts; nothing is asserted of a time.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleTests } from "./bundleTests.mjs";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const files = existsSync("test/bench") ? readdirSync("test/bench").filter((name) => name.endsWith(".bench.ts")) : [];
if (files.length === 0) console.log("There is no test/bench/*.bench.ts yet.");
// Bundled, as what people run is: loading and transforming file by file would be measured too.
for (const file of await bundleTests(files.sort().map((name) => `test/bench/${name}`))) {
  const run = spawnSync(process.execPath, [file], { stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
