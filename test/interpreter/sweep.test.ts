import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./python.ts";

/** What CPython leaves under each name of each program of `sweep/`, as `record.py` wrote it down. */
type Recorded = Readonly<Record<string, Readonly<Record<string, string>>>>;
const recorded: Recorded = JSON.parse(readFileSync(new URL("generated/sweep.json", import.meta.url), "utf8"));

/** So many of the names are not known yet; it may only become less. */
const UNKNOWN = 182;

test("every name of some three hundred programs has CPython's value, or none", () => {
  let unknown = 0;
  for (const [text, names] of Object.entries(recorded)) {
    const ran = run(text);
    for (const [name, expected] of Object.entries(names)) {
      const mine = ran.text(name);
      if (mine.startsWith("? ")) unknown++;
      else assert.equal(mine, expected, `${name} in\n${text}`);
    }
  }
  assert.ok(unknown <= UNKNOWN, `${unknown} are not known`);
});
