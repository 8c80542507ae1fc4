// npm run test:electron [-- VERSION]: the suite of the extension host in a desktop VS Code, which @vscode/test-electron
// downloads. It asks for Node 22, so it is no dependency of the project and is installed when it is wanted.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

const PACKAGE = "@vscode/test-electron@3.1.0";
const root = fileURLToPath(new URL("..", import.meta.url));

if (Number(process.versions.node.split(".")[0]) < 22) {
  console.error(`@vscode/test-electron needs Node 22 or later; this is ${process.version}.`);
  process.exit(1);
}
setUp();
process.chdir(root);
const home = join(root, ".cache/electron");
if (!existsSync(join(home, "node_modules/@vscode/test-electron"))) {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const npm = { cwd: home, stdio: "inherit", shell: process.platform === "win32" };
  if (spawnSync("npm", ["install", "--no-audit", "--no-fund", PACKAGE], npm).status !== 0) process.exit(1);
}
for (const script of ["tasks/build.mjs", "test/e2e/bundle.mjs"]) {
  const args = script.endsWith("bundle.mjs") ? ["--import", "tsx", script] : [script];
  if (spawnSync(process.execPath, args, { stdio: "inherit" }).status !== 0) process.exit(1);
}

const { runTests } = createRequire(join(home, "package.json"))("@vscode/test-electron");
const workspace = mkdtempSync(join(tmpdir(), "inlayer-workspace-"));
cpSync("test/e2e/workspace", workspace, { recursive: true });
const version = process.argv[2];
await runTests({
  ...(version && { version }),
  extensionDevelopmentPath: root,
  extensionTestsPath: join(root, ".cache/e2e/host.cjs"),
  launchArgs: [workspace, "--disable-extensions", "--disable-workspace-trust"],
});
