import assert from "node:assert/strict";
import { test } from "node:test";
import { findChange } from "../../core/text/change.ts";
import { applyEdits } from "../../core/text/edits.ts";
import { LineIndex } from "../../core/text/lines.ts";

test("lines and columns count from 1, in UTF-16 units, whatever ends a line", () => {
  const text = "ab\ncd\r\n\re😀f";
  const index = new LineIndex(text);
  assert.equal(index.lineCount, 4);
  const positions = [...text, ""].map((_, at) => index.positionAt(at));
  assert.deepEqual(positions.slice(0, 4), [
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
  ]);
  assert.deepEqual(index.positionAt(text.indexOf("\r\n")), { line: 2, column: 3 });
  assert.deepEqual(index.positionAt(7), { line: 3, column: 1 });
  assert.deepEqual(index.positionAt(text.indexOf("f")), { line: 4, column: 4 });
  for (let at = 0; at <= text.length; at++) assert.equal(index.offsetAt(index.positionAt(at)), at);
});

test("what lies outside the text is moved into it", () => {
  const index = new LineIndex("ab\ncd");
  assert.deepEqual(index.positionAt(-1), { line: 1, column: 1 });
  assert.deepEqual(index.positionAt(99), { line: 2, column: 3 });
  assert.equal(index.offsetAt({ line: 0, column: 5 }), 0);
  assert.equal(index.offsetAt({ line: 9, column: 1 }), 5);
  assert.equal(index.offsetAt({ line: 1, column: 99 }), 3);
  assert.deepEqual(new LineIndex("").positionAt(0), { line: 1, column: 1 });
});

test("edits mean places in the text before any of them", () => {
  const edit = (start: number, end: number, replacement: string) => ({ span: { start, end }, replacement });
  assert.equal(applyEdits("abcdef", [edit(4, 6, ""), edit(0, 1, "XY"), edit(2, 2, "-")]), "XYb-cd");
  assert.equal(applyEdits("ab", [edit(1, 1, "1"), edit(1, 1, "2"), edit(1, 2, "3")]), "a123");
  assert.equal(applyEdits("ab", []), "ab");
  assert.equal(applyEdits("abc", [edit(0, 2, ""), edit(1, 3, "")]), undefined);
  assert.equal(applyEdits("abc", [edit(2, 9, "")]), undefined);
  assert.equal(applyEdits("abc", [edit(2, 1, "")]), undefined);
});

test("the change between two texts is the smallest single replacement", () => {
  assert.equal(findChange("abc", "abc"), undefined);
  assert.deepEqual(findChange("abc", "abXc"), { start: 2, oldEnd: 2, newEnd: 3 });
  assert.deepEqual(findChange("aaaa", "aaa"), { start: 3, oldEnd: 4, newEnd: 3 });
  assert.deepEqual(findChange("", "x"), { start: 0, oldEnd: 0, newEnd: 1 });
  const long = "0123456789".repeat(1000);
  const changed = `${long.slice(0, 5003)}!${long.slice(5004)}`;
  assert.deepEqual(findChange(long, changed), { start: 5003, oldEnd: 5004, newEnd: 5004 });
});
