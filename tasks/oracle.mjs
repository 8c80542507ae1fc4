// npm run oracle [-- --check | --stale] [-- test/shapes/dense.md …]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { oraclePython } from "./oracle/environment.mjs";
import { setUp } from "./setup.mjs";

setUp();
let python;
try {
  python = oraclePython();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const script = fileURLToPath(new URL("oracle/oracle.ts", import.meta.url));
const run = spawnSync(process.execPath, ["--import", "tsx", script, ...process.argv.slice(2)], {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ORACLE_PYTHON: python },
});
process.exit(run.status ?? 1);
