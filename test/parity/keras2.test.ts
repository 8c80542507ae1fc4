/** Where Keras 2 computes otherwise than Keras 3, a file that is read as Keras 2 runs with the formula of Keras 2. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openCore, projectOf } from "../core/open.ts";
import { run } from "./engine.ts";

const core = await openCore();

async function outputsOf(imports: string, layer: string, input: readonly number[], shape: string): Promise<number[]> {
  const program = `${imports}\nx = keras.Input(${shape})\nmodel = keras.Model(x, layers.${layer}(x))\n`;
  const project = projectOf(program);
  core.analyse(project);
  const lowering = core.lower(project.file.path, 0, { batch: 1 });
  assert.ok(lowering && lowering.problem === undefined, lowering?.problem);
  const inputs = new Map(lowering.inputs.map(({ name }) => [name, Float32Array.from(input)]));
  const given = await run(lowering, inputs, ({ shape }) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1));
  return Array.from(given.at(-1)?.[0]?.numbers ?? [], Number);
}
function near(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) < 1e-6, `${actual}`);
}

const KERAS_2 = "import tf_keras as keras\nfrom tf_keras import layers";
const KERAS_3 = "import keras\nfrom keras import layers";

it("hard_sigmoid: clip(0.2 x + 0.5, 0, 1), and ReLU6(x + 3) / 6", async () => {
  const numbers = [-4, -2.75, -1, 0, 1, 2.75, 4];
  const of = (imports: string) => outputsOf(imports, 'Activation("hard_sigmoid")', numbers, "(7,)");
  near(await of(KERAS_2), [0, 0, 0.3, 0.5, 0.7, 1, 1]);
  near(await of(KERAS_3), [0, 0.25 / 6, 2 / 6, 0.5, 4 / 6, 5.75 / 6, 1]);
});

it("hard_sigmoid in the gates of an LSTM whose weights are all 1, of one step of 0.5", async () => {
  const layer = 'LSTM(1, recurrent_activation="hard_sigmoid")';
  // The gates see 0.5 · 1 + 1 (the bias): i · tanh(1.5), then o · tanh of it.
  const expected = (gate: number) => [gate * Math.tanh(gate * Math.tanh(1.5))];
  near(await outputsOf(KERAS_2, layer, [0.5], "(1, 1)"), expected(0.8));
  near(await outputsOf(KERAS_3, layer, [0.5], "(1, 1)"), expected(0.75));
});

it("ConvLSTM1D of one step of 0.5: the gates of Keras 2 are hard sigmoids unless it is told otherwise", async () => {
  const expected = (gate: number) => [gate * Math.tanh(gate * Math.tanh(1.5))];
  const of = (imports: string) => outputsOf(imports, "ConvLSTM1D(1, 1)", [0.5], "(1, 1, 1)");
  near(await of(KERAS_2), expected(0.8));
  near(await of(KERAS_3), expected(1 / (1 + Math.exp(-1.5))));
});

it("what an attention makes inside takes no names from the program's own layers in a graph of Keras 2", () => {
  const namesOf = (imports: string): readonly string[] => {
    const body = "x = keras.Input((4, 6))\ny = layers.MultiHeadAttention(2, 3)(x, x)\n";
    const project = projectOf(`${imports}\n${body}model = keras.Model(x, layers.Softmax()(layers.Dropout(0.1)(y)))\n`);
    core.analyse(project);
    return core.lower(project.file.path, 0, { batch: 1 })?.rows.map((it) => it.name) ?? [];
  };
  assert.deepEqual(namesOf(KERAS_2), ["multi_head_attention", "dropout", "softmax"]);
  assert.deepEqual(namesOf(KERAS_3), ["multi_head_attention", "dropout_1", "softmax_1"]);
});
