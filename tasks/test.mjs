// npm test [-- part-of-a-path …]: what it needs, the linter and the types, then the unit tests.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const run = (command, args) => spawnSync(command, args, { stdio: "inherit" }).status ?? 1;
const wanted = process.argv.slice(2);

const lint = wanted.length > 0 ? 0 : run(process.execPath, ["tasks/lint.mjs"]);

// Node 20 takes no patterns, so the files are found here.
const files = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((name) => `test/${name.replaceAll("\\", "/")}`)
  .filter((name) => name.endsWith(".test.ts") && !name.startsWith("test/e2e/"))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`No test file has ${wanted.join(" or ")} in its path.`);
  process.exit(1);
}
const tests = run(process.execPath, ["--import", "tsx", "--test", "--test-reporter=spec", ...files]);
process.exit(lint || tests);
