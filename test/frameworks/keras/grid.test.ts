/** The declarations against what the real Keras answered (tasks/oracle/grid.py); GRID may name another recording. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Case, judge, type Verdict } from "./grid/judge.ts";

const DIRECTORY = process.env["GRID"] ?? "test/oracle/grid";
const names = readdirSync(DIRECTORY)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));
const totals = { cases: 0, exact: 0 };

for (const name of names) {
  test(`${name} answers as Keras does`, (t) => {
    const cases = JSON.parse(readFileSync(`${DIRECTORY}/${name}.json`, "utf8")) as readonly Case[];
    const verdicts = cases.map((it) => judge(name, it));
    const exact = verdicts.filter((v) => v.kind === "exact").length;
    totals.cases += cases.length;
    totals.exact += exact;
    t.diagnostic(`${exact} of ${cases.length} exact`);
    const told = (kind: Verdict["kind"]) =>
      cases.flatMap((it, i) => {
        const verdict = verdicts[i];
        if (verdict === undefined || verdict.kind !== kind || verdict.kind === "exact") return [];
        return [`${JSON.stringify(it.args)} on ${JSON.stringify(it.in)}: ${verdict.why}`];
      });
    for (const line of told("unknown")) t.diagnostic(`unknown: ${line}`);
    assert.deepEqual(told("wrong"), []);
  });
}

test("at least 99 % of the grid is answered exactly", (t) => {
  t.diagnostic(
    `${totals.exact} of ${totals.cases} cases exact (${((100 * totals.exact) / totals.cases).toFixed(2)} %)`,
  );
  assert.ok(totals.exact >= 0.99 * totals.cases);
});
