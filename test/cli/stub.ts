import { writeFile } from "node:fs/promises";
import type { Analysis, Core, Missing, Project, Source, Span } from "../../core/index.ts";
import type { Host } from "../../server/cli/host.ts";
import { run } from "../../server/cli/run.ts";
import { diskFileSystem } from "../../server/workspace/disk.ts";

type Findings = Partial<Omit<Analysis, "path">> & { readonly missing?: readonly Missing[] };

/** A core that finds what it is told to find. */
export function stubCore(find: (file: Source, project: Project) => Findings): Core {
  const analyse = (project: Project) => {
    const { missing = [], ...found } = find(project.file, project);
    const nothing = { models: [], hints: [], diagnostics: [], unknowns: [] };
    return { analysis: { path: project.file.path, ...nothing, ...found }, missing };
  };
  return {
    analyse,
    // biome-ignore lint/correctness/useYield: it never has to wait
    *analyseInSlices(project) {
      return analyse(project);
    },
    card: () => undefined,
    definition: () => undefined,
    setInputShape: () => ({ problem: "a stub" }),
    lower: () => undefined,
    // biome-ignore lint/correctness/useYield: it never has to wait
    *refactor() {
      return [];
    },
    draw: () => undefined,
    forget: () => {},
  };
}

/** Where `part` stands in `text` for the nth time. */
export function spanOf(text: string, part: string, nth = 1): Span {
  let start = -1;
  for (let i = 0; i < nth; i++) start = text.indexOf(part, start + 1);
  if (start < 0) throw new Error(`${part} is not in the text`);
  return { start, end: start + part.length };
}

/** Nothing is to be run where this stands. */
const noEngine = () => Promise.reject(new Error("a stub"));

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder. */
export async function inlayer(
  cwd: string,
  core: Core,
  args: readonly string[],
  host: Partial<Host> = {},
): Promise<Result> {
  let out = "";
  let err = "";
  const code = await run(
    {
      cwd,
      environment: {},
      version: "1.2.3",
      files: diskFileSystem,
      terminal: { present: false, columns: undefined },
      progress: false,
      cores: 1,
      rulePage: async () => undefined,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      write: (path, bytes) => writeFile(path, bytes),
      createCore: async () => core,
      createEngine: noEngine,
      serve: async () => {},
      ...host,
    },
    args,
  );
  return { code, out, err };
}
