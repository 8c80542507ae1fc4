// npm run package: builds, writes inlayer-<version>.vsix, and prints its size; more than 6 MB is too much.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LARGEST = 6_000_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const built = spawnSync(process.execPath, ["tasks/build.mjs"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const { createVSIX, listFiles, PackageManager } = await import("@vscode/vsce");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const packagePath = `inlayer-${version}.vsix`;
await createVSIX({ packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
const { size } = statSync(packagePath);
const files = await listFiles({ packageManager: PackageManager.None });
console.log(`${packagePath}: ${(size / 1e6).toFixed(2)} MB, ${files.length} files`);
if (size > LARGEST) {
  console.error(`It may have ${LARGEST / 1e6} MB at most.`);
  process.exit(1);
}
