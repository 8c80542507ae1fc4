// npm run corpus [-- files | calls | applications | develop …] [--checkout FOLDER] [part of a name …]
// Reads real code and prints what of it is known, why the rest is not, and whether it is what the real Keras says.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { oraclePython } from "./oracle/environment.mjs";
import { setUp } from "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache/corpus");
const requirements = join(root, "tasks/corpus/requirements.txt");

setUp();
let python;
try {
  python = oraclePython();
  installPackages();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const report = ["--import", "tsx", join(root, "tasks/corpus/report.ts"), ...process.argv.slice(2)];
const run = spawnSync(process.execPath, report, {
  stdio: "inherit",
  cwd: root,
  env: { ...process.env, ORACLE_PYTHON: python },
});
process.exit(run.status ?? 1);

/** The packages of requirements.txt in .cache/corpus/packages; made anew when they have changed. */
function installPackages() {
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const stamp = join(folder, "stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing the packages of tasks/corpus/requirements.txt in .cache/corpus …");
  rmSync(join(folder, "packages"), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const target = ["--target", join(folder, "packages"), "--no-deps", "--no-compile", "--quiet"];
  const pip = spawnSync(python, ["-m", "pip", "install", ...target, "-r", requirements], { stdio: ["ignore", 2, 2] });
  if (pip.status !== 0)
    throw new Error("pip could not install tasks/corpus/requirements.txt; its own message is above");
  writeFileSync(stamp, wanted);
}
