import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { arranged, marksOf, nextSorting } from "../../client/views/rowOrder.ts";
import { nan, row } from "./rows.ts";

const ROWS = [row(0, { time: 2 }), row(1, { time: undefined }), row(2, { time: 3, type: "LSTM" })];
const places = (rows: readonly { readonly index: number }[]) => rows.map((it) => it.index).join("");
const time = ({ time: it }: { readonly time: number | undefined }) => it;

describe("the rows of a run", () => {
  it("are found by words in their names and types", () => {
    assert.equal(places(arranged(ROWS, "DENSE_", undefined, false)), "012");
    assert.equal(places(arranged(ROWS, "lstm 2", undefined, false)), "2");
    assert.equal(places(arranged(ROWS, "conv", undefined, false)), "");
  });
  it("are sorted either way, those without a number last", () => {
    assert.equal(places(arranged(ROWS, "", time, true)), "201");
    assert.equal(places(arranged(ROWS, "", time, false)), "021");
  });
  it("turn with each click, and stand in their own order at the third", () => {
    const first = nextSorting(undefined, 3, false);
    assert.deepEqual(first, { column: 3, descending: true });
    const second = nextSorting(first, 3, false);
    assert.deepEqual(second, { column: 3, descending: false });
    assert.equal(nextSorting(second, 3, false), undefined);
    assert.deepEqual(nextSorting(first, 0, true), { column: 0, descending: false });
  });
});

describe("what stands out in a run", () => {
  it("is the slowest and the largest of the layers themselves, not of what holds them", () => {
    const rows = [
      row(0, { time: 9, bytes: 99 }),
      row(1, { depth: 1, time: 4 }),
      row(2, { depth: 1, bytes: 64 }),
      row(3),
    ];
    assert.deepEqual(
      [...marksOf(rows)],
      [
        [1, ["slowest"]],
        [2, ["largest output"]],
      ],
    );
  });
  it("is the first layer that gives NaN", () => {
    const rows = [row(0), row(1, { statistics: nan }), row(2, { statistics: nan }), row(3)];
    assert.deepEqual(marksOf(rows).get(1), ["first NaN"]);
    assert.equal(marksOf(rows).get(2), undefined);
  });
  it("is nothing where there is nothing to compare", () => assert.equal(marksOf([row(0)]).size, 0));
});
