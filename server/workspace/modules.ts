import type { Missing } from "../../core/index.ts";
import { readText } from "./architecture.ts";
import { dataDocument } from "./dataFile.ts";
import { type Document, type Problem, pythonDocument, readDocument } from "./document.ts";
import { type PythonEnvironment, readEnvironment } from "./environment.ts";
import type { Files } from "./fileSystem.ts";
import type { Importers } from "./importers.ts";
import { firstFolders, otherFolders, packageFolders, saidFolders } from "./importPath.ts";

/** Finds what an analysis asks for; null where the project has no such thing. */
export type Resolver = (missing: Missing, installed?: boolean) => Promise<Document | null>;

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
      if (!found.path.endsWith("__init__.py")) return undefined;
      const inside = await find(files, [files.dirname(found.path)], rest);
      return inside ?? find(files, await beside(files, found.path), rest);
    }
    if (found && rest.length > 0) {
      const inside = await find(files, [files.dirname(found.path)], rest);
      if (inside?.kind === "module") return inside;
      namespace ??= inside;
    } else namespace ??= found;
  }
  return namespace;
}

/** Where else than in its own folder a package has modules, as its `__init__` says. */
async function beside(files: Files, init: string): Promise<readonly string[]> {
  const own = files.dirname(init);
  return packageFolders(files, init, (await readText(files, init)) ?? "").filter((it) => it !== own);
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

/** A file that the program opens, by its path from the program's folder or from the root; none outside of them. */
async function opened(files: Files, folders: readonly string[], name: string): Promise<Document | null> {
  if (/^(?:[\\/~]|\w+:)|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(name)) return null;
  for (const folder of folders) {
    const path = files.join(folder, ...name.split(/[\\/]/).filter((it) => it !== "" && it !== "."));
    if ((await files.kind(path).catch(() => undefined)) !== "file") continue;
    const text = await readText(files, path);
    if (text !== undefined) return pythonDocument(path, text);
  }
  return null;
}

/** Installed packages that are read as the project's own modules: libraries of layers, not what they are made of. */
class Packages {
  private readonly files: Files;
  private readonly environment: () => Promise<PythonEnvironment>;
  private readonly found = new Set<string>();
  constructor(files: Files, environment: () => Promise<PythonEnvironment>) {
    this.files = files;
    this.environment = environment;
  }
  async find({ name }: Missing): Promise<Found | undefined> {
    const names = name.split(".");
    const isUnread = UNREAD.has(names[0] ?? "") && !SOURCES.test(name);
    if (name.startsWith(".") || isUnread || this.found.size >= MOST_MODULES) return undefined;
    if (!names.every((it) => /^\w+$/.test(it))) return undefined;
    const found = await find(this.files, (await this.environment()).packages, names);
    if (found?.kind !== "module") return undefined;
    this.found.add(found.path);
    return found;
  }
}
const MOST_MODULES = 300;
/** Of Keras core asks only for what it reads by its source. */
const SOURCES = /^keras\.src\./;
/** What Inlayer knows without its sources, or what is too large to be read for a shape. */
const UNREAD = new Set(
  (
    "keras tf_keras tensorflow tensorboard jax jaxlib flax torch torchvision numpy scipy pandas sklearn matplotlib " +
    "seaborn plotly PIL cv2 skimage imageio h5py absl google grpc requests urllib3 yaml tqdm nltk spacy gensim " +
    "transformers datasets tokenizers huggingface_hub IPython ipykernel jupyter notebook pytest setuptools pip wheel " +
    "regex tree optree wrapt pydantic rich " +
    "networkx sympy numba cython statsmodels xgboost lightgbm wandb mlflow gym gymnasium flask fastapi django boto3"
  ).split(" "),
);

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

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

/** What a resolver takes from who keeps it for several files. */
export interface Sources {
  readonly read?: (path: string) => Promise<Document | Problem>;
  readonly environment?: () => Promise<PythonEnvironment>;
  readonly importers?: Importers | undefined;
}

/**
 * Answers what core asks for a file. Its imports as Python would find them that looks where `firstFolders` and
 * `otherFolders` say, then among the environment's packages; a module that cannot be read counts as none.
 */
export function projectResolver(files: Files, file: string, root: string, sources: Sources = {}): Resolver {
  const read = sources.read ?? ((it: string) => readDocument(files, it));
  const environment = sources.environment ?? once(() => readEnvironment(files, root));
  const packages = new Packages(files, environment);
  /** What a file says of `sys.path`: that of the program itself holds for all that it imports. */
  const saidIn = async (path: string) => {
    const document = await read(path);
    return "problem" in document ? [] : saidFolders(files, path, root, document.text);
  };
  const locateModule = async (missing: Missing) => {
    const plain = missing.name.startsWith(".");
    const sayers = plain ? [] : [...new Set([file, missing.from])];
    const said = (await Promise.all(sayers.map(saidIn))).flat();
    return (
      (await locate(files, firstFolders(files, file, root, said), missing)) ??
      (plain ? undefined : await locate(files, await otherFolders(files, file, root), missing))
    );
  };
  const located = async (missing: Missing, installed: boolean) =>
    (await locateModule(missing)) ?? (installed ? await packages.find(missing) : undefined);
  const programs = new Map<string, Resolver>();
  return async ({ program, ...missing }, installed = true) => {
    if (program !== undefined && program !== file) {
      const resolver = programs.get(program) ?? projectResolver(files, program, root, { ...sources, environment });
      programs.set(program, resolver);
      return resolver(missing, installed);
    }
    if (missing.kind === "importers") {
      const paths = (await sources.importers?.of(file)) ?? [];
      return paths.length === 0 ? null : pythonDocument(files.join(root, "<importers>"), JSON.stringify(paths));
    }
    if (missing.kind === "environment") {
      const { packages: _, ...facts } = await environment();
      if (facts.keras === undefined && facts.tensorflow === undefined) return null;
      return pythonDocument(files.join(root, "<python environment>"), JSON.stringify(facts));
    }
    if (missing.kind === "data") return dataDocument(files, [files.dirname(missing.from), root], missing.name);
    if (missing.kind === "model") return opened(files, [files.dirname(file), root], missing.name);
    const found = missing.kind === "file" ? { kind: "module", path: missing.name } : await located(missing, installed);
    if (found === undefined) return null;
    if (found.kind === "namespace") return pythonDocument(found.path, "");
    const document = await read(found.path);
    return "problem" in document ? null : document;
  };
}
