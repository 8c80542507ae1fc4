// npm run bench: prints the measurements of test/bench/*.bench.ts; nothing is asserted of a time.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const files = existsSync("test/bench") ? readdirSync("test/bench").filter((name) => name.endsWith(".bench.ts")) : [];
if (files.length === 0) console.log("There is no test/bench/*.bench.ts yet.");
for (const file of files.sort()) {
  const run = spawnSync(process.execPath, ["--import", "tsx", `test/bench/${file}`], { stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
