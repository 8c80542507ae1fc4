import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Fact, PythonSpan } from "../features/verdicts.ts";

export interface Program {
  readonly python: string;
  /** Of the file on the disk; its text may be a newer one. */
  readonly path: string;
  /** Of the project: its modules are found from there too. */
  readonly root: string;
  readonly text: string;
  readonly spans: readonly PythonSpan[];
}

/** Beside this module, in the source as in the built program. */
const HARNESS = new URL("harness.py", import.meta.url);

/**
 * Runs a user's program in a process of its own, which is ended, with all that it started, after `seconds` or by the
 * signal. Nothing that is learnt until then is lost. Never rejects.
 */
export async function runProgram(
  { python, path, root, text, spans }: Program,
  seconds: number,
  signal: AbortSignal,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  if (signal.aborted) return [{ problem: "cancelled" }];
  const child = spawn(python, ["-W", "ignore", fileURLToPath(HARNESS)], {
    cwd: dirname(path),
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", CUDA_VISIBLE_DEVICES: "-1", MPLBACKEND: "Agg" },
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own can be ended as a whole.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let why: string | undefined;
  let last = "";
  const end = (reason: string): void => {
    why ??= reason;
    endAll(child);
  };
  const timer = setTimeout(() => end(`it was ended after ${seconds} s`), seconds * 1000);
  const cancel = (): void => end("cancelled");
  signal.addEventListener("abort", cancel);
  child.stderr.on("data", (data: Buffer) => {
    last = `${last}${data}`.slice(-2000);
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify({ path, root, text, spans }));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const fact = factIn(line);
    if (fact !== undefined) facts.push(fact);
  });
  const code = await new Promise<number | string>((done) => {
    child.on("error", (error) => done(error.message));
    child.on("close", (number, name) => done(number ?? name ?? "no code"));
  });
  clearTimeout(timer);
  signal.removeEventListener("abort", cancel);
  const isWhole = facts.some((it) => "ended" in it || "problem" in it);
  const words = last.trim().split("\n").at(-1) ?? "";
  if (!isWhole) facts.push({ problem: why ?? `${python} ended with ${code}${words === "" ? "" : `: ${words}`}` });
  return facts;
}

function endAll(child: ChildProcess): void {
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
    else if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
function factIn(line: string): Fact | undefined {
  try {
    return JSON.parse(line) as Fact;
  } catch {
    return undefined;
  }
}
