import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./python.ts";

/** What CPython gave, as `record.py` wrote it down; `! Error` where it raised, `? varies` where a run decides. */
interface Recorded {
  readonly expressions: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, string>>;
  /** The value of each name for u = 0, 1, 2, 3. */
  readonly uncertain: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
const recorded: Recorded = JSON.parse(readFileSync(new URL("generated/values.json", import.meta.url), "utf8"));

const isUnknown = (text: string): boolean => text.startsWith("? ");

/** Values that are not known, of those that Python has; a known one must be Python's. */
function unknownOf(table: Readonly<Record<string, string>>, program: (text: string) => string): readonly string[] {
  const unknown: string[] = [];
  for (const [text, expected] of Object.entries(table)) {
    const mine = run(program(text)).text("x");
    if (/^[!?] /.test(expected)) assert.ok(isUnknown(mine), `${text}\nPython: ${expected}\nInlayer: ${mine}`);
    else if (isUnknown(mine)) unknown.push(text);
    else assert.equal(mine, expected, text);
  }
  return unknown;
}

test("expressions have the values that CPython gives, and few are unknown", () => {
  const unknown = unknownOf(recorded.expressions, (text) => `x = (${text})`);
  assert.deepEqual(unknown, ["round(1e16)", "round(123.456, -1)", "input"]);
});

test("programs end with the values that CPython leaves", () => {
  const unknown = unknownOf(recorded.programs, (text) => text);
  assert.ok(unknown.length <= 2, unknown.join("\n---\n"));
});

test("what is known of a program with an unknown in it holds whatever the unknown is", () => {
  let known = 0;
  for (const [text, table] of Object.entries(recorded.uncertain)) {
    const ran = run(`import random\nu = random.randint(0, 3)\n${text}`);
    for (const [name, values] of Object.entries(table)) {
      const mine = ran.text(name);
      if (isUnknown(mine)) continue;
      known++;
      for (const value of values) assert.equal(mine, value, `${name} in\n${text}`);
    }
  }
  assert.ok(known >= 70, `${known} are known`);
});
