// npm run lint: Biome's format and rules, and TypeScript's types. Both are run, so that one failure does not hide the
// other.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

setUp();
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const tool = (name, ...args) =>
  spawnSync(`node_modules/.bin/${name}`, args, { stdio: "inherit", shell: process.platform === "win32" }).status ?? 1;
// What runs in a page has the types of pages, which nothing else should see.
const failed = [
  tool("biome", "check", "--diagnostic-level=warn", "."),
  tool("tsc", "-p", "."),
  tool("tsc", "-p", "client/webview"),
];
process.exit(failed.find((status) => status !== 0) ?? 0);
