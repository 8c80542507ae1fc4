import type { Missing } from "../../core/index.ts";
import { dataDocument } from "./dataFile.ts";
import { type Document, type Problem, pythonDocument, readDocument } from "./document.ts";
import type { Files } from "./fileSystem.ts";
import { firstFolders, otherFolders, saidFolders } from "./importPath.ts";

/** Finds what an analysis asks for; null where the project has no such thing. */
export type Resolver = (missing: Missing) => Promise<Document | null>;

type Found = { readonly kind: "module" | "namespace"; readonly path: string };

/** One step of Python's path finder: a package, then a module, then a folder as a namespace. */
async function step(files: Files, folder: string, name: string): Promise<Found | undefined> {
  const kind = (path: string) => files.kind(path).catch(() => undefined);
  const init = files.join(folder, name, "__init__.py");
  if ((await kind(init)) === "file") return { kind: "module", path: init };
  const module = files.join(folder, `${name}.py`);
  if ((await kind(module)) === "file") return { kind: "module", path: module };
  // A namespace has no file; that of the `__init__` which it lacks says where its modules are.
  return (await kind(files.join(folder, name))) === "directory" ? { kind: "namespace", path: init } : undefined;
}

/** The first name anywhere on the path, a namespace only if no folder has more; the others within what was found. */
async function find(files: Files, path: readonly string[], names: readonly string[]): Promise<Found | undefined> {
  const [name, ...rest] = names;
  if (name === undefined) return undefined;
  let namespace: Found | undefined;
  for (const folder of path) {
    const found = await step(files, folder, name);
    if (found?.kind === "module") {
      if (rest.length === 0) return found;
      return found.path.endsWith("__init__.py") ? find(files, [files.dirname(found.path)], rest) : undefined;
    }
    if (found && rest.length > 0) {
      const inside = await find(files, [files.dirname(found.path)], rest);
      if (inside?.kind === "module") return inside;
      namespace ??= inside;
    } else namespace ??= found;
  }
  return namespace;
}

/** A relative name's folder: that of the file's package, one up for each dot after the first. */
function relativeFolder(files: Files, from: string, dots: number): string | undefined {
  let folder = files.dirname(from);
  for (let i = 1; i < dots; i++) {
    if (files.dirname(folder) === folder) return undefined;
    folder = files.dirname(folder);
  }
  return folder;
}

async function locate(files: Files, path: readonly string[], { from, name }: Missing): Promise<Found | undefined> {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const names = name.slice(dots).split(".");
  const isPackage = name.length === dots;
  if (!isPackage && names.some((part) => !/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{N}\p{M}\p{Pc}]*$/u.test(part)))
    return undefined;
  if (dots === 0) return isPackage ? undefined : find(files, path, names);
  const folder = relativeFolder(files, from, dots);
  if (folder === undefined) return undefined;
  if (!isPackage) return find(files, [folder], names);
  const init = files.join(folder, "__init__.py");
  const kind = await files.kind(init).catch(() => undefined);
  return { kind: kind === "file" ? "module" : "namespace", path: init };
}

/**
 * Resolves the imports of a file as Python would that looks where `firstFolders` and `otherFolders` say. A module that cannot be read
 * counts as none.
 */
export function projectResolver(
  files: Files,
  file: string,
  root: string,
  read: (path: string) => Promise<Document | Problem> = (path) => readDocument(files, path),
): Resolver {
  /** What a file says of `sys.path`: that of the program itself holds for all that it imports. */
  const saidIn = async (path: string) => {
    const document = await read(path);
    return "problem" in document ? [] : saidFolders(files, path, root, document.text);
  };
  return async (missing) => {
    if (missing.kind === "data") return dataDocument(files, [files.dirname(missing.from), root], missing.name);
    const plain = missing.name.startsWith(".");
    const sayers = plain ? [] : [...new Set([file, missing.from])];
    const said = (await Promise.all(sayers.map(saidIn))).flat();
    const found =
      (await locate(files, firstFolders(files, file, root, said), missing)) ??
      (plain ? undefined : await locate(files, await otherFolders(files, file, root), missing));
    if (found === undefined) return null;
    if (found.kind === "namespace") return pythonDocument(found.path, "");
    const document = await read(found.path);
    return "problem" in document ? null : document;
  };
}
