/**
 * The language server, driven over its protocol as an editor does: from its start to the first hints, from a keystroke
 * to new hints in a file of 1,000 lines, and what it holds after an hour's worth of edits.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { bundleProgram } from "../protocol/bundle.ts";
import { COMPLETE, Editor } from "../protocol/editor.ts";
import { MODEL } from "../protocol/programs.ts";
import { median, modelFile, shown } from "./modelFile.ts";

const uri = "file:///project/model.py";
/** Milliseconds between two keystrokes: nobody types faster. */
const PACE = 40;

const folder = mkdtempSync(join(tmpdir(), "inlayer-"));
/** What the first start compiles is kept here for the others. */
const env = { ...process.env, XDG_CACHE_HOME: folder, LOCALAPPDATA: folder };

function start(program: string) {
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env });
  const reader = new StreamMessageReader(child.stdout);
  return { child, editor: new Editor(createMessageConnection(reader, new StreamMessageWriter(child.stdin))) };
}
/** Megabytes that a process holds, where the system tells. */
function held(pid: number | undefined): number {
  try {
    const [, pages = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    return (Number(pages) * 4096) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds of the processor that a process has used, where the system tells. */
function used(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds that the thread which answers has run, where the system tells. */
function ran(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Milliseconds of the clock from the start to the first hints, and of the processor's time in all threads. */
async function firstHints(program: string, text: string, most: number): Promise<readonly [number, number]> {
  const began = performance.now();
  const { child, editor } = start(program);
  await editor.initialize(COMPLETE, { initializationOptions: { client: "inlayer" } });
  await editor.open(uri, text);
  const labels = await editor.labels(uri);
  const times = [performance.now() - began, used(child.pid)] as const;
  if (labels.length < most) throw new Error(`not the hints: ${labels}`);
  await editor.connection.sendRequest("shutdown");
  const end = new Promise((resolve) => child.on("exit", resolve));
  await editor.notify("exit", undefined);
  await end;
  return times;
}
async function startsOf(program: string, text: string, most: number): Promise<string> {
  const times: (readonly [number, number])[] = [];
  for (let i = 0; i < 7; i++) times.push(await firstHints(program, text, most));
  const [clock, processor] = [times.map(([it]) => it), times.map(([, it]) => it)];
  return `${shown(median(clock))} (best ${shown(Math.min(...clock))}, processor ${shown(median(processor))})`;
}

try {
  const program = await bundleProgram(folder, "server");
  const text = modelFile(1000);
  const ever = await firstHints(program, MODEL, 5);
  const small = await startsOf(program, MODEL, 5);
  const large = await startsOf(program, text, 500);

  const { child, editor } = start(program);
  await editor.initialize(COMPLETE, { initializationOptions: { client: "inlayer" } });
  await editor.open(uri, text);
  const opened = performance.now();
  await editor.labels(uri);
  const cold = performance.now() - opened;
  const at = text.indexOf("layers.Dense(64)", text.length / 2) + "layers.Dense(".length;
  const lines = text.slice(0, at).split("\n");
  const line = lines.length - 1;
  const character = lines.at(-1)?.length ?? 0;
  let width = 2;
  /** Milliseconds as the editor sees them, with both ways through the pipe; and what the server needed of them. */
  const type = async (typed: string, pace = PACE): Promise<readonly [number, number]> => {
    await setTimeout(pace);
    const before = ran(child.pid);
    const began = performance.now();
    void editor.change(uri, typed, { start: { line, character }, end: { line, character: character + width } });
    width = typed.length;
    const range = { start: { line: line - 30, character: 0 }, end: { line: line + 30, character: 0 } };
    const hints = await editor.hints(uri, range);
    if (hints.length === 0) throw new Error("no hints");
    return [performance.now() - began, ran(child.pid) - before];
  };
  const WIDTHS = ["6", "64", "641", "64"];
  for (let i = 0; i < 40; i++) await type(WIDTHS[i % 4] ?? "64");
  const times: (readonly [number, number])[] = [];
  for (let i = 0; i < 400; i++) times.push(await type(WIDTHS[i % 4] ?? "64"));
  const [clock, own] = [times.map(([it]) => it), times.map(([, it]) => it)];
  const before = held(child.pid);
  // An hour of typing at two keystrokes a second, all at once.
  let most = before;
  for (let i = 0; i < 7200; i++) {
    await type(WIDTHS[i % 4] ?? "64", 0);
    most = Math.max(most, held(child.pid));
  }
  const after = held(child.pid);
  child.kill();

  console.log(`server, over stdio, ${text.split("\n").length} lines`);
  console.log(`  start to first hints ${small} (bar 300 ms)`);
  console.log(`    of all these lines ${large}`);
  console.log(`    the first ever     ${shown(ever[0])} (processor ${shown(ever[1])}): nothing is compiled yet`);
  console.log(`  open to hints        ${shown(cold)}`);
  console.log(
    `  keystroke to hints   ${shown(median(own))}, p95 ${shown(median(own, 0.95))} in the server (bar 10 ms)`,
  );
  console.log(`    seen by the editor ${shown(median(clock))}, p95 ${shown(median(clock, 0.95))}`);
  const memory = [before, after, most].map((it) => it.toFixed(0));
  console.log(
    `  memory               ${memory[0]} MB, after 7,200 edits ${memory[1]} MB, most ${memory[2]} MB (bar 150 MB)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
