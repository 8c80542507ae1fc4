import assert from "node:assert/strict";
import { test } from "node:test";
import { broadcastShapes } from "../../core/tensor/broadcast.ts";
import { type Dim, isUnknown, NONE, plus, printDim, symbol, unknown } from "../../core/tensor/dim.ts";
import {
  identicalShapes,
  joinShapes,
  normaliseAxis,
  printShape,
  type Shape,
  shape,
  unknownRank,
} from "../../core/tensor/shape.ts";
import { cropped, padded, transposedWindow, upsampled, windowed } from "../../core/tensor/window.ts";

const n = symbol("n");
const lost = unknown("read from a file");
const image = shape(NONE, 28, 30, 3);
const print = (it: Shape) => printShape(it);

test("prints as Python prints a tuple", () => {
  assert.equal(printShape(shape(NONE, 20, 5)), "(None, 20, 5)");
  assert.equal(printShape(shape(5)), "(5,)");
  assert.equal(printShape(shape()), "()");
  assert.equal(printShape(shape(NONE, lost, plus(n, 1))), "(None, ?, n + 1)");
  assert.equal(printShape(unknownRank("not read yet")), "?");
});

test("axes by name and by number", () => {
  assert.equal(image.batch, NONE);
  assert.equal(image.last, 3);
  assert.equal(image.at(-2), 30);
  assert.ok(isUnknown(image.at(4)));
  assert.deepEqual([image.channels("channels_last"), image.channels("channels_first")], [3, 28]);
  assert.deepEqual(image.spatial("channels_last"), [28, 30]);
  assert.equal(normaliseAxis(-1, 4), 3);
  assert.equal(normaliseAxis(3, 4), 3);
  assert.equal(normaliseAxis(4, 4), undefined);
  assert.equal(normaliseAxis(-5, 4), undefined);
  assert.equal(normaliseAxis(0.5, 4), undefined);
});

test("changes give new shapes", () => {
  assert.equal(print(image.withLast(7)), "(None, 28, 30, 7)");
  assert.equal(print(image.with(1, 7)), "(None, 7, 30, 3)");
  assert.equal(print(image.insert(1, 7)), "(None, 7, 28, 30, 3)");
  assert.equal(print(image.remove(-1)), "(None, 28, 30)");
  assert.equal(print(image.slice(1)), "(28, 30, 3)");
  assert.equal(print(image.concat([1])), "(None, 28, 30, 3, 1)");
  const halved = (axis: Dim, i: number) => plus(axis, i);
  assert.equal(print(image.resampled("channels_last", 8, halved)), "(None, 28, 31, 8)");
  assert.equal(print(image.resampled("channels_first", 8, halved)), "(None, 8, 30, 4)");
  assert.equal(print(image), "(None, 28, 30, 3)");
});

test("joins and comparisons", () => {
  assert.equal(printShape(joinShapes(shape(NONE, 4), shape(NONE, 5))), "(None, ?)");
  const ranks = joinShapes(shape(4), shape(4, 4));
  assert.equal("reason" in ranks && ranks.reason, "either (4,) or (4, 4)");
  assert.ok(identicalShapes(shape(NONE, plus(n, 1)), shape(NONE, plus(1, n))));
  assert.ok(!identicalShapes(shape(4), shape(4, 4)));
  assert.ok(identicalShapes(unknownRank("a"), unknownRank("a")) && !identicalShapes(unknownRank("a"), shape()));
});

test("broadcasting over what is not a number", () => {
  const broadcast = (...shapes: Parameters<typeof broadcastShapes>[0] extends Iterable<infer S> ? S[] : never) => {
    const answer = broadcastShapes(shapes);
    if ("shape" in answer) return printShape(answer.shape);
    const { axis, left, right } = answer.conflict;
    return `axis ${axis}: ${printDim(left)} and ${printDim(right)}`;
  };
  const many = symbol("many", { min: 2 });
  assert.equal(broadcast(), "()");
  assert.equal(broadcast(shape(NONE, 1), shape(1, 5), shape(5)), "(None, 5)");
  assert.equal(broadcast(shape(NONE), shape(5)), "(5,)");
  assert.equal(broadcast(shape(n), shape(5)), "(5,)");
  assert.equal(broadcast(shape(n), shape(NONE)), "(?,)");
  assert.equal(broadcast(shape(many), shape(NONE)), "(many,)");
  assert.equal(broadcast(shape(lost, 3), shape(4, 1)), "(4, 3)");
  assert.equal(broadcast(shape(3, 2), shape(4, 2)), "axis -2: 3 and 4");
  assert.equal(broadcast(shape(many), shape(plus(many, 1))), "axis -1: many and many + 1");
  assert.equal(broadcast(shape(n), shape(plus(n, 1))), "(?,)", "0 and 1 go together, and so do 1 and 2");
  assert.equal(broadcast(unknownRank("?"), shape(3)), "?");
  assert.equal(broadcast(unknownRank("?"), shape(3), shape(4)), "axis -1: 3 and 4");
});

test("windows over symbols and None", () => {
  const rows: readonly (readonly [Dim, string])[] = [
    [windowed(n, 3, 1, 1, "valid"), "n - 2"],
    [windowed(n, 3, 1, 2, "valid"), "n - 4"],
    [windowed(n, 3, 2, 1, "same"), "(n + 1) // 2"],
    [windowed(n, 3, 2, 1, "causal"), "(n + 1) // 2"],
    [windowed(windowed(n, 2, 2, 1, "valid"), 2, 2, 1, "valid"), "n // 4"],
    [windowed(28, symbol("k", { min: 1 }), 1, 1, "valid"), "29 - k"],
    [windowed(NONE, lost, 1, 1, "valid"), "None"],
    [windowed(28, lost, 1, 1, "valid"), "?"],
    [windowed(28, lost, 2, 1, "same"), "14"],
    [windowed(4, 5, 1, 1, "valid"), "0"],
    [transposedWindow(n, 3, 2, 1, "same", undefined), "n * 2"],
    [transposedWindow(n, 3, 2, 1, "valid", undefined), "n * 2 + 1"],
    [transposedWindow(n, 3, 2, 1, "same", 1), "n * 2"],
    [upsampled(n, 2), "n * 2"],
    [cropped(n, 1, 2), "n - 3"],
    [padded(NONE, 1, lost), "None"],
  ];
  for (const [length, text] of rows) assert.equal(printDim(length), text);
});
