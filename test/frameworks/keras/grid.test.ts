/** The declarations against what the real Keras answered (tasks/oracle/grid.py); GRID may name another recording. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Case, judge, judgeBlurred, judgeRun, type Verdict } from "./grid/judge.ts";

const DIRECTORY = process.env["GRID"] ?? "test/oracle/grid";
const names = readdirSync(DIRECTORY)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));
const totals = { cases: 0, exact: 0, runs: 0, exactRuns: 0 };

/** What is said of the cases whose verdict is of this kind. */
const told = (cases: readonly Case[], verdicts: readonly (Verdict | undefined)[], kind: "wrong" | "unknown") =>
  cases.flatMap((it, i) => {
    const verdict = verdicts[i];
    if (verdict === undefined || verdict.kind === "exact" || verdict.kind !== kind) return [];
    return [`${JSON.stringify(it.args)} on ${JSON.stringify(it.in)}: ${verdict.why}`];
  });
const exactOnes = (verdicts: readonly (Verdict | undefined)[]) => verdicts.filter((v) => v?.kind === "exact").length;

for (const name of names) {
  test(`${name} answers as Keras does`, (t) => {
    const cases = JSON.parse(readFileSync(`${DIRECTORY}/${name}.json`, "utf8")) as readonly Case[];
    const verdicts = cases.map((it) => judge(name, it));
    const runs = cases.map((it) => judgeRun(name, it));
    totals.cases += cases.length;
    totals.exact += exactOnes(verdicts);
    totals.runs += runs.filter((v) => v !== undefined).length;
    totals.exactRuns += exactOnes(runs);
    t.diagnostic(`${exactOnes(verdicts)} of ${cases.length} exact`);
    for (const line of told(cases, verdicts, "unknown")) t.diagnostic(`unknown: ${line}`);
    assert.deepEqual(told(cases, verdicts, "wrong"), []);
    assert.deepEqual(told(cases, runs, "wrong"), [], "on data");
  });
}

for (const name of names) {
  test(`${name} claims nothing wrong where something is not known`, () => {
    const cases = JSON.parse(readFileSync(`${DIRECTORY}/${name}.json`, "utf8")) as readonly Case[];
    const found = cases.flatMap((it) =>
      [...judgeBlurred(name, it)].map((why) => `${JSON.stringify(it.args)} on ${JSON.stringify(it.in)} ${why}`),
    );
    assert.deepEqual(found, []);
  });
}

const share = (part: number, whole: number) => `${part} of ${whole} exact (${((100 * part) / whole).toFixed(2)} %)`;
test("at least 99 % of the grid is answered exactly", (t) => {
  t.diagnostic(`symbolically: ${share(totals.exact, totals.cases)}`);
  t.diagnostic(`on data: ${share(totals.exactRuns, totals.runs)}`);
  assert.ok(totals.cases > 0 && totals.exact >= 0.99 * totals.cases);
});
