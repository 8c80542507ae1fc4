import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { printBlock } from "./ast.ts";
import { GRAMMAR, SAMPLES, testParser } from "./parse.ts";

const parser = await testParser();

for (const { name, text } of [...SAMPLES, GRAMMAR]) {
  test(`${name}: the tree is CPython's, with its positions`, () => {
    const recorded: unknown = JSON.parse(readFileSync(new URL(`samples/${name}.ast.txt`, import.meta.url), "utf8"));
    const printed = printBlock(parser.open(text).module, 0);
    assert.ok(Array.isArray(recorded) && Array.isArray(printed));
    for (const [index, statement] of recorded.entries()) assert.deepEqual(printed[index], statement);
    assert.equal(printed.length, recorded.length);
  });
}
