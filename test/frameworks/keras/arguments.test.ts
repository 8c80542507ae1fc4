/**
 * What is said of arguments against what the real Keras refuses (tasks/oracle/arguments.py); ARGUMENTS may name another
 * recording.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { asked, judgeAll, type Recorded, type Verdict } from "./arguments/judge.ts";

/** What is answered exactly at least; most of what is missed are values that nobody would write. */
const BARS: Readonly<Record<string, number>> = { layers: 0.92, optimizers: 0.9, metrics: 0.93 };
const DIRECTORY = process.env["ARGUMENTS"] ?? "test/oracle/arguments";
for (const file of readdirSync(DIRECTORY).filter((it) => it.endsWith(".json"))) {
  const area = file.slice(0, -".json".length);
  test(`the arguments of keras.${area} are refused where Keras refuses them`, async (t) => {
    const recorded = JSON.parse(readFileSync(`${DIRECTORY}/${file}`, "utf8")) as Recorded;
    const verdicts = await judgeAll(asked(area, recorded));
    const told = (kind: Verdict) => verdicts.filter(([it]) => it === kind).map(([, why]) => why);
    const exact = told("exact").length;
    t.diagnostic(`${exact} of ${verdicts.length} exact; ${told("missed").length} missed`);
    for (const line of told("missed")) t.diagnostic(`missed: ${line}`);
    for (const line of told("elsewhere")) t.diagnostic(`elsewhere: ${line}`);
    assert.deepEqual(told("wrong"), []);
    assert.ok(exact >= (BARS[area] ?? 0.45) * verdicts.length, `${exact} of ${verdicts.length}`);
  });
}
