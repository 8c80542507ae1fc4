/** Tensor functions against what the real libraries answered (tasks/oracle/ops.py); OPS may name another recording. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Case, judgeAll, type Verdict } from "./judge.ts";

const DIRECTORY = process.env["OPS"] ?? "test/oracle/ops";
const totals = { cases: 0, exact: 0 };

for (const file of readdirSync(DIRECTORY).filter((it) => it.endsWith(".json"))) {
  test(`${file.slice(0, -".json".length)} are answered as the library does`, async (t) => {
    const cases = JSON.parse(readFileSync(`${DIRECTORY}/${file}`, "utf8")) as readonly Case[];
    const verdicts = await judgeAll(cases);
    const told = (kind: Verdict["kind"]) => verdicts.filter((it) => it.kind === kind).map((it) => it.why);
    const exact = told("exact").length;
    totals.cases += cases.length;
    totals.exact += exact;
    t.diagnostic(`${exact} of ${cases.length} exact`);
    for (const line of told("unknown")) t.diagnostic(`unknown: ${line}`);
    assert.deepEqual(told("wrong"), []);
    assert.deepEqual(told("missed"), [], "faults that were not seen");
  });
}

test("at least 99 % of the calls are answered exactly", (t) => {
  const share = (100 * totals.exact) / totals.cases;
  t.diagnostic(`${totals.exact} of ${totals.cases} calls exact (${share.toFixed(2)} %)`);
  assert.ok(share >= 99);
});
