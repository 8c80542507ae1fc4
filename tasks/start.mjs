// npm start: a real VS Code in the browser, with Inlayer installed and examples/ opened; all that is missing is
// installed first. npm start -- --cli: the annotated examples in the terminal.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const run = (options, ...args) => spawnSync(process.execPath, args, { stdio: "inherit", ...options }).status ?? 1;
const quiet = { stdio: ["ignore", "ignore", "inherit"] };
const args = process.argv.slice(2);

if (args.includes("--cli")) {
  if (run(quiet, "tasks/build.mjs") !== 0) process.exit(1);
  const status = run({}, "dist/cli.js", "check", "examples/");
  // The examples have faults to show: 1 is what it should be.
  process.exit(status === 1 ? 0 : status);
}

console.log("Building the extension …");
if (run(quiet, "tasks/package.mjs") !== 0) process.exit(1);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
process.exit(run({}, "--import", "tsx", "test/e2e/serve.ts", `inlayer-${version}.vsix`, ...args));
