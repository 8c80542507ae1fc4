import { importsOf, mentionsKeras } from "../server/workspace/relevance.ts";
import { uriPaths } from "../server/workspace/uris.ts";

/** The little that a search needs of a place with files; all paths are URIs. */
export interface Place {
  /** What a folder holds, a folder's name with a `/` behind it; nothing where it cannot be read. */
  names(folder: string): Promise<ReadonlySet<string>>;
  /** Empty where it cannot be read. */
  text(file: string): Promise<string>;
}

/** Files that are read before the search is given up. */
const MOST = 40;
const { dirname, join } = uriPaths;

/**
 * Whether a text that does not name Keras imports a file of the project that does, itself or through others. A module
 * is looked for as Python would: beside the file, in `roots`, and in their `src`. What is installed is not looked at,
 * so a program that has nothing to do with Keras costs the names of a few folders.
 */
export async function importsKeras(place: Place, file: string, text: string, roots: readonly string[]) {
  const folders = new Map<string, Promise<ReadonlySet<string>>>();
  const namesIn = (folder: string) => {
    const known = folders.get(folder) ?? place.names(folder);
    folders.set(folder, known);
    return known;
  };
  const visited = new Set([file]);
  const open = [{ file, text }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const found = await Promise.all(importsOf(next.text).map((name) => filesOf(namesIn, next.file, name, roots)));
    const fresh = new Set(found.flat().filter((it) => !visited.has(it)));
    for (const path of fresh) {
      if (visited.size > MOST) return false;
      visited.add(path);
      const text = await place.text(path);
      if (mentionsKeras(text)) return true;
      open.push({ file: path, text });
    }
  }
  return false;
}

type NamesIn = (folder: string) => Promise<ReadonlySet<string>>;

/** The files that importing a dotted name runs: of `a.b` that of `a`, in the first folder with one, and then `b`. */
async function filesOf(namesIn: NamesIn, from: string, name: string, roots: readonly string[]) {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const parts = name.slice(dots).split(".").filter(Boolean);
  let relative = dirname(from);
  for (let i = 1; i < dots; i++) relative = dirname(relative);
  if (dots > 0) return [join(relative, "__init__.py"), ...(await below(namesIn, relative, parts))];
  for (const folder of [relative, ...roots.flatMap((root) => [root, join(root, "src")])]) {
    const found = await below(namesIn, folder, parts);
    if (found.length > 0) return found;
  }
  return [];
}

async function below(namesIn: NamesIn, folder: string, parts: readonly string[]): Promise<readonly string[]> {
  const [name, ...rest] = parts;
  if (name === undefined) return [];
  const names = await namesIn(folder);
  if (names.has(`${name}/`)) {
    const inside = join(folder, name);
    const own = (await namesIn(inside)).has("__init__.py") ? [join(inside, "__init__.py")] : [];
    return [...own, ...(await below(namesIn, inside, rest))];
  }
  return names.has(`${name}.py`) ? [join(folder, `${name}.py`)] : [];
}
