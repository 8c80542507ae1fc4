import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Core, KerasVersion, Settings, Severity } from "../../core/index.ts";
import { analyseFile, type FileAnalysis } from "../workspace/analyse.ts";
import { type Problem, readDocument } from "../workspace/document.ts";
import { type PythonEnvironment, readEnvironment } from "../workspace/environment.ts";
import { wordsOf } from "../workspace/fileSystem.ts";
import { Importers } from "../workspace/importers.ts";
import { projectResolver, type Resolver } from "../workspace/modules.ts";
import { type FoundTable, ProjectTables, projectSettings } from "../workspace/projectTables.ts";
import { findRoot } from "../workspace/root.ts";
import type { Host } from "./host.ts";
import type { FileTarget } from "./targets.ts";

export interface ReaderOptions {
  /** Undefined where it is not said: the project's own settings have it then, or nothing. */
  readonly keras: KerasVersion | undefined;
  readonly root: string | undefined;
  /** How grave rules are, by code. */
  readonly rules?: Settings["severities"];
  /** The lowest severity that is told. */
  readonly severity?: Severity | undefined;
  /** Fixes are tried unless this is false. */
  readonly fixes?: boolean | undefined;
  readonly python?: string | undefined;
}

/** Reads and analyses file after file, and knows how each was called. */
export class Reader {
  private readonly host: Host;
  private readonly options: ReaderOptions;
  private readonly names = new Map<string, string>();
  /** Who imports whom, and what is installed, is read once for all files of a root. */
  private readonly importers = new Map<string, Importers>();
  private readonly environments = new Map<string, Promise<PythonEnvironment>>();
  private readonly tables: ProjectTables;
  private core: Promise<Core> | undefined;
  constructor(host: Host, options: ReaderOptions) {
    this.host = host;
    this.options = options;
    this.tables = new ProjectTables(host.files);
  }

  /** Why `--root` or `--python` is no good, if so. */
  async problem(): Promise<string | undefined> {
    const { root, python } = this.options;
    const kindOf = (path: string) => this.host.files.kind(resolve(this.host.cwd, path)).catch(() => undefined);
    if (root !== undefined && (await kindOf(root)) !== "directory") return `--root ${root}: no such directory`;
    if (python !== undefined && (await kindOf(python)) !== "file") return `--python ${python}: no such file`;
    return undefined;
  }

  /** The settings of the project that a file is in; those of `--root` where that is given. */
  tableOf(path: string): Promise<FoundTable | undefined> {
    const { cwd } = this.host;
    return this.tables.above(this.options.root === undefined ? dirname(path) : resolve(cwd, this.options.root));
  }

  /** Files that were asked for keep the names they were asked by. */
  name({ path, name }: FileTarget): void {
    this.names.set(path, name);
  }

  /** What to call another file: from the working directory if the file that leads to it was called so. */
  nameOf = (path: string, beside = ""): string =>
    this.names.get(path) ?? (isAbsolute(beside) ? path : relative(this.host.cwd, path) || path);

  /** Never rejects: what cannot be read, and what must not happen, is a problem in words. */
  async read(target: FileTarget): Promise<FileAnalysis | Problem> {
    const both = await this.readWith(target, () => undefined);
    return "problem" in both ? both : both.read;
  }

  /** The same, with what `use` makes of the analysis before it is forgotten. */
  async readWith<T>(
    { path }: FileTarget,
    use: (core: Core, read: FileAnalysis) => T,
  ): Promise<{ readonly read: FileAnalysis; readonly made: T } | Problem> {
    const { host, options } = this;
    const document = await readDocument(host.files, path);
    if ("problem" in document) return document;
    const root = options.root === undefined ? await findRoot(host.files, path) : resolve(host.cwd, options.root);
    this.core ??= host.createCore();
    try {
      const core = await this.core;
      const settings = this.settingsOf(path, await this.tableOf(path));
      const read = await analyseFile(core, document, this.resolverOf(path, root), settings);
      const made = use(core, read);
      core.forget(path);
      return { read, made };
    } catch (error) {
      return { problem: `Inlayer itself failed on it, please report this: ${wordsOf(error)}` };
    }
  }

  /** What was said with the command goes over what the project says. */
  private settingsOf(path: string, found: FoundTable | undefined): Settings {
    const { keras, rules, severity, fixes } = this.options;
    // Whoever asked for a file wants to hear of it.
    const table = found && { ...found, excludes: () => false };
    const settings = projectSettings({ keras: "auto", facts: true, fixes }, table, path);
    return {
      ...settings,
      ...(keras && { keras }),
      ...(severity && { lowest: severity }),
      severities: { ...settings.severities, ...rules },
    };
  }

  private resolverOf(path: string, root: string): Resolver {
    const { files } = this.host;
    const find = (from: string, name: string) =>
      projectResolver(files, from, root)({ kind: "module", from, name }, false);
    const importers = this.importers.get(root) ?? new Importers(files, root, find);
    this.importers.set(root, importers);
    const python = this.options.python && resolve(this.host.cwd, this.options.python);
    const environment = this.environments.get(root) ?? readEnvironment(files, root, python);
    this.environments.set(root, environment);
    return projectResolver(files, path, root, { importers, environment: () => environment });
  }
}
