import { join, resolve } from "node:path";
import type { FileSystem } from "../workspace/fileSystem.ts";

/** The folders that environments are kept in, as server/workspace/environment.ts looks for them. */
const FOLDERS = [".venv", "venv", "env", ".env", ".conda"];
const INTERPRETERS = [join("bin", "python"), join("bin", "python3"), join("Scripts", "python.exe"), "python.exe"];

/**
 * The Python that a project's programs are run by: the one that is said, else the one of an environment in the root's
 * own folders, else of the one that is active; undefined without any. Only its path is looked for: nothing is run.
 */
export async function interpreterOf(
  files: Pick<FileSystem, "kind">,
  root: string,
  said: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const isFile = async (path: string) => (await files.kind(path).catch(() => undefined)) === "file";
  if (said !== undefined && said !== "") return (await isFile(resolve(root, said))) ? resolve(root, said) : undefined;
  const { VIRTUAL_ENV: active, CONDA_PREFIX: conda } = environment;
  const folders = [...FOLDERS.map((it) => join(root, it)), ...[active, conda].flatMap((it) => it ?? [])];
  for (const folder of folders)
    for (const name of INTERPRETERS) if (await isFile(join(folder, name))) return join(folder, name);
  return undefined;
}
