import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { openCore } from "../core/open.ts";
import { testParser } from "../python/parse.ts";
import { type Bench, measure } from "./measure.ts";
import { WAYS } from "./ways.ts";

const FOLDER = new URL("models/", import.meta.url);
/** Samples of the steps; `run.ts` takes them all. Prime, so that they fall on all kinds of places. */
const EVERY: Readonly<Record<string, number>> = {
  typed: 13,
  "typed with closing brackets": 29,
  "lines rewritten": 37,
  "lines rewritten with closing brackets": 53,
  "headers without bodies": 1,
};

const bench: Bench = { typing: await openCore(), cold: await openCore(), parser: await testParser() };

for (const name of readdirSync(FOLDER)) {
  describe(`while ${name} is written`, () => {
    const text = readFileSync(new URL(name, FOLDER), "utf8");
    for (const [way, every] of Object.entries(EVERY)) {
      test(`${way}, what stands there is shown, and nothing else`, () => {
        bench.typing.forget("main.py");
        const tally = measure(bench, text, WAYS[way]?.(text, every) ?? []);
        console.log(`${tally}`);
        const { wrong, stale, brokenFlashes } = tally;
        assert.deepEqual(
          { wrong, stale, brokenFlashes },
          { wrong: 0, stale: 0, brokenFlashes: 0 },
          tally.notes.join("\n"),
        );
        if (way.startsWith("typed")) assert.ok(tally.kept >= 0.97 * tally.attainable, tally.notes.join("\n"));
      });
    }
  });
}
