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
    t.diagnostic(`${exact} of ${cases.length} exact, ${told("missed").length} faults not seen`);
    for (const kind of ["unknown", "missed"] as const) for (const line of told(kind)) t.diagnostic(`${kind}: ${line}`);
    assert.deepEqual(told("wrong"), []);
  });
}

test("nearly all calls are answered exactly", (t) => {
  const share = (100 * totals.exact) / totals.cases;
  t.diagnostic(`${totals.exact} of ${totals.cases} calls exact (${share.toFixed(2)} %)`);
});
