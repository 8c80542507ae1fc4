// npm run test:e2e [-- --vscode 1.100] [--only host|ui|looks|views|graph|restricted|web|neovim]
// [--theme dark|light|contrast | --once] [--pictures]: packages the extension and runs the suites of test/e2e with it
// in a real VS Code, in every theme unless one is named, or each suite in one theme only.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};
run("tasks/package.mjs");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
run("--import", "tsx", "test/e2e/run.ts", `inlayer-${version}.vsix`, ...process.argv.slice(2));
