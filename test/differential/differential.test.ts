import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testCore } from "../programs/told.ts";
import { findingsOf, hashOf, names, recordedOf, textOf } from "./programs.ts";

/**
 * Whole programs as people write them, against what the real Keras did with them (run_real.py, report.ts). No claim may
 * differ. What is not known yet is counted; it may only become less.
 */
const MOST_UNKNOWN = 25;

const core = await testCore();
describe("whole programs, as the real Keras runs them", () => {
  let unknown = 0;
  let exact = 0;
  for (const name of names) {
    it(name, () => {
      const recorded = recordedOf(name);
      assert.equal(recorded?.hash, hashOf(textOf(name)), "recorded as it stands: run test/differential/run_real.py");
      if (recorded === undefined) return;
      const findings = findingsOf(core, name, recorded);
      unknown += findings.filter((it) => it.verdict === "unknown" || it.verdict === "missing").length;
      exact += findings.filter((it) => it.verdict === "exact" || it.verdict === "loose").length;
      const wrong = findings.filter((it) => it.verdict === "wrong");
      assert.deepEqual(
        wrong.map((it) => `line ${it.line}: ${it.text}`),
        [],
      );
    });
  }
  it("knows almost all of it", (t) => {
    t.diagnostic(`${exact} as recorded, ${unknown} not known`);
    assert.ok(unknown <= MOST_UNKNOWN, `${unknown} calls, models or faults are not known`);
  });
});
