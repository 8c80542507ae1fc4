import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testCore } from "../programs/told.ts";
import { findings, hashOf, programs } from "./compare.ts";

/**
 * Small programs about data as people write them, against what the real libraries made of them (record.py). No claim
 * may differ. What is not known yet is counted; it may only become less.
 */
const MOST_UNKNOWN = 74;

const core = await testCore();
describe("data, as the real libraries have it", () => {
  let exact = 0;
  let unknown = 0;
  for (const program of programs()) {
    it(program.name, () => {
      assert.equal(program.recorded?.hash, hashOf(program.body), "recorded as it stands: run test/data/record.py");
      const all = findings(core, program);
      exact += all.filter((it) => it.verdict === "exact").length;
      unknown += all.filter((it) => it.verdict === "loose" || it.verdict === "missing").length;
      assert.deepEqual(
        all.filter((it) => it.verdict === "wrong").map((it) => it.text),
        [],
      );
    });
  }
  it("knows almost all of it", (t) => {
    t.diagnostic(`${exact} as recorded, ${unknown} not known`);
    assert.ok(unknown <= MOST_UNKNOWN, `${unknown} values or faults are not known`);
  });
});
