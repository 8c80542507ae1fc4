import ignore, { type Ignore } from "ignore";
import { decode } from "./decode.ts";
import type { Entry, FileSystem } from "./fileSystem.ts";
import { foldersFrom, nearest } from "./root.ts";

/** What a `.gitignore` says of the paths below its folder. */
interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

const NEVER = new Set([
  ...["node_modules", "site-packages", "__pycache__", "__pypackages__", "venv", ".venv", ".env", "virtualenv"],
  ...[".git", ".hg", ".svn", ".tox", ".nox", ".eggs", ".ipynb_checkpoints"],
  ...[".mypy_cache", ".pytest_cache", ".ruff_cache"],
]);

/** A virtual environment under another name: what `venv`, virtualenv and conda leave in its top folder. */
async function isEnvironment(files: FileSystem, folder: string, entries: readonly Entry[]): Promise<boolean> {
  const names = new Set(entries.map(({ name }) => name));
  if (names.has("pyvenv.cfg") || names.has("conda-meta")) return true;
  const scripts = names.has("bin") ? "bin/activate" : names.has("Scripts") ? "Scripts/activate" : undefined;
  return (
    scripts !== undefined &&
    (await files.kind(files.join(folder, ...scripts.split("/"))).catch(() => undefined)) === "file"
  );
}

async function rulesOf(files: FileSystem, folder: string): Promise<Rules | undefined> {
  try {
    const decoded = decode(await files.read(files.join(folder, ".gitignore")));
    if ("problem" in decoded) return undefined;
    return { folder, ignore: ignore({ ignorecase: false }).add(decoded.text) };
  } catch {
    return undefined;
  }
}

/** As git has it: the innermost file that says anything of the path decides. */
function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  for (const { folder, ignore } of rules.toReversed()) {
    const name = path.slice(folder.length).replaceAll("\\", "/").replace(/^\//, "") + (isFolder ? "/" : "");
    const { ignored, unignored } = ignore.test(name);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The rules of the folders above, up to the repository's; none if they exclude the very folder that was asked for. */
async function rulesAbove(files: FileSystem, folder: string): Promise<readonly Rules[]> {
  const repository = await nearest(files, folder, [".git"]);
  if (repository === undefined || repository === folder) return [];
  const rules: Rules[] = [];
  for (const current of foldersFrom(files, files.dirname(folder))) {
    const found = await rulesOf(files, current);
    if (found) rules.unshift(found);
    if (current === repository) break;
  }
  return isIgnored(rules, folder, true) ? [] : rules;
}

const isPython = (name: string): boolean => /\.(?:py|ipynb)$/.test(name);
const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

async function* walkFolder(
  files: FileSystem,
  folder: string,
  above: readonly Rules[],
  top: boolean,
): AsyncGenerator<string> {
  const entries = await files.list(folder).catch((error: unknown) => {
    if (top) throw error;
    return [];
  });
  if (!top && (await isEnvironment(files, folder, entries))) return;
  const own = entries.some(({ name }) => name === ".gitignore") ? await rulesOf(files, folder) : undefined;
  const rules = own ? [...above, own] : above;
  for (const entry of entries.toSorted(byName)) {
    const path = files.join(folder, entry.name);
    const isFolder = entry.kind === "directory";
    if (isFolder ? entry.link || NEVER.has(entry.name) : entry.kind !== "file" || !isPython(entry.name)) continue;
    if (isIgnored(rules, path, isFolder)) continue;
    if (isFolder) yield* walkFolder(files, path, rules, false);
    else yield path;
  }
}

/**
 * The files of Python and the notebooks in a folder, sorted by name within each: without virtual environments,
 * installed packages and what git ignores. Rejects only if the folder itself cannot be read.
 */
export async function* walk(files: FileSystem, folder: string): AsyncGenerator<string> {
  yield* walkFolder(files, folder, await rulesAbove(files, folder), true);
}
