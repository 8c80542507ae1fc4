// npm run oracle -- --mistakes [--again]: runs the scripts of this folder on the real Keras, those that are not
// recorded as they stand, and writes test/oracle/mistakes.json.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { testCore } from "../programs/told.ts";
import { type MistakesRecord, type Run, repairedBy } from "./judge.ts";
import { hashOf, type Mistake, mistakes } from "./programs.ts";

const path = fileURLToPath(new URL("../oracle/mistakes.json", import.meta.url));
const python = process.env["ORACLE_PYTHON"] ?? "python3";
const script = fileURLToPath(new URL("../../tasks/oracle/mistakes.py", import.meta.url));

interface Script {
  readonly text: string;
  readonly files: Mistake["files"];
  /** It should run: one step of training is asked for, not XLA's word on it. */
  readonly plain: boolean;
}
type Backend = "tensorflow" | "jax";

const all = mistakes();
const core = await testCore();
const scripts = new Map<string, Script>();
const add = (texts: readonly (readonly [Mistake, string | undefined])[], plain: boolean): void => {
  for (const [{ files }, text] of texts) {
    const hash = text === undefined ? "" : hashOf(text, files);
    if (text !== undefined && !scripts.has(hash)) scripts.set(hash, { text, files, plain });
  }
};
add(
  all.map((it) => [it, it.broken]),
  false,
);
add(
  all.map((it) => [it, it.repaired]),
  true,
);
add(
  all.map((it) => [it, repairedBy(core, it)]),
  true,
);

const known: MistakesRecord = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
const record: Record<string, Partial<Record<Backend, Run>>> = process.argv.includes("--again") ? {} : { ...known };

/** Asks one backend about the scripts that it has not answered yet. What is answered is kept as it comes. */
async function ask(backend: Backend, wanted: (it: Script) => boolean): Promise<void> {
  const open = [...scripts].filter(([hash, it]) => wanted(it) && record[hash]?.[backend] === undefined);
  console.log(`${backend}: ${open.length} scripts to run`);
  if (open.length === 0) return;
  const env = { ...process.env, KERAS_BACKEND: backend };
  const child = spawn(python, ["-W", "ignore", script], { stdio: ["pipe", "pipe", "ignore"], env });
  child.stdin.end(JSON.stringify({ programs: open.map(([, it]) => it) }));
  let at = -1;
  for await (const line of createInterface(child.stdout)) {
    const hash = open[at++]?.[0];
    if (hash === undefined) continue;
    record[hash] = { ...record[hash], [backend]: JSON.parse(line) as Run };
    write();
    if (at % 10 === 0) console.log(`${backend}: ${at} of ${open.length}`);
  }
  if (at !== open.length) throw new Error(`${backend}: ${at} of ${open.length} answered`);
}

/** What no script needs any more is dropped, and the order is that of the hashes: a difference reads well. */
function write(): void {
  const rows = [...scripts.keys()].sort().flatMap((hash) => {
    const runs = record[hash];
    return runs?.tensorflow === undefined ? [] : [`${JSON.stringify(hash)}: ${JSON.stringify(runs)}`];
  });
  writeFileSync(path, `{\n${rows.join(",\n")}\n}\n`);
}

await Promise.all([ask("tensorflow", () => true), ask("jax", (it) => !it.plain)]);
write();

for (const it of all) {
  const [broken, repaired] = [it.broken, it.repaired].map((text) => record[hashOf(text, it.files)]);
  const raised = broken?.tensorflow?.raised;
  if (it.silent ? raised : !raised)
    console.log(`${it.path} · ${it.name}: the broken half ${raised ? "raises" : "runs"}`, raised ?? "");
  if ((raised === null) !== (broken?.jax?.raised === null))
    console.log(`${it.path} · ${it.name}: the backends differ`, broken?.jax);
  if (repaired?.tensorflow?.raised !== null)
    console.log(`${it.path} · ${it.name}: the repaired half raises`, repaired?.tensorflow?.raised ?? repaired);
}
