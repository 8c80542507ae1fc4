import type { Fact } from "../features/verdicts.ts";
import { diskFileSystem } from "../workspace/disk.ts";
import { findRoot } from "../workspace/root.ts";
import { TIME_LIMIT } from "./limit.ts";
import { type Program, runProgram } from "./process.ts";
import { interpreterOf } from "./python.ts";

/** Runs a program in the Python of the project that its file belongs to. */
export async function verifyProgram(
  program: Omit<Program, "python" | "root">,
  said: string | undefined,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const root = await findRoot(diskFileSystem, program.path);
  const python = await interpreterOf(diskFileSystem, root, said, process.env);
  if (python === undefined)
    return [{ problem: "there is no Python to verify with: the setting inlayer.python names one, or .venv holds it" }];
  return runProgram({ ...program, root, python }, TIME_LIMIT, signal);
}
