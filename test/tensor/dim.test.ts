import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ceilDivide,
  type Dim,
  floorDivide,
  identical,
  isUnknown,
  join,
  maximum,
  mayDivide,
  minimum,
  minus,
  modulo,
  NONE,
  negate,
  plus,
  printDim,
  product,
  provablyDifferent,
  provablyEqual,
  provablyLess,
  provablyNegative,
  provablyPositive,
  sameDim,
  substitute,
  symbol,
  times,
  unknown,
} from "../../core/tensor/dim.ts";

const n = symbol("n");
const filters = symbol("filters", { min: 1 });
const heads = symbol("heads", { min: 1 });
const any = symbol("any", { min: Number.NEGATIVE_INFINITY });
const lost = unknown("read from a file");

/** Each dim is written as expected. */
const prints = (rows: readonly (readonly [Dim, string])[]): void => {
  for (const [dim, text] of rows) assert.equal(printDim(dim), text);
};

test("prints as Python writes it, in one order however it was built", () => {
  prints([
    [5, "5"],
    [NONE, "None"],
    [lost, "?"],
    [times(2, filters), "filters * 2"],
    [plus(1, floorDivide(n, 2)), "n // 2 + 1"],
    [minus(1, n), "1 - n"],
    [negate(n), "-n"],
    [negate(floorDivide(n, 2)), "-(n // 2)"],
    [plus(times(n, n), times(3, n)), "n ** 2 + n * 3"],
    [times(floorDivide(n, 3), filters), "filters * (n // 3)"],
    [floorDivide(plus(n, 1), filters), "(n + 1) // filters"],
    [floorDivide(n, times(filters, heads)), "n // (filters * heads)"],
    [maximum(n, 3), "max(n, 3)"],
    [plus(heads, filters), "filters + heads"],
  ]);
});

test("a constant is always a number", () => {
  assert.equal(minus(plus(n, 5), n), 5);
  assert.equal(times(0, n), 0);
  assert.equal(minus(times(n, filters), times(filters, n)), 0);
});

test("symbols of one name are one symbol, unless their ids differ", () => {
  assert.ok(provablyEqual(n, symbol("n")));
  const other = symbol("n", { id: "n in another call" });
  assert.ok(!provablyEqual(n, other));
  assert.equal(printDim(minus(n, other)), "n - n");
  assert.equal(printDim(substitute(plus(n, other), new Map([["n in another call", 4]]))), "n + 4");
});

test("unknown absorbs and keeps the first reason, None absorbs the rest, zero times None is None", () => {
  for (const operation of [plus, minus, times, floorDivide, modulo, minimum, maximum, ceilDivide]) {
    assert.equal(operation(lost, 3), lost);
    assert.equal(operation(NONE, lost), lost);
    assert.equal(operation(lost, unknown("another")), lost);
    assert.equal(operation(n, NONE), NONE);
  }
  assert.equal(times(0, NONE), NONE);
});

test("no number past 2^53, no fraction, no division by zero: each is unknown and says so", () => {
  const reason = (dim: Dim) => (isUnknown(dim) ? dim.reason : printDim(dim));
  assert.match(reason(times(2 ** 40, 2 ** 20)), /too large/);
  assert.match(reason(times(times(2 ** 40, n), 2 ** 20)), /too large/);
  assert.match(reason(plus(0.5, 1)), /whole number/);
  assert.match(reason(floorDivide(n, 0)), /division by zero/);
  assert.match(reason(modulo(4, 0)), /division by zero/);
  const wide = product(Array.from({ length: 9 }, (_, i) => plus(symbol(`s${i}`), 1)));
  assert.match(reason(wide), /too long/);
});

test("floor division: each rewrite", () => {
  prints([
    [floorDivide(-7, 2), "-4"],
    [floorDivide(n, 1), "n"],
    [floorDivide(n, -2), "n // 2 - n"],
    [floorDivide(0, filters), "0"],
    [floorDivide(modulo(n, 4), 4), "0"],
    [floorDivide(times(n, filters), filters), "n"],
    [floorDivide(times(plus(n, 2), plus(filters, 1)), plus(filters, 1)), "n + 2"],
    [floorDivide(plus(times(4, n), 3), 2), "n * 2 + 1"],
    [floorDivide(plus(times(filters, n), heads), filters), "heads // filters + n"],
    [floorDivide(plus(times(2, n), 1), 4), "n // 2"],
    [floorDivide(times(n, filters), times(heads, filters)), "n // heads"],
    [floorDivide(floorDivide(n, 2), 3), "n // 6"],
    [floorDivide(plus(floorDivide(n, 2), 1), 3), "(n + 2) // 6"],
  ]);
});

