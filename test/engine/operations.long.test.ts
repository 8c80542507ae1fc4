import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { runRows } from "../../server/engine/rows.ts";
import { type Held, prepare, runOnce } from "../../server/engine/runtime.ts";
import { loweringOf } from "../lowering/open.ts";

prepare(readFileSync(createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm")));

/** What `expression` of `x` yields: x has two samples, [1, 2, 3] and [4, 5, 6]. */
async function yielded(expression: string): Promise<unknown> {
  const lowering = loweringOf(`
class Own(layers.Layer):
    def call(self, x):
        return ${expression}
x = keras.Input((3,))
m = keras.Model(x, Own()(x))`);
  let last: Held | undefined;
  const sources = { inputs: () => Float32Array.of(1, 2, 3, 4, 5, 6), weights: () => assert.fail("no weights") };
  await runRows(lowering, sources, runOnce, (row, [output]) => {
    assert.equal(row.problem, undefined, `${row.name}: ${row.problem}`);
    assert.equal(row.actual, row.predicted);
    last = output;
  });
  return last && nested([...last.numbers].map(Number), last.shape);
}
function nested(numbers: readonly number[], [size, ...rest]: readonly number[]): unknown {
  if (size === undefined) return Math.round((numbers[0] ?? Number.NaN) * 1e4) / 1e4;
  const step = numbers.length / size;
  return Array.from({ length: size }, (_, i) => nested(numbers.slice(i * step, (i + 1) * step), rest));
}

// biome-ignore format: a table
const CASES: readonly (readonly [expression: string, value: unknown])[] = [
  ["x + 1", [[2, 3, 4], [5, 6, 7]]],
  ["10 - x", [[9, 8, 7], [6, 5, 4]]],
  ["-x", [[-1, -2, -3], [-4, -5, -6]]],
  ["x / 2", [[0.5, 1, 1.5], [2, 2.5, 3]]],
  ["x ** 2", [[1, 4, 9], [16, 25, 36]]],
  ["abs(-x)", [[1, 2, 3], [4, 5, 6]]],
  ["ops.maximum(x, 3)", [[3, 3, 3], [4, 5, 6]]],
  ["ops.clip(x, 2, 5)", [[2, 2, 3], [4, 5, 5]]],
  ["tf.clip_by_value(x, 2, 5)", [[2, 2, 3], [4, 5, 5]]],
  ["ops.sqrt(ops.square(x))", [[1, 2, 3], [4, 5, 6]]],
  ["tf.math.rsqrt(x * x)", [[1, 0.5, 0.3333], [0.25, 0.2, 0.1667]]],
  ["ops.sum(x, axis=-1)", [6, 15]],
  ["tf.reduce_mean(x, axis=1, keepdims=True)", [[2], [5]]],
  ["ops.max(x, axis=0)", [4, 5, 6]],
  ["ops.var(x, axis=-1)", [0.6667, 0.6667]],
  ["tf.math.reduce_std(x, axis=-1)", [0.8165, 0.8165]],
  ["ops.cumsum(x, axis=-1)", [[1, 3, 6], [4, 9, 15]]],
  ["ops.argmax(x, axis=-1)", [2, 2]],
  ["tf.argmin(x, axis=0)", [0, 0, 0]],
  ["ops.cast(x > 2, 'float32')", [[0, 0, 1], [1, 1, 1]]],
  ["tf.cast(tf.not_equal(x, 2), tf.int32)", [[1, 0, 1], [1, 1, 1]]],
  ["ops.where(x > 2, x, ops.zeros_like(x))", [[0, 0, 3], [4, 5, 6]]],
  ["ops.cast(ops.any(x > 5, axis=-1), 'int32')", [0, 1]],
  ["ops.cast(ops.logical_and(x > 1, x < 6), 'int32')", [[0, 1, 1], [1, 1, 0]]],
  ["ops.reshape(x, (-1, 3, 1))", [[[1], [2], [3]], [[4], [5], [6]]]],
  ["tf.expand_dims(x, 1)", [[[1, 2, 3]], [[4, 5, 6]]]],
  ["ops.transpose(x)", [[1, 4], [2, 5], [3, 6]]],
  ["ops.swapaxes(x, 0, 1)", [[1, 4], [2, 5], [3, 6]]],
  ["tf.transpose(x, perm=[1, 0])", [[1, 4], [2, 5], [3, 6]]],
  ["x[:, 0]", [1, 4]],
  ["x[:, -2:]", [[2, 3], [5, 6]]],
  ["x[..., ::2]", [[1, 3], [4, 6]]],
  ["x[:, None, 1]", [[2], [5]]],
  ["x[:, ::-1]", [[3, 2, 1], [6, 5, 4]]],
  ["ops.flip(x, axis=1)", [[3, 2, 1], [6, 5, 4]]],
  ["ops.concatenate([x, x[:, :1]], axis=-1)", [[1, 2, 3, 1], [4, 5, 6, 4]]],
  ["tf.stack([x, x], axis=1)", [[[1, 2, 3], [1, 2, 3]], [[4, 5, 6], [4, 5, 6]]]],
  ["tf.tile(x, [1, 2])", [[1, 2, 3, 1, 2, 3], [4, 5, 6, 4, 5, 6]]],
  ["ops.take(x, ops.arange(2), axis=1)", [[1, 2], [4, 5]]],
  ["x * ops.arange(3, dtype='float32')", [[0, 2, 6], [0, 5, 12]]],
  ["x + tf.range(1.0, 4.0)", [[2, 4, 6], [5, 7, 9]]],
  ["x + tf.ones((3,))", [[2, 3, 4], [5, 6, 7]]],
  ["ops.one_hot(ops.cast(x[:, 0], 'int32'), 5)", [[0, 1, 0, 0, 0], [0, 0, 0, 0, 1]]],
  ["x @ tf.transpose(x)", [[14, 32], [32, 77]]],
  ["ops.softmax(x * 0, axis=-1)", [[0.3333, 0.3333, 0.3333], [0.3333, 0.3333, 0.3333]]],
  ["ops.gelu(x[:, :1])", [[0.8412], [3.9999]]],
  ["keras.activations.gelu(x[:, :1])", [[0.8413], [3.9999]]],
  ["tf.nn.relu(x - 4)", [[0, 0, 0], [0, 1, 2]]],
  ["tf.math.l2_normalize(x[:, :1], axis=-1)", [[1], [1]]],
];

describe("operations give what NumPy's arithmetic gives", () => {
  for (const [expression, value] of CASES)
    it(expression, async () => assert.deepEqual(await yielded(expression), value));
});
