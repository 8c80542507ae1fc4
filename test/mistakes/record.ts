// npm run oracle -- --mistakes [--again]: runs the scripts of this folder on the real Keras, those that are not
// recorded as they stand, and writes test/oracle/mistakes.json.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { testCore } from "../programs/told.ts";
import { analyse, type MistakesRecord, type Run, repairedBy } from "./judge.ts";
import { hashOf, type Mistake, mistakes } from "./programs.ts";

const path = fileURLToPath(new URL("../oracle/mistakes.json", import.meta.url));
const python = process.env["ORACLE_PYTHON"] ?? "python3";
const script = fileURLToPath(new URL("../../tasks/oracle/mistakes.py", import.meta.url));

interface Script {
  readonly text: string;
  readonly files: Mistake["files"];
}

/** Asks one backend about scripts, in order. */
async function ask(backend: string, scripts: readonly Script[]): Promise<readonly Run[]> {
  const environment = { ...process.env, KERAS_BACKEND: backend };
  const child = spawn(python, ["-W", "ignore", script], { stdio: ["pipe", "pipe", "inherit"], env: environment });
  child.stdin.end(JSON.stringify({ programs: scripts }));
  let out = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) out += chunk;
  const answers = out.trim().split("\n").slice(1);
  if (answers.length !== scripts.length) throw new Error(`${backend}: ${answers.length} of ${scripts.length} answered`);
  return answers.map((line) => JSON.parse(line) as Run);
}

const all = mistakes();
const core = await testCore();
const scripts = new Map<string, Script>();
for (const { broken, repaired, files } of all) {
  const ours = repairedBy(analyse(core, broken, files), broken);
  for (const text of [broken, repaired, ...(ours === undefined ? [] : [ours])]) {
    scripts.set(hashOf(text, files), { text, files });
  }
}
const known: MistakesRecord =
  existsSync(path) && !process.argv.includes("--again") ? JSON.parse(readFileSync(path, "utf8")) : {};
const open = [...scripts].filter(([hash]) => known[hash] === undefined);
console.log(`${open.length} of ${scripts.size} scripts to run`);
const record: Record<string, { readonly tensorflow: Run; readonly jax: Run }> = { ...known };
// A few at a time, so that what was answered is kept.
for (let at = 0; at < open.length; at += 12) {
  const part = open.slice(at, at + 12);
  const wanted = part.map(([, it]) => it);
  const [tensorflow, jax] = await Promise.all([ask("tensorflow", wanted), ask("jax", wanted)]);
  for (const [i, [hash]] of part.entries()) {
    const [one, other] = [tensorflow[i], jax[i]];
    if (one !== undefined && other !== undefined) record[hash] = { tensorflow: one, jax: other };
  }
  write();
  console.log(`${Math.min(at + 12, open.length)} of ${open.length}`);
}
write();

/** What no script needs any more is dropped, and the order is that of the hashes: a difference reads well. */
function write(): void {
  const rows = [...scripts.keys()].sort().flatMap((hash) => {
    const runs = record[hash];
    return runs === undefined ? [] : [`${JSON.stringify(hash)}: ${JSON.stringify(runs)}`];
  });
  writeFileSync(path, `{\n${rows.join(",\n")}\n}\n`);
}

for (const it of all) {
  const [broken, repaired] = [it.broken, it.repaired].map((text) => record[hashOf(text, it.files)]);
  const raised = broken?.tensorflow.raised;
  if (it.silent ? raised : !raised)
    console.log(`${it.name}: the broken half ${raised ? "raises" : "runs"}`, raised ?? "");
  if ((raised === null) !== (broken?.jax.raised === null)) console.log(`${it.name}: the backends differ`, broken?.jax);
  for (const run of [repaired?.tensorflow, repaired?.jax]) {
    if (run?.raised !== null) console.log(`${it.name}: the repaired half raises`, run?.raised ?? run);
  }
}