test("floor division by what may be zero is left alone", () => {
  prints([
    [floorDivide(n, n), "n // n"],
    [floorDivide(times(n, filters), n), "filters * n // n"],
  ]);
});

test("modulo: each rewrite", () => {
  prints([
    [modulo(-7, 4), "1"],
    [modulo(n, 1), "0"],
    [modulo(7, -4), "-1"],
    [modulo(modulo(n, 3), 5), "n % 3"],
    [modulo(times(6, n), 3), "0"],
    [modulo(times(filters, n), filters), "0"],
    [modulo(plus(times(4, n), 3), 4), "3"],
    [modulo(plus(n, 9), 4), "(n + 1) % 4"],
    [modulo(plus(times(2, n), 1), 6), "n % 3 * 2 + 1"],
    [modulo(modulo(n, 12), 4), "n % 4"],
  ]);
});

test("minimum and maximum: what is provably not the answer goes", () => {
  prints([
    [minimum(3, 5), "3"],
    [minimum(n, n), "n"],
    [minimum(n, plus(n, 1)), "n"],
    [maximum(n, -1), "n"],
    [maximum(n, plus(n, filters)), "filters + n"],
    [minimum(minimum(n, heads), minimum(heads, 4)), printDim(minimum(heads, minimum(4, n)))],
  ]);
});

test("rounding up", () => {
  assert.equal(ceilDivide(7, 2), 4);
  assert.equal(ceilDivide(-7, 2), -3);
  assert.equal(ceilDivide(7, -2), -3);
  assert.ok(provablyEqual(ceilDivide(n, 2), plus(floorDivide(minus(n, 1), 2), 1)));
});

test("equal, same and identical are three things", () => {
  assert.ok(provablyEqual(plus(n, n), times(2, n)) && !provablyEqual(NONE, NONE) && !provablyEqual(lost, lost));
  assert.ok(sameDim(NONE, NONE) && sameDim(4, 4) && !sameDim(lost, lost));
  assert.ok(identical(lost, unknown("read from a file")) && !identical(lost, unknown("another")));
  assert.ok(identical(NONE, NONE) && identical(plus(n, 1), plus(1, n)) && !identical(NONE, lost));
});

test("different only if the difference cannot be zero", () => {
  assert.ok(provablyDifferent(3, 4));
  assert.ok(provablyDifferent(n, plus(n, 1)));
  assert.ok(provablyDifferent(plus(n, filters), n));
  assert.ok(provablyDifferent(times(2, n), 7), "twice something is never odd");
  assert.ok(provablyDifferent(filters, 0));
  assert.ok(!provablyDifferent(n, 0));
  assert.ok(!provablyDifferent(n, filters));
  assert.ok(!provablyDifferent(times(2, n), 8));
  for (const dim of [NONE, lost, n, 3] as const) {
    assert.ok(!provablyDifferent(dim, NONE) && !provablyDifferent(dim, lost));
    assert.ok(!provablyDifferent(dim, dim));
  }
});

test("divides, unless it certainly does not", () => {
  assert.ok(mayDivide(3, 6) && !mayDivide(3, 7));
  assert.ok(mayDivide(0, 0) && !mayDivide(0, 3));
  assert.ok(!mayDivide(2, plus(times(2, n), 1)));
  assert.ok(mayDivide(2, n) && mayDivide(n, 7) && mayDivide(NONE, 7) && mayDivide(4, lost));
  assert.ok(!mayDivide(plus(n, 5), 3));
});

test("signs", () => {
  assert.ok(provablyPositive(filters) && !provablyPositive(n));
  assert.ok(provablyNegative(minus(-1, n)) && !provablyNegative(negate(n)) && !provablyNegative(any));
  assert.ok(provablyLess(n, plus(n, filters)) && !provablyLess(n, n) && !provablyLess(NONE, 3));
});

test("a join is the least claim that covers both", () => {
  assert.equal(join(4, 4), 4);
  assert.equal(join(NONE, NONE), NONE);
  assert.equal(join(lost, 4), lost);
  assert.equal(join(4, lost), lost);
  const either = join(4, plus(n, 1));
  assert.equal(isUnknown(either) && either.reason, "either 4 or n + 1");
});

test("substitution puts any dim in a symbol's place", () => {
  const dim = plus(floorDivide(times(n, 3), 2), filters);
  assert.equal(
    substitute(
      dim,
      new Map([
        ["n", 5],
        ["filters", 8],
      ]),
    ),
    15,
  );
  assert.equal(substitute(dim, new Map([["n", NONE]])), NONE);
  assert.equal(substitute(dim, new Map([["n", lost]])), lost);
  assert.equal(printDim(substitute(dim, new Map([["n", times(2, heads)]]))), "filters + heads * 3");
});
