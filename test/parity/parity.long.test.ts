/**
 * Every layer that is lowered, against what the real Keras gave with the same weights and inputs (`npm run oracle --
 * --parity` records it): the shape exactly, and max |a − b| ≤ 10⁻⁴ · max |b| over the elements that were recorded.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LAYERS } from "../../core/frameworks/keras/layers/index.ts";
import { allCases, applications } from "./cases.ts";
import { check, recorded, TOLERANCE, worst } from "./compare.ts";

const cases = allCases();
/** Those of old versions alone: keras2.test.ts has numbers of theirs. */
const OLD = ["CuDNNGRU", "CuDNNLSTM", "LocallyConnected1D", "LocallyConnected2D"];
/** Layers with lines of their own, and those that models hold. */
const covered = new Set([...cases.map((it) => it.section), ...OLD]);

describe("lowered layers", () => {
  for (const section of new Set(cases.map((it) => it.section)))
    it(`${section}: as Keras`, async () => {
      const failures: string[] = [];
      for (const one of cases.filter((it) => it.section === section)) {
        const ran = await check(one).catch((error) => void failures.push(`${one.text}\n    ${error.message}`));
        if (section === "models") for (const row of ran?.rows ?? []) covered.add(row.type);
      }
      if (failures.length > 0) assert.fail(failures.join("\n"));
    });

  it("have cases, every one of them", () => {
    const without = [...LAYERS.values()].filter(({ name, lower }) => lower !== undefined && !covered.has(name));
    assert.deepEqual(
      without.map(({ name }) => name),
      [],
      "a lowered layer needs lines in test/parity/cases.txt",
    );
  });

  it("are recorded, and nothing else is", () => {
    assert.deepEqual(Object.keys(recorded).sort(), [...cases, ...applications()].map(({ text }) => text).sort());
  });

  it("say how far they are from Keras at most", (t) => {
    t.diagnostic(`${cases.length} cases, at most ${worst.error.toExponential(1)} of max |b|: ${worst.text}`);
    assert.ok(worst.error <= TOLERANCE);
  });
});
