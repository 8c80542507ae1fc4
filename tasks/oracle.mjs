// npm run oracle [-- --check | --stale] [-- test/shapes/dense.md …], or -- --parity [--check] for numbers of layers
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
const path = (name) => fileURLToPath(new URL(`oracle/${name}`, import.meta.url));
const [flags, parity] = [process.argv.slice(2), process.argv.includes("--parity")];
const [command, script] = parity
  ? [python, ["-W", "ignore", path("parity.py")]]
  : [process.execPath, ["--import", "tsx", path("oracle.ts")]];
const run = spawnSync(command, [...script, ...flags], {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ORACLE_PYTHON: python },
});
process.exit(run.status ?? 1);
