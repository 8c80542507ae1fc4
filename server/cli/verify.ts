import { resolve } from "node:path";
import { LineIndex } from "../../core/index.ts";
import { spansOf, verificationLines, verified } from "../features/verdicts.ts";
import { interpreterOf } from "../verify/python.ts";
import { findRoot } from "../workspace/root.ts";
import { safe } from "./displayLine.ts";
import { EXIT, type Host } from "./host.ts";
import type { VerifyOptions } from "./options.ts";
import { Reader } from "./reader.ts";

/**
 * Runs a file in the project's Python, in a process of its own, and holds every hint to what Keras made. The only
 * command that runs the user's code, and only because it was asked to.
 */
export async function verify(host: Host, options: VerifyOptions): Promise<number> {
  const { file, python: said, seconds } = options;
  const misused = (problem: string): number => {
    host.err(`inlayer: ${safe(problem)}\n`);
    return EXIT.misuse;
  };
  const reader = new Reader(host, options);
  const problem = await reader.problem();
  if (problem !== undefined) return misused(problem);
  const path = resolve(host.cwd, file);
  const read = await reader.read({ name: file, path, found: false });
  if ("problem" in read) return misused(`${file}: ${read.problem}`);
  const root = options.root === undefined ? await findRoot(host.files, path) : resolve(host.cwd, options.root);
  const here = said === undefined ? undefined : resolve(host.cwd, said);
  const python = await interpreterOf(host.files, root, here, host.environment);
  if (python === undefined)
    return misused("there is no Python to verify with: name one by --python, or make an environment in .venv");
  const text = read.documents.get(path)?.text ?? "";
  const lines = new LineIndex(text);
  const { runProgram } = await import("../verify/process.ts");
  const program = { python, path, root, text, spans: spansOf(read.analysis, text, lines) };
  const facts = await runProgram(program, seconds, new AbortController().signal);
  const result = verified(read.analysis, lines, facts);
  host.out(
    verificationLines(result)
      .map((line) => `${safe(line)}\n`)
      .join(""),
  );
  const isRefuted = result.verdicts.some(({ verdict }) => verdict === "refuted");
  return isRefuted || result.ending !== undefined ? EXIT.faults : EXIT.clean;
}
