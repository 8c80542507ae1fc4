// npm run generate: what is derived from the installed Keras.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { oraclePython } from "./oracle/environment.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const folder = "core/frameworks/keras/generated";
const targets = { keras: `${folder}/signatures.ts`, tf_keras: `${folder}/signatures-keras2.ts` };

const python = oraclePython();
for (const command of [
  ...Object.entries(targets).map((it) => ["tasks/generate/signatures.py", ...it]),
  ["tasks/generate/applications.py", `${folder}/applications.ts`],
  ["tasks/generate/attributes.py", `${folder}/attributes.ts`],
]) {
  // What the packages themselves print about the machine is no news.
  const run = spawnSync(python, command, { encoding: "utf8" });
  if (run.status !== 0) {
    console.error(run.stderr);
    process.exit(1);
  }
  process.stdout.write(run.stdout);
}
