import type { Missing } from "../../core/index.ts";
import { type Document, type Problem, readDocument } from "./document.ts";
import { interpreterAt, type PythonEnvironment, readEnvironment } from "./environment.ts";
import type { EntryKind, Files } from "./fileSystem.ts";
import { Importers } from "./importers.ts";
import { projectResolver, type Resolver } from "./modules.ts";
import type { OpenFiles } from "./openFiles.ts";
import { type FoundTable, ProjectTables } from "./projectTables.ts";
import { findRoot } from "./root.ts";
import { canonical } from "./uris.ts";

/** Finds modules for open files: among what is open first, then where the files are, which is remembered. */
export class ProjectFiles {
  private readonly source: Files;
  /** The same with what is open over it. */
  private readonly files: Files;
  private readonly open: OpenFiles;
  private readonly kinds = new Map<string, Promise<EntryKind | undefined>>();
  private readonly documents = new Map<string, Promise<Document | Problem>>();
  private readonly resolvers = new Map<string, Promise<Resolver>>();
  private readonly environments = new Map<string, Promise<PythonEnvironment>>();
  private readonly importers = new Map<string, Importers>();
  private readonly tables: ProjectTables;
  private folders: readonly string[] = [];
  private interpreter = "";

  constructor(source: Files, open: OpenFiles) {
    this.source = source;
    this.files = { ...source, kind: (path) => this.kind(path) };
    this.open = open;
    this.tables = new ProjectTables(this.files);
  }

  /** The folders that the editor works in, by their URIs. */
  changeFolders(added: readonly string[], removed: readonly string[]): void {
    const paths = (uris: readonly string[]) => uris.map((uri) => canonical(uri).replace(/\/$/, ""));
    const gone = new Set(paths(removed));
    this.folders = [...this.folders, ...paths(added)].filter((path) => !gone.has(path));
  }

  get roots(): readonly string[] {
    return this.folders;
  }

  /** The Python whose environment is read, as people write it; false where it is the one that it was. */
  useInterpreter(path: string): boolean {
    if (path === this.interpreter) return false;
    this.interpreter = path;
    this.environments.clear();
    this.resolvers.clear();
    return true;
  }

  /** Never rejects. `installed` packages may be left out. */
  async resolve(file: string, missing: Missing, installed = true): Promise<Document | null> {
    const known = this.resolvers.get(file) ?? this.resolverOf(file);
    this.resolvers.set(file, known);
    const resolver = await known;
    return resolver(missing, installed).catch(() => null);
  }
  /** The text of a path as it stands now, in the editor or where the files are. */
  async read(path: string): Promise<Document | Problem> {
    const open = this.open.file(path);
    if (open !== undefined) return open;
    const known = this.documents.get(path) ?? readDocument(this.source, path);
    this.documents.set(path, known);
    return known;
  }

  /** What the project that a file is in says in its pyproject.toml. Never rejects. */
  tableOf(file: string): Promise<FoundTable | undefined> {
    return this.tables.above(this.files.dirname(file));
  }

  /** The text of a file may have changed. */
  forgetText(path: string): void {
    this.documents.delete(path);
    for (const it of this.importers.values()) it.forget();
  }
  /** Files may have come and gone. */
  forgetAll(): void {
    this.kinds.clear();
    this.documents.clear();
    this.resolvers.clear();
    this.environments.clear();
    this.importers.clear();
    this.tables.forget();
  }

  private kind(path: string): Promise<EntryKind | undefined> {
    if (this.open.file(path) !== undefined) return Promise.resolve("file");
    const known = this.kinds.get(path) ?? this.source.kind(path).catch(() => undefined);
    this.kinds.set(path, known);
    return known;
  }
  private async resolverOf(file: string): Promise<Resolver> {
    const read = (path: string) => this.read(path);
    const root = await this.rootOf(file);
    const environment = () => {
      const made =
        this.environments.get(root) ??
        readEnvironment(this.files, root, interpreterAt(this.files, root, this.interpreter));
      this.environments.set(root, made);
      return made;
    };
    return projectResolver(this.files, file, root, { read, environment, importers: this.importersIn(root) });
  }
  private importersIn(root: string): Importers {
    const find = (from: string, name: string) => this.resolve(from, { kind: "module", from, name }, false);
    const made = this.importers.get(root) ?? new Importers(this.files, root, find, (path) => this.open.file(path));
    this.importers.set(root, made);
    return made;
  }
  /** The nearest folder with a mark of a project; without one the editor's folder that it is in. */
  private async rootOf(file: string): Promise<string> {
    const own = this.files.dirname(file);
    const root = await findRoot(this.files, file).catch(() => own);
    if (root !== own) return root;
    const around = this.folders.filter((folder) => file.startsWith(`${folder}/`));
    return around.toSorted((a, b) => b.length - a.length)[0] ?? root;
  }
}
