// npm run package: builds, writes inlayer-<version>.vsix, and prints its size; more than 6 MB is too much.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const LARGEST = 6_000_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const built = spawnSync(process.execPath, ["tasks/build.mjs"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

// vsce holds every file under its folder against every line of .vscodeignore, tools and caches too, for minutes: so it
// is given a folder with little else than what these lines let in.
const cwd = ".cache/package";
rmSync(cwd, { recursive: true, force: true });
mkdirSync(cwd, { recursive: true });
const allowed = readFileSync(".vscodeignore", "utf8").matchAll(/^!([^/\n]+)/gm);
for (const name of new Set([".vscodeignore", ...Array.from(allowed, ([, top]) => top)]))
  cpSync(name, `${cwd}/${name}`, { recursive: true });
// The sources are modules; what is shipped are scripts, whose endings every VS Code takes for what they are.
const { type: _, ...manifest } = JSON.parse(readFileSync("package.json", "utf8"));
writeFileSync(`${cwd}/package.json`, JSON.stringify(manifest, undefined, 2));

const { createVSIX, listFiles, PackageManager } = await import("@vscode/vsce");
const name = `inlayer-${manifest.version}.vsix`;
const packagePath = resolve(name);
await createVSIX({ cwd, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
const { size } = statSync(packagePath);
const files = await listFiles({ cwd, packageManager: PackageManager.None });
console.log(`${name}: ${(size / 1e6).toFixed(2)} MB, ${files.length} files`);
if (size > LARGEST) {
  console.error(`It may have ${LARGEST / 1e6} MB at most.`);
  process.exit(1);
}
