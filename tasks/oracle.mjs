// npm run oracle [-- --check | --stale] [-- test/shapes/dense.md …], or -- --parity [--check] for numbers of layers,
// or -- --applications for the models of keras.applications, or -- --mistakes for the scripts of test/mistakes,
// or -- --weights for the files of test/engine/weights, or -- --onnx for the models that are exported,
// or -- --verify for inlayer verify
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { oraclePython } from "./oracle/environment.mjs";
import { setUp } from "./setup.mjs";

setUp();
let python;
try {
  python = oraclePython(process.argv.includes("--onnx") ? "onnx" : "oracle");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const path = (name) => fileURLToPath(new URL(`oracle/${name}`, import.meta.url));
const [flags, parity] = [process.argv.slice(2), process.argv.includes("--parity")];
const programs = "test/frameworks/keras/applications/programs.txt";
const [command, script] = parity
  ? [python, ["-W", "ignore", path("parity.py"), ...flags]]
  : process.argv.includes("--verify")
    ? [process.execPath, ["--import", "tsx", path("verify.ts"), ...flags]]
    : process.argv.includes("--onnx")
      ? [process.execPath, ["--import", "tsx", path("onnx.ts"), ...flags]]
      : process.argv.includes("--weights")
        ? [python, ["-W", "ignore", path("weights.py"), ...flags]]
        : process.argv.includes("--applications")
          ? [python, ["-W", "ignore", path("applications.py"), programs, "test/oracle/applications.json"]]
          : process.argv.includes("--mistakes")
            ? [process.execPath, ["--import", "tsx", path("../../test/mistakes/record.ts"), ...flags]]
            : [process.execPath, ["--import", "tsx", path("oracle.ts"), ...flags]];
const run = spawnSync(command, script, {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ORACLE_PYTHON: python },
});
process.exit(run.status ?? 1);
