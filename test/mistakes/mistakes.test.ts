import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { testCore } from "../programs/told.ts";
import { type Judgement, judge, type MistakesRecord } from "./judge.ts";
import { hashOf, isKeptApart, type Mistake, mistakes } from "./programs.ts";

const record = JSON.parse(readFileSync(new URL("../oracle/mistakes.json", import.meta.url), "utf8")) as MistakesRecord;
const core = await testCore();
const all = mistakes();
const judged = new Map<Mistake, Judgement>();
for (const mistake of all) {
  const judgement = judge(core, mistake, record);
  if (judgement !== undefined) judged.set(mistake, judgement);
}

/** What is wanted of both is the first; those kept apart are not there yet, and must not fall behind what they are. */
const SETS = [
  { apart: false, bars: { foretold: 0.95, blamed: 0.8, mended: 0.75 } },
  { apart: true, bars: { foretold: 0.94, blamed: 0.65, mended: 0.61 } },
  // The latest batches are no part of those: two as at first sight, two as the rules left them that were written for
  // their other two thirds (73, 47 and 47 %, and 68, 30 and 15 % before).
  { apart: true, batch: "met", bars: { foretold: 0.72, blamed: 0.31, mended: 0.26 } },
  { apart: true, batch: "heard", bars: { foretold: 0.8, blamed: 0.6, mended: 0.53 } },
  { apart: true, batch: "told", bars: { foretold: 0.84, blamed: 0.35, mended: 0.2 } },
  { apart: true, batch: "sought", bars: { foretold: 0.8, blamed: 0.2, mended: 0.4 } },
  // As it was left by what was mended for its other two thirds (83, 33 and 50 % before).
  { apart: true, batch: "anew", bars: { foretold: 0.86, blamed: 0.53, mended: 0.6 } },
  // As at first sight: nothing is written against these.
  { apart: true, batch: "answered", bars: { foretold: 0.85, blamed: 0.55, mended: 0.48 } },
  { apart: true, batch: "written", bars: { foretold: 0.9, blamed: 0.4, mended: 0.36 } },
] as const;
const batchOf = ({ path }: Mistake): string | undefined =>
  /(?:^|\/)(met|heard|told|written|sought|anew|answered)(?:\/|\.md$)/.exec(path)?.[1];

describe("mistakes", () => {
  it("are as many as they should be, and named once", () => {
    assert.ok(all.length >= 200, `${all.length} scripts`);
    assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  });
  it("are recorded as they stand: npm run oracle -- --mistakes records them", () => {
    const stale = all.filter(({ broken, repaired, files }) =>
      [broken, repaired].some((text) => record[hashOf(text, files)]?.tensorflow === undefined),
    );
    assert.deepEqual(
      stale.map(({ path, name }) => `${path}: ${name}`),
      [],
    );
  });
  it("raise, or are silent as their headings say; what is repaired runs", () => {
    const wrong = all.filter(({ silent, broken, repaired, files }) => {
      const [before, after] = [broken, repaired].map((text) => record[hashOf(text, files)]?.tensorflow.raised);
      return (before === null) !== silent || after !== null;
    });
    assert.deepEqual(
      wrong.map(({ path, name }) => `${path}: ${name}`),
      [],
    );
  });
  for (const { apart, bars, ...set } of SETS) {
    const batch = "batch" in set ? set.batch : undefined;
    const isOfSet = (it: Mistake) => isKeptApart(it) === apart && (!apart || batchOf(it) === batch);
    const some = [...judged].filter(([it]) => isOfSet(it)).map(([, it]) => it);
    const which = apart
      ? `those kept apart${batch === undefined ? "" : `, of the batch ${batch}`}`
      : "those that the rules were written against";
    const share = (of: readonly Judgement[], holds: (it: Judgement) => boolean): number =>
      of.filter(holds).length / of.length;
    const raising = some.filter(({ raises }) => raises);
    it(`are foretold where they raise: ${which}`, () => {
      atLeast(
        bars.foretold,
        share(raising, ({ foretold }) => foretold),
      );
    });
    it(`are blamed on their cause: ${which}`, () => {
      atLeast(
        bars.blamed,
        share(some, ({ blamed }) => blamed),
      );
    });
    it(`are mended by the first repair: ${which}`, () => {
      atLeast(
        bars.mended,
        share(some, ({ mended }) => mended),
      );
    });
  }
  it("raise no false alarm: nothing is said of what was repaired, no error of what runs", () => {
    assert.deepEqual(
      [...judged].flatMap(([{ path, name }, { alarms }]) => alarms.map((it) => `${path}: ${name}: ${it}`)),
      [],
    );
  });
});

const atLeast = (bar: number, found: number): void =>
  assert.ok(found >= bar, `${(100 * found).toFixed(1)} %, below ${100 * bar} %`);
