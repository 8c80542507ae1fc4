/** Multiply–accumulates against a count of what the layer's definition does; padded taps count, the bias does not. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Given } from "../../../core/frameworks/keras/define.ts";
import { LAYERS } from "../../../core/frameworks/keras/layers/index.ts";
import { Shape } from "../../../core/tensor/shape.ts";
import type { TensorType } from "../../../core/tensor/type.ts";
import { filled, innerMacs } from "./grid/judge.ts";

const typed = (sizes: readonly number[]): TensorType => ({ shape: new Shape(sizes), dtype: "float32" });

function claimed(name: string, args: Readonly<Record<string, Given>>, x: readonly number[], y: readonly number[]) {
  return LAYERS.get(name)?.macs({ ...filled(name, {}), ...args }, [typed(x)], typed(y), innerMacs);
}

/** Runs `body` for every place of a box. */
function each(sizes: readonly number[], body: () => void): void {
  const [first, ...rest] = sizes;
  if (first === undefined) body();
  else for (let i = 0; i < first; i++) each(rest, body);
}
/** Counts a nest of loops, step by step. */
function counted(...nests: readonly (readonly number[])[]): number {
  let count = 0;
  for (const nest of nests) each(nest, () => count++);
  return count;
}

const CASES: readonly [string, Readonly<Record<string, Given>>, readonly number[], readonly number[], number][] = [
  // Each output is the product of a row and a column.
  ["Dense", { units: 5 }, [1, 8], [1, 5], counted([5, 8])],
  ["Dense", { units: 5 }, [1, 3, 8], [1, 3, 5], counted([3, 5, 8])],
  [
    "EinsumDense",
    { equation: "abc,cde->abde", output_shape: [3, 2, 5] },
    [1, 3, 4],
    [1, 3, 2, 5],
    counted([3, 4, 2, 5]),
  ],
  ["EinsumDense", { equation: "abc,bcd->ad", output_shape: [6] }, [1, 3, 4], [1, 6], counted([3, 4, 6])],
  // At each place of the output and for each filter: the window, times the channels of a group.
  ["Conv1D", { filters: 6, kernel_size: 3 }, [1, 9, 4], [1, 7, 6], counted([7, 6, 3, 4])],
  [
    "Conv2D",
    { filters: 6, kernel_size: 3, padding: "same", strides: 2 },
    [1, 5, 4, 2],
    [1, 3, 2, 6],
    counted([3, 2, 6, 9, 2]),
  ],
  ["Conv2D", { filters: 6, kernel_size: [1, 2], groups: 2 }, [1, 3, 3, 4], [1, 3, 2, 6], counted([3, 2, 6, 2, 2])],
  [
    "Conv2D",
    { filters: 2, kernel_size: 2, data_format: "channels_first" },
    [1, 3, 4, 5],
    [1, 2, 3, 4],
    counted([3, 4, 2, 4, 3]),
  ],
  ["Conv3D", { filters: 2, kernel_size: 2 }, [1, 3, 4, 2, 3], [1, 2, 3, 1, 2], counted([2, 3, 1, 2, 8, 3])],
  // Each place of the input is spread over a window of each filter.
  ["Conv2DTranspose", { filters: 3, kernel_size: 2, strides: 2 }, [1, 3, 4, 5], [1, 6, 8, 3], counted([3, 4, 5, 4, 3])],
  ["DepthwiseConv2D", { kernel_size: 3, depth_multiplier: 2 }, [1, 5, 4, 3], [1, 3, 2, 6], counted([3, 2, 3, 2, 9])],
  // The depthwise part, then the 1 × 1 convolution of its channels.
  [
    "SeparableConv2D",
    { filters: 7, kernel_size: 3, depth_multiplier: 2 },
    [1, 5, 4, 3],
    [1, 3, 2, 7],
    counted([3, 2, 6, 9], [3, 2, 6, 7]),
  ],
  // Looked up it multiplies nothing; in reverse each vector meets each row of the table.
  ["ReversibleEmbedding", { input_dim: 9, output_dim: 4 }, [1, 5], [1, 5, 4], 0],
  ["ReversibleEmbedding", { input_dim: 9, output_dim: 4 }, [1, 5, 4], [1, 5, 9], counted([5, 4, 9])],
  ["MaxPooling2D", {}, [1, 4, 4, 3], [1, 2, 2, 3], 0],
  ["Dropout", { rate: { float: 0.5 } }, [1, 4], [1, 4], 0],
];

for (const [name, args, x, y, count] of CASES) {
  test(`${name} of ${JSON.stringify(args)} on (${x.join(", ")}) makes ${count} multiplications`, () => {
    assert.equal(claimed(name, args, x, y), count);
  });
}

interface Cost {
  readonly name: string;
  readonly args: Parameters<typeof filled>[1];
  readonly in: readonly number[];
  readonly out: readonly number[];
  readonly flops?: number;
  readonly products?: number;
}
for (const it of JSON.parse(readFileSync("test/oracle/costs.json", "utf8")) as readonly Cost[]) {
  const made = `${it.name} of ${JSON.stringify(it.args)}`;
  if (it.flops === undefined)
    test(`JAX multiplies ${it.products} times for ${made}`, () => {
      assert.equal(claimed(it.name, filled(it.name, it.args), it.in, it.out), it.products);
    });
  else
    test(`XLA counts twice as many operations for ${made}`, () => {
      assert.equal(Number(claimed(it.name, filled(it.name, it.args), it.in, it.out)) * 2, it.flops);
    });
}
