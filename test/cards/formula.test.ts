import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LAYERS } from "../../core/frameworks/keras/layers/index.ts";
import { analyse, openCore } from "../core/open.ts";
import { cardAt } from "./pointing.ts";

/** Layers on an input of a shape, and their parameters: `layer.count_params()` of Keras 3 is what stands at the end. */
const FORMULAS: readonly (readonly [shape: string, call: string, formula: string | undefined])[] = [
  ["(64,)", "Dense(10)", "(64 + 1) × 10 = 650"],
  ["(64,)", "Dense(10, use_bias=False)", "64 × 10 = 640"],
  ["(28, 28, 1)", "Conv2D(32, 3)", "(3 × 3 × 1 + 1) × 32 = 320"],
  ["(28, 28, 6)", "Conv2D(32, 3, groups=2)", "(3 × 3 × 3 + 1) × 32 = 896"],
  ["(28, 28, 6)", "DepthwiseConv2D(3)", "3 × 3 × 6 × 1 + 6 = 60"],
  ["(28, 28, 6)", "SeparableConv2D(8, 3)", "3 × 3 × 6 × 1 + (1 × 1 × 6 + 1) × 8 = 110"],
  ["(10, 5)", "LSTM(32)", "(5 + 32 + 1) × 4 × 32 = 4,864"],
  ["(10, 5)", "GRU(32)", "(5 + 32 + 2) × 3 × 32 = 3,744"],
  ["(10, 5)", "SimpleRNN(32)", "(5 + 32 + 1) × 32 = 1,216"],
  ["(10, 5)", "Bidirectional(layers.LSTM(32))", "2 × (5 + 32 + 1) × 4 × 32 = 9,728"],
  ["(10, 5)", "TimeDistributed(layers.Dense(3))", "(5 + 1) × 3 = 18"],
  ["(8, 8, 16)", "BatchNormalization()", "4 × 16 = 64"],
  ["(16,)", "LayerNormalization()", "2 × 16 = 32"],
  ["(16,)", "RMSNormalization()", undefined],
  ["(20,)", "Embedding(1000, 64)", "1000 × 64 = 64,000"],
  ["(8,)", "EinsumDense('ab,bc->ac', output_shape=4, bias_axes='c')", "(8 + 1) × 4 = 36"],
  ["(8,)", "Dropout(0.5)", undefined],
];

describe("the parameter formula", () => {
  for (const [shape, call, formula] of FORMULAS)
    it(`of ${call} on ${shape}`, async () => {
      const card = await cardAt(`y = layers.¦${call}(keras.Input(${shape}))`);
      assert.equal(card.contexts[0]?.formula, formula);
    });
  it("of attention counts what repeats", async () => {
    const card = await cardAt("x = keras.Input((16, 64))\ny = layers.¦MultiHeadAttention(4, 16)(x, x)");
    assert.equal(card.contexts[0]?.formula, "3 × (64 + 1) × 4 × 16 + (4 × 16 + 1) × 64 = 16,640");
  });
  it("is right by its own arithmetic, for the example of every layer that has weights", async () => {
    const core = await openCore();
    let formulas = 0;
    for (const { name, example } of LAYERS.values()) {
      const text = `import keras\nfrom keras import layers, ops\nimport numpy as np\n${example}\n`;
      for (const { span, kind } of analyse(core, text).hints) {
        if (kind !== "layer") continue;
        for (const { formula, params } of core.card("main.py", span.start)?.contexts ?? []) {
          if (formula === undefined) continue;
          const [left = "", right = ""] = formula.split(" = ");
          assert.equal(computed(left), Number(right.replaceAll(",", "")), `${name}: ${formula}`);
          assert.equal(computed(left), params, `${name}: ${formula}`);
          formulas++;
        }
      }
    }
    assert.ok(formulas > 40, `${formulas} formulas`);
  });
});

/** Sums and products of whole numbers, with brackets. */
function computed(text: string): number {
  const inner = /\(([^()]*)\)/.exec(text);
  if (inner !== null) return computed(text.replace(inner[0], String(computed(inner[1] ?? ""))));
  return text
    .split(" + ")
    .map((term) => term.split(" × ").reduce((product, factor) => product * Number(factor), 1))
    .reduce((a, b) => a + b, 0);
}
