import assert from "node:assert/strict";
import { it } from "node:test";
import { resultTexts } from "../../server/protocol/results.ts";
import { nan, row } from "../client/rows.ts";

const texts = (...rows: Parameters<typeof resultTexts>[0]) =>
  [...resultTexts(rows)].map(([line, text]) => `${line}: ${text}`);

it("says at its line how a layer's numbers lie", () => assert.deepEqual(texts(row(3)), ["3: ✓ 0.25 ms · 0.50 ± 0.25"]));
it("sums what one line runs several times", () => {
  const { range } = row(3);
  assert.deepEqual(texts(row(3), row(4, { range })), ["3: ✓ ×2 0.50 ms"]);
});
it("counts what is not finite", () =>
  assert.deepEqual(texts(row(1, { statistics: nan })), ["1: ✓ 0.25 ms · 3 NaN/Inf"]));
it("shows a shape that was not predicted", () =>
  assert.deepEqual(texts(row(1, { actual: "(2, 5)" })), ["1: ✗ (2, 5) 0.25 ms · 0.50 ± 0.25"]));
it("says nothing of what did not run, or stands nowhere", () =>
  assert.deepEqual(texts(row(1, { actual: undefined }), row(2, { range: undefined })), []));
