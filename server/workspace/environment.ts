import type { FileSystem, Files } from "./fileSystem.ts";
import { type Pins, pinsIn } from "./pins.ts";

/** What a project's Python environment tells of Keras: versions as they are installed, or else as they are pinned. */
export interface PythonEnvironment extends Pins {
  /** Folders with installed packages. */
  readonly packages: readonly string[];
  /** Read in the environment itself; false where only a file of requirements says so. */
  readonly installed: boolean;
}

/** Where folders can be read as well, more is found. */
export type Place = Files & Partial<Pick<FileSystem, "list">>;

const FOLDERS = [".venv", "venv", "env", ".env", ".conda"];
const PYTHONS = Array.from({ length: 9 }, (_, i) => `python3.${14 - i}`);
/** Files that may say which versions a project needs; the first that says it counts. */
const REQUIREMENTS =
  "uv.lock poetry.lock Pipfile.lock requirements.txt requirements-dev.txt requirements/base.txt " +
  "requirements/requirements.txt pyproject.toml environment.yml environment.yaml conda.yml Pipfile setup.cfg setup.py";

/** Looks in `interpreter`'s environment where one is given, else in the root's own folders, else in its files. */
export async function readEnvironment(files: Place, root: string, interpreter?: string): Promise<PythonEnvironment> {
  const packages = await packageFolders(files, root, interpreter);
  for (const folder of packages) {
    const installed = await installedIn(files, folder);
    if (installed.keras !== undefined || installed.tensorflow !== undefined)
      return { ...installed, packages, installed: true };
  }
  return { ...(await pinned(files, root)), packages, installed: false };
}

/** Where an interpreter lies that a setting names: from the project's root, or anywhere; undefined without one. */
export function interpreterAt(files: Place, root: string, said: string): string | undefined {
  const path = said.replace(/^\$\{workspaceFolder(?::[^}]*)?\}[\\/]?/, "");
  if (path === "") return undefined;
  if (path.startsWith("~/") && files.home !== undefined) return files.join(files.home, ...path.slice(2).split("/"));
  if (/^(?:[\\/]|\w:)/.test(path)) return files.fromDisk?.(path);
  return files.join(root, ...path.split(/[\\/]/));
}

async function packageFolders(files: Place, root: string, interpreter?: string): Promise<readonly string[]> {
  const names = await namesIn(files, root);
  const bases = FOLDERS.filter((it) => names.has(it)).map((it) => files.join(root, it));
  // An interpreter stands in `bin` or `Scripts`, or, of conda on Windows, in the environment's own folder.
  if (interpreter !== undefined) bases.unshift(files.dirname(files.dirname(interpreter)), files.dirname(interpreter));
  const there = await onlyFolders(files, bases);
  const folders = await Promise.all(there.map(async (base) => onlyFolders(files, await candidates(files, base))));
  return folders.flat();
}

/** What a folder holds. Where folders cannot be read, as in a browser, each look would cost a message: nothing. */
async function namesIn(files: Place, folder: string): Promise<ReadonlySet<string>> {
  const entries = await files.list?.(folder).catch(() => []);
  return new Set(entries?.map(({ name }) => name));
}

async function onlyFolders(files: Place, paths: readonly string[]): Promise<readonly string[]> {
  const kinds = await Promise.all(paths.map((path) => kindOf(files, path)));
  return paths.filter((_, i) => kinds[i] === "directory");
}

async function candidates(files: Place, base: string): Promise<readonly string[]> {
  const windows = files.join(base, "Lib", "site-packages");
  const said = /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec((await textOf(files, files.join(base, "pyvenv.cfg"))) ?? "");
  const pythons = said === null ? PYTHONS : [`python${said[1]}`];
  return [...pythons.map((it) => files.join(base, "lib", it, "site-packages")), windows];
}

async function installedIn(files: Place, folder: string): Promise<Pins> {
  const names = [...(await namesIn(files, folder))];
  const version = (...packages: readonly string[]): string | undefined => {
    const pattern = new RegExp(`^(?:${packages.join("|")})-(\\d[\\w.]*)\\.(?:dist-info|egg-info)$`, "i");
    return names.map((it) => pattern.exec(it)?.[1]).find((it) => it !== undefined);
  };
  const said = await textOf(files, files.join(folder, "keras", "src", "version.py"));
  const old = said ?? (await textOf(files, files.join(folder, "keras", "__init__.py")));
  return {
    keras: version("keras") ?? /__version__\s*=\s*["']([\d.]+)/.exec(old ?? "")?.[1],
    tensorflow: version("tensorflow", "tensorflow_cpu", "tensorflow_gpu", "tensorflow_intel", "tensorflow_macos"),
  };
}

async function pinned(files: Place, root: string): Promise<Pins> {
  const there = await namesIn(files, root);
  const names = REQUIREMENTS.split(" ").filter((name) => there.has(name.split("/", 1)[0] ?? name));
  const texts = await Promise.all(names.map((name) => textOf(files, files.join(root, ...name.split("/")))));
  const pins = texts.map((text) => (text === undefined ? {} : pinsIn(text)));
  return pins.find(tells) ?? (await pinnedBeside(files, root, there)) ?? {};
}
const tells = (it: Pins): boolean => it.keras !== undefined || it.tensorflow !== undefined;

/** `requirements_python3.6.txt` and its like, where a single one of them tells. */
async function pinnedBeside(files: Place, root: string, there: ReadonlySet<string>): Promise<Pins | undefined> {
  const names = [...there].filter((it) => /^requirements\W?[-\w.]*\.txt$/.test(it) && !REQUIREMENTS.includes(it));
  const texts = await Promise.all(names.map((name) => textOf(files, files.join(root, name))));
  const [only, other] = texts.flatMap((text) => (text === undefined ? [] : [pinsIn(text)])).filter(tells);
  return other === undefined ? only : undefined;
}

const kindOf = (files: Place, path: string) => files.kind(path).catch(() => undefined);

const decoder = new TextDecoder();
async function textOf(files: Place, path: string): Promise<string | undefined> {
  if ((await kindOf(files, path)) !== "file") return undefined;
  const bytes = await files.read(path).catch(() => undefined);
  return bytes && decoder.decode(bytes);
}
