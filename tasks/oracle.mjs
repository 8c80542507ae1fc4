// npm run oracle [-- --check | --stale] [-- test/shapes/dense.md …], or -- --parity [--check] for numbers of layers,
// or -- --applications for the models of keras.applications, or -- --summaries for the tables that Keras prints,
// or -- --mistakes for the scripts of test/mistakes,
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
const flags = process.argv.slice(2);
const inPython = (name, args = flags) => [python, ["-W", "ignore", path(name), ...args]];
const inNode = (name) => [process.execPath, ["--import", "tsx", path(name), ...flags]];
const programs = "test/frameworks/keras/applications/programs.txt";
const tables = "test/frameworks/keras/summaries/programs.txt";
const COMMANDS = {
  "--parity": () => inPython("parity.py"),
  "--verify": () => inNode("verify.ts"),
  "--onnx": () => inNode("onnx.ts"),
  "--weights": () => inPython("weights.py"),
  "--applications": () => inPython("applications.py", [programs, "test/oracle/applications.json"]),
  "--summaries": () => inPython("summaries.py", [tables, "examples", "test/oracle/summaries.json"]),
  "--mistakes": () => inNode("../../test/mistakes/record.ts"),
};
const asked = Object.keys(COMMANDS).find((it) => flags.includes(it));
const [command, script] = asked === undefined ? inNode("oracle.ts") : COMMANDS[asked]();
const run = spawnSync(command, script, {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ORACLE_PYTHON: python },
});
process.exit(run.status ?? 1);
