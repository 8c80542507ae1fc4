/**
 * Replays the executable Markdown on the real Keras. Without a flag it writes the records again; `--check` compares
 * with
 * them instead; `--stale` runs only the blocks whose record is of another text. Paths restrict it to some files.
 * Exit code 1: a claim does not hold, or (checking) a record differs from what was seen.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { markdownFiles, recordFiles, root } from "../../test/markdown/files.ts";
import { judge } from "../../test/markdown/judge.ts";
import { type Block, type Document, parseMarkdown } from "../../test/markdown/parse.ts";
import { programOf } from "../../test/markdown/program.ts";
import {
  type Answer,
  type BlockRecord,
  hashOf,
  type OracleRecord,
  printRecord,
  recordPath,
} from "../../test/markdown/record.ts";

interface File {
  readonly path: string;
  readonly document: Document;
  readonly record: OracleRecord | undefined;
}
interface Run {
  readonly versions: Readonly<Record<string, string>>;
  readonly answers: readonly Answer[];
}

const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith("--")));
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const check = flags.has("--check");
const stale = flags.has("--stale");

const files = markdownFiles()
  .filter((path) => paths.length === 0 || paths.some((part) => path.includes(part)))
  .map(readFile);
const wanted = files.flatMap((file) =>
  file.document.blocks.filter((block) => !stale || fresh(file, block) === undefined),
);
const started = performance.now();
const [tensorflow, jax] = await Promise.all([replay(wanted, "tensorflow"), replay(wanted, "jax")]);
report();

function readFile(path: string): File {
  const record = join(root, recordPath(path));
  return {
    path,
    document: parseMarkdown(readFileSync(join(root, path), "utf8")),
    record: existsSync(record) ? (JSON.parse(readFileSync(record, "utf8")) as OracleRecord) : undefined,
  };
}

/** The record of a block's present text, if there is one. */
function fresh(file: File, block: Block): BlockRecord | undefined {
  const hash = hashOf(block);
  return file.record?.blocks.find((candidate) => candidate.hash === hash);
}

/** Runs the blocks on one backend, in order. */
function replay(blocks: readonly Block[], backend: "tensorflow" | "jax"): Promise<Run> {
  const python = spawn(process.env["ORACLE_PYTHON"] ?? "python3", ["-W", "ignore", "tasks/oracle/replay.py"], {
    cwd: root,
    env: {
      ...process.env,
      KERAS_BACKEND: backend,
      JAX_PLATFORMS: "cpu",
      TF_CPP_MIN_LOG_LEVEL: "3",
      CUDA_VISIBLE_DEVICES: "-1",
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let errors = "";
  createInterface({ input: python.stdout }).on("line", (line) => {
    lines.push(line);
    if (lines.length % 50 === 0) console.error(`${backend}: ${lines.length} of ${blocks.length} blocks`);
  });
  python.stderr.on("data", (data) => {
    errors += data;
  });
  python.stdin.end(JSON.stringify({ blocks: blocks.map((block) => toRun(block, backend)) }));
  return new Promise((resolve, reject) => {
    python.on("error", reject);
    python.on("close", () => {
      const [first = "{}", ...answers] = lines;
      if (answers.length !== blocks.length) reject(new Error(`the replay on ${backend} broke off:\n${errors}`));
      else
        resolve({ versions: JSON.parse(first).versions, answers: answers.map((line) => JSON.parse(line) as Answer) });
    });
  });
}

function toRun(block: Block, backend: string): object {
  const { text, offset } = programOf(block);
  const lines = backend === "jax" ? [] : block.claims.map((claim) => claim.line);
  return { text, offset, lines, environment: block.environment };
}

function report(): void {
  let at = 0;
  let failed = 0;
  for (const file of files) {
    const blocks = file.document.blocks.map((block): BlockRecord => {
      const kept = stale ? fresh(file, block) : undefined;
      if (kept !== undefined) return { ...kept, title: block.title };
      const index = at++;
      const answer = tensorflow.answers[index] ?? { lines: {}, raised: [] };
      return {
        title: block.title,
        hash: hashOf(block),
        tensorflow: answer,
        jax: { raised: jax.answers[index]?.raised ?? [] },
      };
    });
    const record: OracleRecord = { versions: tensorflow.versions, blocks };
    const problems = problemsOf(file, record);
    for (const problem of problems) console.log(problem);
    if (!check) write(file, record);
    failed += new Set(problems.map((problem) => problem.split(" ")[0])).size;
  }
  failed += orphans();
  const total = files.reduce((sum, file) => sum + file.document.blocks.length, 0);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${total} blocks of ${files.length} files, ${wanted.length} replayed on TensorFlow and JAX in ${seconds} s`,
  );
  console.log(`oracle: ${Math.max(0, total - failed)} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Every problem starts with `path:line` of its block, so that they can be counted by block. */
function problemsOf(file: File, record: OracleRecord): readonly string[] {
  const faults = file.document.faults.map((fault) => `${file.path}:${fault.line} cannot be read: ${fault.message}`);
  const claims = file.document.blocks.flatMap((block, index) => {
    const recorded = record.blocks[index];
    if (recorded === undefined) return [];
    const place = `${file.path}:${block.line}`;
    const told = judge(block, recorded).map((problem) => `${place} line ${problem}`);
    if (!check || JSON.stringify(file.record?.blocks[index]) === JSON.stringify(recorded)) return told;
    return [...told, `${place} the record differs from what Keras does; npm run oracle records it again`];
  });
  return [...faults, ...claims];
}

function write(file: File, record: OracleRecord): void {
  const path = join(root, recordPath(file.path));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, printRecord(record));
}

/** Records whose Markdown is gone: removed, or when only checking, a failure each. */
function orphans(): number {
  if (paths.length > 0) return 0;
  const expected = new Set(markdownFiles().map(recordPath));
  const left = recordFiles().filter((path) => !expected.has(path));
  for (const path of left) {
    console.log(`${path} has no Markdown`);
    if (!check) rmSync(join(root, path));
  }
  return check ? left.length : 0;
}
