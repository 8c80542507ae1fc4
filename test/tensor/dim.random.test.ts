import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "../../core/tensor/bounds.ts";
import {
  type Dim,
  isSize,
  isUnknown,
  mayDivide,
  printDim,
  provablyDifferent,
  provablyEqual,
  provablyNegative,
  provablyPositive,
  substitute,
} from "../../core/tensor/dim.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { type Expression, randomExpression, randomValues } from "./arithmetic.ts";
import { evaluatePython } from "./evaluatePython.ts";

const EXPRESSIONS = 2500;
const VALUES = 6;

/** Runs `claim` on random expressions, each with several values of its symbols for which it is defined. */
function forRandom(
  claim: (a: Expression, b: Expression, at: { x: number; y: number; values: Map<string, number> }) => void,
) {
  const seed = chosenSeed();
  const random = randomSource(seed);
  for (let i = 0; i < EXPRESSIONS; i++) {
    const a = randomExpression(random, 1 + (i % 4));
    const b = randomExpression(random, 1 + (i % 3));
    for (let j = 0; j < VALUES; j++) {
      const values = new Map(randomValues(random));
      const [x, y] = [a.value(values), b.value(values)];
      if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) continue;
      try {
        claim(a, b, { x, y, values });
      } catch (error) {
        const where = [...values].map(([name, value]) => `${name}=${value}`).join(" ");
        throw new Error(`SEED=${seed}: ${a.text} = ${x} and ${b.text} = ${y} at ${where}`, { cause: error });
      }
    }
  }
}

test("the algebra agrees with plain arithmetic wherever plain arithmetic has an answer", () => {
  let unknowns = 0;
  let all = 0;
  forRandom(({ dim }, _, { x, values }) => {
    all++;
    if (isUnknown(dim)) unknowns++;
    else assert.equal(substitute(dim, values), x);
  });
  assert.ok(unknowns < all / 100, `${unknowns} of ${all} unknown`);
});

test("what is printed means the same to Python", () => {
  forRandom(({ dim }, _, { x, values }) => {
    if (!isUnknown(dim)) assert.equal(evaluatePython(printDim(dim), values), x);
  });
});

test("substituting some symbols first and the others later gives the same", () => {
  forRandom(({ dim }, _, { x, values }) => {
    const [first, ...others] = [...values];
    const halfway = first ? substitute(dim, new Map([first])) : dim;
    if (!isUnknown(halfway)) assert.equal(substitute(halfway, new Map(others)), x);
  });
});

test("bounds hold", () => {
  forRandom(({ dim }, _, { x }) => {
    if (!isSize(dim)) return;
    const { low, high } = boundsOf(dim);
    assert.ok(low <= x && x <= high, `${low} ≤ ${x} ≤ ${high}`);
    assert.ok(!provablyPositive(dim) || x > 0);
    assert.ok(!provablyNegative(dim) || x < 0);
  });
});

test("what is claimed of two sizes holds for every value tried", () => {
  let different = 0;
  forRandom((a, b, { x, y }) => {
    if (provablyDifferent(a.dim, b.dim)) {
      different++;
      assert.notEqual(x, y);
    }
    if (provablyEqual(a.dim, b.dim)) assert.equal(x, y);
    if (!mayDivide(a.dim, b.dim)) assert.notEqual(x === 0 ? y : y % x, 0);
  });
  assert.ok(different > 0);
});

test("equal polynomials are recognised whatever the order they were built in", () => {
  const seed = chosenSeed();
  const random = randomSource(seed);
  for (let i = 0; i < 2000; i++) {
    const seedHere = Math.floor(random() * 2 ** 31);
    const build = (): Dim => randomExpression(randomSource(seedHere), 3).dim;
    const a = build();
    const b = build();
    if (isSize(a)) assert.ok(provablyEqual(a, b), `SEED=${seed}: ${printDim(a)}`);
  }
});
