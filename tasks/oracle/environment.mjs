import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What else is needed, each in an environment of its own: what is said of its size. */
const ENVIRONMENTS = {
  oracle: { requirements: "requirements.txt", words: "about 2 GB, some minutes" },
  onnx: { requirements: "requirements-onnx.txt", words: "about 150 MB" },
};

/** What Python must be for the pinned packages to have wheels. */
const SUITABLE = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))";

const quietly = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
const loudly = (command, args) => spawnSync(command, args, { stdio: ["ignore", 2, 2] }).status === 0;

/**
 * The virtual environment's Python, with exactly the pinned packages; made when it is not there or they have changed.
 */
export function oraclePython(name = "oracle") {
  const folder = join(root, ".cache", name);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const requirements = fileURLToPath(new URL(ENVIRONMENTS[name].requirements, import.meta.url));
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const stamp = join(folder, "stamp");
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return python;
  console.error(`Making a virtual environment in .cache/${name} (${ENVIRONMENTS[name].words}) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  makeEnvironment(folder);
  if (!loudly(python, ["-m", "pip", "install", "--quiet", "--no-deps", "-r", requirements]))
    throw new Error(`pip could not install ${ENVIRONMENTS[name].requirements}; its own message is above`);
  writeFileSync(stamp, wanted);
  return python;
}

function makeEnvironment(folder) {
  const found = suitablePython();
  if (found !== undefined && quietly(found, ["-m", "venv", folder])) return;
  if (process.getuid?.() === 0 && quietly("apt-get", ["--version"])) {
    console.error("Installing python3-venv …");
    loudly("apt-get", ["update", "-qq"]);
    loudly("apt-get", ["install", "-y", "-qq", "python3", "python3-venv", "python3-pip"]);
  }
  const installed = suitablePython();
  rmSync(folder, { recursive: true, force: true });
  if (installed !== undefined && loudly(installed, ["-m", "venv", folder])) return;
  throw new Error(
    "The oracle needs Python 3.11, 3.12 or 3.13 with its venv module (Debian: apt-get install python3 python3-venv).",
  );
}

function suitablePython() {
  const names = ["python3", "python3.13", "python3.12", "python3.11", "python"];
  return names.find((name) => quietly(name, ["-c", SUITABLE]));
}
