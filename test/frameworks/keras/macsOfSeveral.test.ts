/** Multiply–accumulates of recurrent and attending layers, against the products that their definitions name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Given } from "../../../core/frameworks/keras/define.ts";
import { LAYERS } from "../../../core/frameworks/keras/layers/index.ts";
import { Shape } from "../../../core/tensor/shape.ts";
import type { TensorType } from "../../../core/tensor/type.ts";
import { filled, innerMacs, written } from "./grid/judge.ts";

const typed = (sizes: readonly number[]): TensorType => ({ shape: new Shape(sizes), dtype: "float32" });

/** A product of matrices, rows × inner times inner × columns, so many times. */
const matrices = (times: number, rows: number, inner: number, columns: number): number =>
  times * rows * inner * columns;

type Row = readonly [name: string, args: Record<string, Given>, inputs: number[][], output: number[], count: number];
const ROWS: readonly Row[] = [
  // 7 steps: 5 features and the state of 3 units, into 4, 3 and 1 gates.
  ["LSTM", { units: 3 }, [[1, 7, 5]], [1, 3], matrices(7, 1, 5 + 3, 4 * 3)],
  ["GRU", { units: 3 }, [[1, 7, 5]], [1, 3], matrices(7, 1, 5 + 3, 3 * 3)],
  ["SimpleRNN", { units: 3 }, [[1, 7, 5]], [1, 3], matrices(7, 1, 5 + 3, 3)],
  // 2 steps of 6 places: a window of 3 on 4 channels and on the state of 2.
  ["ConvLSTM1D", { filters: 2, kernel_size: 3 }, [[1, 2, 8, 4]], [1, 6, 2], 2 * 6 * 3 * (4 + 2) * (4 * 2)],
  // Every row of the one with every row of the other.
  [
    "Dot",
    { axes: 2 },
    [
      [1, 4, 6],
      [1, 5, 6],
    ],
    [1, 4, 5],
    matrices(1, 4, 6, 5),
  ],
  // 4 queries meet 5 keys over 6 features, and take of 3.
  [
    "Attention",
    {},
    [
      [1, 4, 6],
      [1, 5, 3],
      [1, 5, 6],
    ],
    [1, 4, 3],
    matrices(1, 4, 6, 5) + matrices(1, 4, 5, 3),
  ],
  [
    "MultiHeadAttention",
    { num_heads: 2, key_dim: 3, value_dim: 4 },
    [
      [1, 5, 6],
      [1, 7, 8],
    ],
    [1, 5, 6],
    matrices(1, 5, 6, 2 * 3) + // queries
      matrices(1, 7, 8, 2 * 3) + // keys
      matrices(1, 7, 8, 2 * 4) + // values
      matrices(2, 5, 3, 7) + // scores
      matrices(2, 5, 7, 4) + // what the heads take
      matrices(1, 5, 2 * 4, 6), // the output
  ],
  // In each of 4 rows, 5 queries meet 7 keys.
  [
    "MultiHeadAttention",
    { num_heads: 2, key_dim: 3, value_dim: 4, attention_axes: [2] },
    [
      [1, 4, 5, 6],
      [1, 4, 7, 8],
    ],
    [1, 4, 5, 6],
    matrices(4, 5, 6, 2 * 3) +
      matrices(4, 7, 8, 2 * 3) +
      matrices(4, 7, 8, 2 * 4) +
      matrices(4 * 2, 5, 3, 7) +
      matrices(4 * 2, 5, 7, 4) +
      matrices(4, 5, 2 * 4, 6),
  ],
  [
    "GroupQueryAttention",
    { head_dim: 3, num_query_heads: 4, num_key_value_heads: 2 },
    [
      [1, 5, 6],
      [1, 7, 6],
    ],
    [1, 5, 6],
    matrices(1, 5, 6, 4 * 3) + 2 * matrices(1, 7, 6, 2 * 3) + 2 * matrices(4, 5, 3, 7) + matrices(1, 5, 4 * 3, 6),
  ],
  // What a wrapper's layer does: at each of 7 steps; forwards and backwards; in two cells, one on the other.
  ["TimeDistributed", { layer: written("Dense", { units: 3 }) }, [[1, 7, 5]], [1, 7, 3], matrices(7, 1, 5, 3)],
  ["Bidirectional", { layer: written("LSTM", { units: 3 }) }, [[1, 7, 5]], [1, 6], 2 * matrices(7, 1, 5 + 3, 4 * 3)],
  [
    "RNN",
    { cell: [written("LSTMCell", { units: 3 }), written("GRUCell", { units: 2 })] },
    [[1, 7, 5]],
    [1, 2],
    matrices(7, 1, 5 + 3, 4 * 3) + matrices(7, 1, 3 + 2, 3 * 2),
  ],
  ["SpectralNormalization", { layer: written("Dense", { units: 3 }) }, [[1, 5]], [1, 3], matrices(1, 1, 5, 3)],
  // Elements that are only added or compared.
  [
    "Add",
    {},
    [
      [1, 4],
      [1, 4],
    ],
    [1, 4],
    0,
  ],
];

for (const [name, args, inputs, output, count] of ROWS) {
  test(`${name} on ${JSON.stringify(inputs)} multiplies ${count} times`, () => {
    const macs = LAYERS.get(name)?.macs({ ...filled(name, {}), ...args }, inputs.map(typed), typed(output), innerMacs);
    assert.equal(macs, count);
  });
}
