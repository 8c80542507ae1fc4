import type { Files } from "./fileSystem.ts";
import { foldersFrom } from "./root.ts";

/**
 * Where Python looks first for what a file imports: in the file's own folder, where the program's `sys.path` says, and
 * in the project's root and its `src`, where people install from or set PYTHONPATH to.
 */
export const firstFolders = (files: Files, file: string, root: string, said: readonly string[]): readonly string[] => [
  ...new Set([files.dirname(file), ...said, root, files.join(root, "src")]),
];

/** And else: every folder between the file and the root, since a script may be run from any of them. */
export async function otherFolders(files: Files, file: string, root: string): Promise<readonly string[]> {
  const own = files.dirname(file);
  const above = [...foldersFrom(files, own)];
  const between = above.includes(root) ? above.slice(1, above.indexOf(root)) : [];
  return [...new Set([...between, await aboveThePackage(files, own)])];
}

/** A module of a package is run as `python -m package.module` from the folder that holds the package. */
async function aboveThePackage(files: Files, folder: string): Promise<string> {
  for (const current of foldersFrom(files, folder)) {
    const kind = await files.kind(files.join(current, "__init__.py")).catch(() => undefined);
    if (kind !== "file") return current;
  }
  return folder;
}

const says = (list: string): RegExp =>
  new RegExp(`^(?!\\s*#).*\\b${list}(?:\\.(?:append|insert|extend)\\(|\\s*\\+?=|\\[).*$`, "gm");
/** The list that all imports are looked for in, and the one that a package's modules are. */
const SYSTEM = says("sys\\.path");
const PACKAGE = says("__path__");
const STRING = /(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
const MAX_SAID = 40;

/** The lines of a text that tell Python where to look; as long as they are the same, it looks in the same places. */
export const pathLines = (text: string): string => [...linesOf(text, SYSTEM), ...linesOf(text, PACKAGE)].join("\n");
const linesOf = (text: string, says: RegExp): readonly string[] =>
  /sys\.path|__path__/.test(text) ? (text.match(says) ?? []).map((line) => spelledOut(line, text)) : [];

/**
 * The folders that a text of the program may add to `sys.path`, as far as its lines say by themselves: `..`,
 * `os.path.dirname(os.path.dirname(__file__))`, `Path(__file__).parent / "lib"`. A relative one counts from the text's
 * own folder, where scripts with such a line are started, and from the root.
 */
export const saidFolders = (files: Files, file: string, root: string, text: string): readonly string[] =>
  foldersIn(files, file, root, linesOf(text, SYSTEM));

/** The folders beside its own in which a package has its modules: `__path__.append(…)` in its `__init__`. */
export const packageFolders = (files: Files, init: string, text: string): readonly string[] =>
  foldersIn(files, init, files.dirname(init), linesOf(text, PACKAGE));

function foldersIn(files: Files, file: string, root: string, lines: readonly string[]): readonly string[] {
  const own = files.dirname(file);
  const found = lines.flatMap((line) => {
    const parts = [...line.matchAll(STRING)].map(([, , part = ""]) => part);
    if (parts.some((part) => /^(?:[\\/]|\w:|~)/.test(part))) return [];
    const base = up(files, own, levels(line));
    const inside = [parts.join("/"), ...parts].map((part) => descend(files, base, part));
    return parts.length > 0 && !/__file__/.test(line) ? [...inside, descend(files, root, parts.join("/"))] : inside;
  });
  return [...new Set(found)].slice(0, MAX_SAID);
}

/** With the values of the variables in it, where they are assigned on lines of their own. */
function spelledOut(line: string, text: string): string {
  let result = line.trim();
  for (let round = 0; round < 3; round++) {
    result = result.replace(/(?<![\w."'])[A-Za-z_]\w*(?![\w("'.]|\s*=)/g, (name) => {
      const value = new RegExp(`^[ \\t]*${name}[ \\t]*=(?!=)[ \\t]*(.+)$`, "m").exec(text)?.[1];
      return value === undefined || value.includes(name) ? name : value.trim();
    });
  }
  return result;
}

/** How far above its folder a file's path leads: `dirname` once gives the folder itself, as `.parent` does. */
function levels(line: string): number {
  if (!line.includes("__file__")) return 0;
  const steps = (line.match(/\bdirname\(|\.parent\b/g) ?? []).length;
  const parents = [...line.matchAll(/\.parents\[(\d)\]/g)].reduce((sum, [, index]) => sum + Number(index) + 1, 0);
  const pardirs = (line.match(/\bpardir\b/g) ?? []).length;
  return Math.max(0, steps + parents - 1) + pardirs;
}

const up = (files: Files, folder: string, levels: number): string =>
  levels <= 0 ? folder : up(files, files.dirname(folder), levels - 1);

function descend(files: Files, base: string, path: string): string {
  let folder = base;
  for (const part of path.split(/[\\/]/)) {
    if (part === "..") folder = files.dirname(folder);
    else if (part !== "" && part !== ".") folder = files.join(folder, part);
  }
  return folder;
}
