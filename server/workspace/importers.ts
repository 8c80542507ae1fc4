import { type Document, readDocument } from "./document.ts";
import type { Place } from "./environment.ts";
import { type FindModule, importsOf } from "./relevance.ts";
import { walk } from "./walk.ts";

/** Files of a project whose imports are read; what there are more of is not looked at. */
const MOST_FILES = 2000;
/** Programs that are named for one file. */
const MOST_PROGRAMS = 8;
/** A program may import a file through so many others. */
const MOST_STEPS = 4;
/** Tests call what they test in ways in which nobody uses it, and want it to fail. */
const TEST = /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|setup)\.py$/;

/** Tells which programs of a project import a file, from the texts of all; those are read once. */
export class Importers {
  private readonly files: Place;
  private readonly root: string;
  private readonly find: FindModule;
  private readonly open: (path: string) => Document | undefined;
  private read: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  /** `find` looks a module up as the program does that imports it; what is `open` is as the editor has it. */
  constructor(
    files: Place,
    root: string,
    find: FindModule,
    open: (path: string) => Document | undefined = () => undefined,
  ) {
    this.files = files;
    this.root = root;
    this.find = find;
    this.open = open;
  }

  /** Files have come or gone, or say something else. */
  forget(): void {
    this.read = undefined;
  }

  /** First those that nothing else imports, which are what people run; of these the nearest. Never rejects. */
  async of(file: string): Promise<readonly string[]> {
    this.read ??= this.readAll().catch(() => new Map());
    const imports = await this.read;
    const found = new Set<string>();
    const imported = new Set<string>();
    let level: readonly string[] = [file];
    for (let step = 0; step < MOST_STEPS && level.length > 0; step++) {
      const next: string[] = [];
      for (const [path, names] of imports) {
        if (path === file) continue;
        const open = this.open(path);
        const target = await this.importedOf(path, open === undefined ? names : importsOf(open.text), level);
        if (target === undefined) continue;
        imported.add(target);
        if (!found.has(path)) next.push(path);
      }
      for (const path of next) found.add(path);
      level = next;
    }
    const programs = [...found].filter((path) => !path.endsWith("/__init__.py"));
    const [others, run] = [true, false].map((it) => programs.filter((path) => imported.has(path) === it));
    return [...(run ?? []), ...(others ?? [])].slice(0, MOST_PROGRAMS);
  }

  /** The one of `targets` that a file imports; only modules of that name are looked up. */
  private async importedOf(
    path: string,
    names: readonly string[],
    targets: readonly string[],
  ): Promise<string | undefined> {
    for (const target of targets) {
      const name = moduleNameOf(target);
      for (const it of names) {
        if (lastPart(it) !== name) continue;
        if ((await this.find(path, it))?.path === target) return target;
      }
    }
    return undefined;
  }

  private async readAll(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { files, root } = this;
    const imports = new Map<string, readonly string[]>();
    if (files.list === undefined) return imports;
    for await (const path of walk({ ...files, list: files.list }, root)) {
      if (TEST.test(path.slice(root.length))) continue;
      const document = await readDocument(files, path);
      if (!("problem" in document)) imports.set(path, importsOf(document.text));
      if (imports.size >= MOST_FILES) break;
    }
    return imports;
  }
}

/** A text seems to import the module in the file at `path`, by its name. */
export const seemsToImport = (text: string, path: string): boolean =>
  importsOf(text).some((it) => lastPart(it) === moduleNameOf(path));

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
/** What the last part of a module's dotted name is: of a package that of its folder. */
function moduleNameOf(path: string): string {
  const parts = path.replace(/(?:\/__init__)?\.\w+$/, "").split(/[\\/]/);
  return parts.at(-1) ?? "";
}
