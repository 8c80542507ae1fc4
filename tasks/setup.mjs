import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const lock = join(root, "package-lock.json");
const installed = join(root, "node_modules/.package-lock.json");

/**
 * Installs what package-lock.json says, when it is not installed yet; so a fresh clone needs no other command first.
 */
export function setUp() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    console.error(`Inlayer needs Node 20 or later; this is ${process.version}.`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error("Installing the packages of package-lock.json …");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}

/** Whether node_modules holds the versions of the lock file: npm keeps its own copy of the lock inside. */
function isInstalled() {
  if (!existsSync(installed)) return false;
  const versions = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const have = versions(installed);
  return Object.entries(versions(lock)).every(
    ([path, { version, optional }]) => path === "" || optional === true || have[path]?.version === version,
  );
}
