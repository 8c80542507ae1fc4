import ignore from "ignore";
import { RULE_CODES, type Settings } from "../../core/index.ts";
import type { Files } from "./fileSystem.ts";
import { type ReadTable, readTable } from "./projectTable.ts";

/** A project's own settings, and where they are written. */
export interface FoundTable extends ReadTable {
  /** The pyproject.toml, and the folder that it is in. */
  readonly file: string;
  readonly folder: string;
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
      if (read !== undefined) return { ...read, file, folder };
    }
    const above = files.dirname(folder);
    return above === folder ? undefined : this.above(above);
  }
}

/** Whether a project's settings leave a file out. */
export function isExcluded(found: FoundTable | undefined, path: string): boolean {
  const patterns = found?.table.exclude ?? [];
  if (found === undefined || patterns.length === 0) return false;
  const name = path.slice(found.folder.length).replaceAll("\\", "/").replace(/^\/+/, "");
  return ignore({ ignorecase: false })
    .add([...patterns])
    .ignores(name);
}

/** What a project says, over what holds without it. A file that it leaves out has no diagnostics. */
export function projectSettings(base: Settings, found: FoundTable | undefined, path: string): Settings {
  if (found === undefined) return base;
  const { keras, rules, severity } = found.table;
  const severities = isExcluded(found, path) ? SILENT : { ...base.severities, ...rules };
  return { ...base, ...(keras && { keras }), severities, ...(severity && { lowest: severity }) };
}
const SILENT = Object.fromEntries([...RULE_CODES].map((code) => [code, "off" as const]));
