/** Where Keras 2 computes otherwise than Keras 3, a file that is read as Keras 2 runs with the formula of Keras 2. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Lowering } from "../../core/index.ts";
import { openCore, projectOf } from "../core/open.ts";
import { run } from "./engine.ts";

type Weight = Lowering["weights"][number];
const core = await openCore();

const ones = ({ shape }: Weight): Float32Array => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1);
async function outputsOf(
  imports: string,
  layer: string,
  input: readonly number[],
  shape: string,
  weights = ones,
): Promise<number[]> {
  const program = `${imports}\nx = keras.Input(${shape})\nmodel = keras.Model(x, layers.${layer}(x))\n`;
  const project = projectOf(program);
  core.analyse(project);
  const lowering = core.lower(project.file.path, 0, { batch: 1 });
  assert.ok(lowering && lowering.problem === undefined, lowering?.problem);
  const inputs = new Map(lowering.inputs.map(({ name }) => [name, Float32Array.from(input)]));
  const given = await run(lowering, inputs, weights);
  return Array.from(given.at(-1)?.[0]?.numbers ?? [], Number);
}
function near(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) < 1e-6, `${actual}`);
}

const KERAS_2 = "import tf_keras as keras\nfrom tf_keras import layers";
/** CuDNNLSTM is a class of Keras 2.0 to 2.3 alone. */
const OLD_KERAS = "import keras\nfrom keras import layers\nfrom keras.layers import CuDNNLSTM";
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

it("LocallyConnected1D: a kernel of its own at every place, kept in each of three ways", async () => {
  const input = [1, 2, 4, 8, 16];
  const of = (how: string) => outputsOf(KERAS_2, `LocallyConnected1D(2, 3, ${how})`, input, "(5, 1)");
  for (const implementation of [1, 2, 3]) near(await of(`strides=2, implementation=${implementation}`), [8, 8, 29, 29]);
  near(
    await of("use_bias=False, implementation=2, padding='same'"),
    [3, 7, 14, 28, 24].flatMap((it) => [it, it]),
  );
  // A window of three steps that starts one before its place also where it goes two on.
  near(await of("use_bias=False, implementation=2, padding='same', strides=2"), [3, 3, 14, 14, 24, 24]);
});

it("LocallyConnected2D with channels first: the bias is read anew, not turned", async () => {
  const layer = 'LocallyConnected2D(1, 2, data_format="channels_first")';
  near(await outputsOf(KERAS_2, layer, [1, 2, 3, 4, 5, 6], "(1, 2, 3)"), [13, 17]);
});

it("ThresholdedReLU: what lies above theta, and nothing else", async () => {
  near(await outputsOf(KERAS_2, "ThresholdedReLU(0.5)", [-1, 0.5, 0.75, 3], "(4,)"), [0, 0, 0.75, 3]);
});

it("CuDNNLSTM and CuDNNGRU: as the layers that Keras 2 makes of their weights", async () => {
  const input = [1, -1, 0.5, 0.25, 2, -0.5];
  const step: Readonly<Record<string, number>> = { kernel: 0.37, recurrent_kernel: 0.23, bias: 0.11 };
  const drawn = (it: Weight) => ones(it).map((_, i) => ((i * (step[it.weight] ?? 0)) % 1.3) - 0.6);
  const of = (layer: string) => outputsOf(OLD_KERAS, layer, input, "(2, 3)", drawn);
  near(await of("CuDNNLSTM(2)"), [-0.28338423, -0.02918559]);
  near(await of("CuDNNGRU(2)"), [-0.22571111, 0.15328071]);
});

it("Bidirectional: the copy runs the other way, also where the layer itself runs backwards", async () => {
  const layer = 'SimpleRNN(1, activation="linear", go_backwards=True, use_bias=False)';
  const by = ({ shape }: Weight) => ones({ shape } as Weight).fill(0.5);
  near(await outputsOf(KERAS_2, `Bidirectional(layers.${layer})`, [1, 2, 4], "(3, 1)", by), [1.5, 2.625]);
});

it("LayerNormalization along several axes: its weights are sized in the order in which they are written", async () => {
  const sizes: string[] = [];
  const drawn = ({ weight, shape }: Weight) => {
    sizes.push(`${weight} ${shape}`);
    return Float32Array.from({ length: 6 }, (_, i) => (weight === "gamma" ? i : 0));
  };
  const input = [1, -1, 1, -1, 1, -1];
  const given = await outputsOf(KERAS_2, "LayerNormalization(axis=(2, 1), epsilon=0)", input, "(3, 2)", drawn);
  near(given, [0, -1, 2, -3, 4, -5]);
  assert.deepEqual(sizes, ["gamma 2,3", "beta 2,3"]);
});

it("what a layer makes in its build is counted apart where Keras 2 traces it, not where it is called", () => {
  const namesOf = (imports: string): readonly string[] => {
    const own =
      "class Own(layers.Layer):\n    def build(self, s):\n        self.inner = layers.Dense(3)\n" +
      "    def call(self, x):\n        return self.inner(x)\n";
    const eager = "import numpy as np\nOwn()(np.ones((2, 4)))\n";
    const text = `${imports}\n${own}${eager}x = keras.Input((4,))\nmodel = keras.Model(x, layers.Dense(2)(Own()(x)))\n`;
    const project = projectOf(text);
    core.analyse(project);
    return core.lower(project.file.path, 0, { batch: 1 })?.rows.map((it) => it.name) ?? [];
  };
  assert.deepEqual(namesOf(KERAS_2), ["own_1", "dense", "dense_1"]);
  assert.deepEqual(namesOf(KERAS_3), ["own_1", "dense_2", "dense_1"]);
});
