/**
 * npm run oracle -- --verify: `inlayer verify` with the oracle's Python, on the programs of test/verify and on the
 * examples. What a program begins with, as comments, must come out: how many hints are confirmed, what was recorded.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LineIndex } from "../../core/index.ts";
import { countsOf, spansOf, verificationLines, verified } from "../../server/features/verdicts.ts";
import { TIME_LIMIT } from "../../server/verify/limit.ts";
import { runProgram } from "../../server/verify/process.ts";
import { analyse, openCore } from "../../test/core/open.ts";

const python = process.env["ORACLE_PYTHON"] ?? "python3";
const core = await openCore();
const folder = fileURLToPath(new URL("../../test/verify/programs/", import.meta.url));
const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
let wrong = 0;

const said = (text: string, name: string): string | undefined => new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1];
const expect = (path: string, what: string, actual: string, wanted: string): void => {
  if (actual.startsWith(wanted) && (what === "ending" || actual === wanted)) return;
  wrong++;
  console.log(`${path}: ${what}: ${actual}\n  and not ${wanted}`);
};

async function verification(path: string) {
  const text = readFileSync(path, "utf8");
  const lines = new LineIndex(text);
  const analysis = analyse(core, text);
  const spans = spansOf(analysis, text, lines);
  const facts = await runProgram({ python, path, root: folder, text, spans }, TIME_LIMIT, new AbortController().signal);
  return { text, result: verified(analysis, lines, facts) };
}

for (const name of readdirSync(folder).sort()) {
  const path = join(folder, name);
  const { text, result } = await verification(path);
  expect(name, "hints", countsOf(result), /^# (\d.*)/.exec(text)?.[1] ?? "?");
  const recorded = result.recorded.map((it) => it.replace(/, line .*/, "")).join(", ");
  expect(name, "recorded", recorded, said(text, "recorded") ?? "");
  expect(name, "ending", result.ending ?? "", said(text, "ending") ?? "");
  for (const left of ["somewhere", "log.txt", "model.keras", "x.npy"])
    if (existsSync(join(folder, left))) expect(name, "files", left, "none");
}
for (const name of readdirSync(examples).filter((it) => it.endsWith(".py"))) {
  const { result } = await verification(join(examples, name));
  const refuted = result.verdicts.filter(({ verdict }) => verdict === "refuted").length;
  expect(name, "hints", `${refuted} refuted`, "0 refuted");
  if (refuted > 0) console.log(verificationLines(result).join("\n"));
}
console.log(wrong === 0 ? "every hint that was reached is confirmed" : `${wrong} are wrong`);
process.exit(wrong === 0 ? 0 : 1);
