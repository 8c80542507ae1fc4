import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fans, initialised } from "../../server/engine/initialisers.ts";
import { statisticsOf } from "../../server/engine/statistics.ts";

const made = (name: string, shape: readonly number[], args = {}, seed = 0, tensor = "dense/kernel"): Float32Array => {
  const numbers = initialised({ name: tensor, shape, dtype: "float32", initializer: { name, args } }, seed);
  assert.ok(numbers instanceof Float32Array);
  return numbers;
};
const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);

describe("initialisers", () => {
  it("count what enters and leaves as Keras's compute_fans does", () => {
    assert.deepEqual(fans([7]), [7, 7]);
    assert.deepEqual(fans([3, 5]), [3, 5]);
    // Of a convolution, times the places of the window.
    assert.deepEqual(fans([3, 3, 8, 16]), [72, 144]);
  });

  it("glorot_uniform fills evenly up to √(6 / (in + out))", () => {
    const limit = Math.sqrt(6 / 500);
    const { min, max, mean, std } = statisticsOf(made("glorot_uniform", [200, 300]));
    assert.ok(min >= -limit && max <= limit);
    close(mean, 0, 0.001);
    close(std, limit / Math.sqrt(3), 0.001);
  });

  it("he_normal has deviation √(2 / in), cut off at 2 deviations of the curve it comes from", () => {
    const deviation = Math.sqrt(2 / 200);
    const { min, max, std } = statisticsOf(made("he_normal", [200, 300]));
    close(std, deviation, 0.001);
    assert.ok(Math.max(-min, max) <= (2 * deviation) / 0.87962566103423978 + 1e-6);
  });

  it("random_normal and random_uniform obey their arguments", () => {
    const normal = statisticsOf(made("random_normal", [100, 100], { mean: 3, stddev: 2 }));
    close(normal.mean, 3, 0.1);
    close(normal.std, 2, 0.1);
    const uniform = statisticsOf(made("random_uniform", [100, 100], { minval: 1, maxval: 2 }));
    assert.ok(uniform.min >= 1 && uniform.max <= 2);
    close(uniform.mean, 1.5, 0.02);
  });

  for (const [rows, columns] of [
    [8, 32],
    [32, 8],
  ] as const) {
    it(`orthogonal: of ${rows} × ${columns}, the fewer are of length 1 and at right angles`, () => {
      const matrix = made("orthogonal", [rows, columns]);
      const count = Math.min(rows, columns);
      const entry = (i: number, k: number) => matrix[rows < columns ? i * columns + k : k * columns + i] ?? 0;
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < Math.max(rows, columns); k++) product += entry(i, k) * entry(j, k);
          close(product, i === j ? 1 : 0, 1e-5);
        }
      }
    });
  }

  it("unit_forget_bias opens the second of four gates", () => {
    assert.deepEqual([...made("unit_forget_bias", [8])], [0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it("numbers depend on the seed and on the weight's name, and on nothing else", () => {
    assert.deepEqual(made("glorot_uniform", [4, 4]), made("glorot_uniform", [4, 4]));
    assert.notDeepEqual(made("glorot_uniform", [4, 4]), made("glorot_uniform", [4, 4], {}, 1));
    assert.notDeepEqual(made("glorot_uniform", [4, 4]), made("glorot_uniform", [4, 4], {}, 0, "other/kernel"));
  });
});

describe("statistics", () => {
  it("are of the finite numbers; the others are counted", () => {
    const { nan, infinite, zeros, mean, min, max, std } = statisticsOf(
      Float32Array.of(0, 0, 3, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0),
    );
    assert.deepEqual({ nan, infinite, zeros, min, max }, { nan: 1, infinite: 2, zeros: 3 / 8, min: 0, max: 3 });
    close(mean, 0.8, 1e-12);
    close(std, Math.sqrt((3 * 0.64 + 2.2 ** 2 + 0.2 ** 2) / 5), 1e-12);
  });
  it("keep a small spread of large numbers", () => {
    assert.equal(statisticsOf(Float32Array.of(1e6, 1e6 + 1)).std, 0.5);
    assert.equal(statisticsOf(new Float32Array(1000).fill(0.1)).std, 0);
  });
  it("say how the numbers lie, of very many by some of them", () => {
    const few = statisticsOf(Float32Array.of(0, 0, 1, 16)).histogram;
    assert.deepEqual([few[0], few[1], few[15], few.length], [2, 1, 1, 16]);
    const many = statisticsOf(Float32Array.from({ length: 200_000 }, (_, i) => i)).histogram;
    assert.equal(
      many.reduce((a, b) => a + b),
      50_000,
    );
    assert.ok(many.every((it) => Math.abs(it - 3125) <= 1));
  });
  it("of whole numbers of 64 bits too", () => {
    assert.equal(statisticsOf(BigInt64Array.of(1n, 3n)).mean, 2);
  });
});
