import ignore from "ignore";
import { RULE_CODES, type Settings } from "../../core/index.ts";
import type { Files } from "./fileSystem.ts";
import { type ReadTable, readTable } from "./projectTable.ts";

/** A project's own settings, and where they are written. */
export interface FoundTable extends ReadTable {
  /** The pyproject.toml, and the folder that it is in. */
  readonly file: string;
  readonly folder: string;
  /** Whether it leaves a file out, by its whole path. */
  excludes(path: string): boolean;
}

/** Finds the settings of projects: those of the nearest pyproject.toml upwards that has any. Each is read once. */
export class ProjectTables {
  private readonly files: Files;
  private readonly found = new Map<string, Promise<FoundTable | undefined>>();
  constructor(files: Files) {
    this.files = files;
  }

  forget(): void {
    this.found.clear();
  }
  /** Never rejects. */
  above(folder: string): Promise<FoundTable | undefined> {
    const known = this.found.get(folder) ?? this.look(folder).catch(() => undefined);
    this.found.set(folder, known);
    return known;
  }
  private async look(folder: string): Promise<FoundTable | undefined> {
    const { files } = this;
    const file = files.join(folder, "pyproject.toml");
    if ((await files.kind(file).catch(() => undefined)) === "file") {
      const read = readTable(new TextDecoder().decode(await files.read(file)));
      if (read !== undefined) return { ...read, file, folder, excludes: exclusion(folder, read.table.exclude ?? []) };
    }
    const above = files.dirname(folder);
    return above === folder ? undefined : this.above(above);
  }
}

/** Whether patterns as in a `.gitignore` of a folder leave a file out, by its whole path. */
export function exclusion(folder: string, patterns: readonly string[]): FoundTable["excludes"] {
  if (patterns.length === 0) return () => false;
  const excluded = ignore({ ignorecase: false }).add([...patterns]);
  return (path) => excluded.ignores(path.slice(folder.length).replaceAll("\\", "/").replace(/^\/+/, ""));
}

/** What a project says, over what holds without it. A file that it leaves out has no diagnostics. */
export function projectSettings(base: Settings, found: FoundTable | undefined, path: string): Settings {
  if (found === undefined) return base;
  const { keras, rules, severity } = found.table;
  const severities = found.excludes(path) ? SILENT : { ...base.severities, ...rules };
  return { ...base, ...(keras && { keras }), severities, ...(severity && { lowest: severity }) };
}
const SILENT = Object.fromEntries([...RULE_CODES].map((code) => [code, "off" as const]));
