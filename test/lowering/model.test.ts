import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { testCore } from "../programs/told.ts";
import { loweringOf, loweringsOf, rowsOf } from "./open.ts";

describe("a model is lowered as it runs", () => {
  it("a Sequential layer by layer, for the batch that is asked for", () => {
    const lowering = loweringOf(
      "m = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation='relu'), layers.Dense(2)])",
      5,
    );
    assert.deepEqual(rowsOf(lowering), ["dense (5, 4)", "dense_1 (5, 2)"]);
    assert.deepEqual(
      lowering.rows[0]?.nodes.map((node) => node.op),
      ["MatMul", "Add", "Relu"],
    );
  });

  it("an operation that sums products says how many, of one sample", () => {
    const macsOf = (body: string) =>
      loweringOf(`i = keras.Input((4, 6))\nm = keras.Model(i, ${body})`, 3).rows.map((it) => it.macs);
    assert.deepEqual(macsOf("ops.matmul(i, ops.transpose(i, (0, 2, 1)))"), [0, 4 * 6 * 4]);
    assert.deepEqual(macsOf('ops.einsum("bij,bkj->bik", i, i)'), [4 * 4 * 6]);
    assert.deepEqual(macsOf('ops.einsum("...j,jk->...k", i, ops.ones((6, 5)))'), [4 * 6 * 5]);
    assert.deepEqual(macsOf("ops.conv(i, ops.ones((3, 6, 5)))"), [2 * 5 * 3 * 6]);
    assert.deepEqual(macsOf("ops.add(i, i)"), [0]);
  });

  it("an input that says its batch keeps it", () => {
    assert.deepEqual(
      rowsOf(loweringOf("i = keras.Input((8,), batch_size=3)\nm = keras.Model(i, layers.Dense(1)(i))")),
      ["dense (3, 1)"],
    );
  });

  it("an axis that is None is taken to be 16, and the input says so", () => {
    const { inputs } = loweringOf("m = keras.Sequential([keras.Input((None, 4)), layers.LSTM(2)])");
    assert.deepEqual(inputs[0]?.shape, [2, 16, 4]);
    assert.deepEqual(inputs[0]?.assumed, [{ axis: 1, size: 16 }]);
  });

  it("it is taken to be longer where a layer needs the room", () => {
    const sizeFor = (kernel: number) =>
      loweringOf(`i = keras.Input((None, None, 3))\nm = keras.Model(i, layers.Conv2D(2, ${kernel})(i))`).inputs[0]
        ?.shape;
    assert.deepEqual(sizeFor(16), [2, 16, 16, 3]);
    assert.deepEqual(sizeFor(17), [2, 64, 64, 3]);
    assert.deepEqual(sizeFor(75), [2, 256, 256, 3]);
    assert.deepEqual(sizeFor(999), [2, 16, 16, 3]);
  });

  it("a functional model with operations between its layers", () => {
    const lowering = loweringOf(`
a = keras.Input((10, 8))
b = keras.Input((10, 8))
y = (a + b) * 2.0 - ops.mean(a, axis=1, keepdims=True)
m = keras.Model([a, b], layers.Dense(3)(y[:, -1, :]))`);
    assert.deepEqual(rowsOf(lowering), [
      "add (2, 10, 8)",
      "multiply (2, 10, 8)",
      "mean (2, 1, 8)",
      "subtract (2, 10, 8)",
      "get_item (2, 8)",
      "dense (2, 3)",
    ]);
  });

  it("a layer that is called twice has one set of weights", () => {
    const { rows, weights } = loweringOf(`
a, b = keras.Input((4,)), keras.Input((4,))
d = layers.Dense(4)
m = keras.Model([a, b], layers.Add()([d(a), d(b)]))`);
    assert.deepEqual(
      rows.map((row) => row.name),
      ["dense", "dense", "add"],
    );
    assert.deepEqual(
      weights.map((weight) => weight.name),
      ["dense/kernel", "dense/bias"],
    );
  });

  it("the layers of a model inside it", () => {
    const [, outer] = loweringsOf(`
inner = keras.Sequential([keras.Input((8,)), layers.Dense(4)])
i = keras.Input((8,))
outer = keras.Model(i, inner(layers.Dense(8)(i)))`);
    assert.deepEqual(outer && rowsOf(outer), ["dense_1 (2, 8)", "sequential (2, 4)", "  dense (2, 4)"]);
  });

  it("a Lambda and a layer of the user's own, and why they do not give anything", () => {
    const [outer] = loweringsOf(`
class Odd(layers.Layer):
    def call(self, x):
        return ops.qr(tf.nn.relu(x))[0] + 1.0
i = keras.Input((8,))
y = layers.Lambda(lambda t: t * 2.0 + 1.0)(i)
m = keras.Model(i, layers.Dense(2)(Odd()(y)))`);
    const rows = outer ? rowsOf(outer) : [];
    assert.deepEqual(rows.slice(0, 3), ["lambda (2, 8)", "  multiply (2, 8)", "  add (2, 8)"]);
    assert.deepEqual(rows.slice(3), [
      "odd (2, 2) it is not reached: it needs what add_1 yields",
      "  relu (2, 8)",
      "  qr (2, 2) (2, 8) ONNX has no operator for keras.ops.qr",
      "  add_1 (2, 2) it is not reached: it needs what qr yields",
      "dense (2, 2) it is not reached: it needs what odd yields",
    ]);
  });

  it("a model inside TimeDistributed within the wrapper's row", () => {
    const lowering = loweringOf(`
inner = keras.Sequential([keras.Input((8,)), layers.Dense(4)])
m = keras.Sequential([keras.Input((5, 8)), layers.TimeDistributed(inner)])`);
    assert.deepEqual(rowsOf(lowering), ["time_distributed (2, 5, 4)"]);
    assert.deepEqual(
      lowering.weights.map((weight) => weight.name),
      ["dense/kernel", "dense/bias"],
    );
  });

  it("call() of the user's own classes, with its branches, loops and weights", () => {
    const lowering = loweringOf(`
class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.dense = layers.Dense(units)
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="he_normal")
    def call(self, x):
        return tf.nn.relu(tf.matmul(x, self.w)) + self.dense(x)

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(16) for _ in range(2)]
    def call(self, x, training=False):
        for block in self.blocks:
            x = block(x)
        if training:
            x = x * 2
        return tf.reshape(x, [tf.shape(x)[0], 4, 4])

net = Net()
net.build((None, 16))`);
    assert.deepEqual(
      rowsOf(lowering).map((row) => row.replace(/ \(2, 16\)$/, "")),
      [
        ...["block", "  matmul", "  relu", "  dense", "  add"],
        ...["block_1", "  matmul_1", "  relu_1", "  dense_1", "  add_1"],
        "reshape (2, 4, 4)",
      ],
    );
    assert.ok(lowering.rows.every((row) => row.problem === undefined));
    assert.deepEqual(
      lowering.rows.filter((row) => row.type === "Block").map((row) => row.params),
      [2 * 16 * 16 + 16, 2 * 16 * 16 + 16],
    );
    assert.deepEqual(lowering.weights[0]?.initializer, { name: "he_normal", args: {} });
  });
});

describe("what models are called with", () => {
  it("a model that was called on data takes as many samples as are asked for", () => {
    const { inputs, rows } = loweringOf(`
class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
    def call(self, inputs):
        x, y = inputs
        return self.dense(tf.concat([x, y], -1))
two = Two()
two([tf.zeros((1, 4)), tf.zeros((1, 5))])`);
    assert.deepEqual(
      inputs.map((input) => input.shape),
      [
        [2, 4],
        [2, 5],
      ],
    );
    assert.deepEqual(rows.at(-1)?.predicted, [[2, 3]]);
  });

  it("inputs and outputs by name", () => {
    const lowering = loweringOf(`
a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
m = keras.Model({"a": a, "b": b}, {"sum": layers.Add()([a, b]), "one": layers.Dense(1)(a)})`);
    assert.deepEqual(
      lowering.inputs.map((input) => input.input),
      ["a", "b"],
    );
    assert.deepEqual(rowsOf(lowering), ["add (2, 4)", "dense (2, 1)"]);
  });

  it("states of one layer that begin another", () => {
    const lowering = loweringOf(`
i = keras.Input((6, 8))
y, h, c = layers.LSTM(4, return_state=True)(i)
m = keras.Model(i, layers.LSTM(4, return_sequences=True)(i, initial_state=[h, c]))`);
    assert.deepEqual(rowsOf(lowering), ["lstm (2, 4) (2, 4) (2, 4)", "lstm_1 (2, 6, 4)"]);
  });

  it("an activation that is a layer, or a function of Keras's or TensorFlow's", () => {
    const last = (activation: string) =>
      loweringOf(
        `m = keras.Sequential([keras.Input((4,)), layers.Dense(2, activation=${activation})])`,
      ).rows[0]?.nodes.at(-1)?.op;
    assert.equal(last("layers.LeakyReLU(0.1)"), "LeakyRelu");
    assert.equal(last("tf.nn.relu"), "Relu");
    assert.equal(last("keras.activations.tanh"), "Tanh");
  });

  it("an activation that is any other function, in the row of the layer", () => {
    const { rows } = loweringOf(`
def snake(x, a=0.5):
    return x + ops.square(ops.sin(a * x)) / a
i = keras.Input((8, 3))
x = layers.Conv1D(4, 3, activation=snake)(i)
x = layers.Activation(lambda t: ops.abs(t))(x)
m = keras.Model(i, layers.Dense(2, activation=tf.sin)(x))`);
    assert.deepEqual(
      rows.map(({ name, problem, nodes }) => [name, problem, nodes.at(-1)?.op]),
      [
        ["conv1d", undefined, "Add"],
        ["activation", undefined, "Abs"],
        ["dense", undefined, "Sin"],
      ],
    );
  });

  it("numbers drawn in call() and positions made in it", () => {
    const lowering = loweringOf(`
class Noise(layers.Layer):
    def call(self, x):
        return x + tf.random.normal(shape=tf.shape(x))
class Positions(layers.Layer):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(10, 4)
    def call(self, x):
        return x + self.embed(tf.range(start=0, limit=tf.shape(x)[1], delta=1))
i = keras.Input((10, 4))
m = keras.Model(i, Positions()(Noise()(i)))`);
    assert.deepEqual(rowsOf(lowering), [
      ...["noise (2, 10, 4)", "  add (2, 10, 4)"],
      ...["positions (2, 10, 4)", "  embedding (10, 4)", "  add_1 (2, 10, 4)"],
    ]);
    assert.equal(lowering.rows[1]?.nodes[0]?.op, "RandomNormal");
  });

  it("what NumPy and TensorFlow made outside the model is made again, in the row that reads it", () => {
    const { rows } = loweringOf(`
import numpy as np
angles = np.arange(10)[:, np.newaxis] / np.power(10000.0, np.arange(64)[np.newaxis, :] / 64)
table = tf.cast(np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)[np.newaxis, ...], tf.float32)
class Encoding(layers.Layer):
    def call(self, x):
        return x + table[:, : tf.shape(x)[1]]
i = keras.Input((6, 128))
m = keras.Model(i, Encoding()(i))`);
    assert.deepEqual(
      rows.map(({ name, problem }) => [name, problem]),
      [
        ["encoding", undefined],
        ["add", undefined],
      ],
    );
    assert.ok(rows[1]?.nodes.some((node) => node.op === "Sin"));
  });
});

describe("a layer that is called on numbers outside the model", () => {
  it("runs in the row that reads what it gave", () => {
    const { rows, weights } = loweringOf(`
i = keras.Input((6,), dtype="int32")
positions = layers.Embedding(6, 4)(ops.arange(6))
m = keras.Model(i, layers.Embedding(9, 4)(i) + positions)`);
    assert.deepEqual(
      rows.map(({ name, problem }) => [name, problem]),
      [
        ["embedding_1", undefined],
        ["add", undefined],
      ],
    );
    assert.deepEqual(weights.map((it) => it.name).sort(), ["embedding/embeddings", "embedding_1/embeddings"]);
  });
});

describe("the memory of a run", () => {
  const peakOf = (call: string, shape: string) =>
    loweringOf(`i = keras.Input(${shape})\nm = keras.Model(i, ${call})`, 1).memory.peak;
  it("holds the gates of all steps of a recurrent layer", () => {
    assert.ok(peakOf("layers.LSTM(16)(i)", "(1000, 4)") >= 5 * 1000 * 16 * 4);
    assert.ok(peakOf("layers.GRU(16)(i)", "(1000, 4)") >= 4 * 1000 * 16 * 4);
  });
  it("holds the scores of attention, which no layer gives", () => {
    const scores = 4 * 500 * 500 * 4;
    const peak = peakOf("layers.MultiHeadAttention(4, 2)(i, i)", "(500, 4)");
    assert.ok(peak >= scores && peak < 4 * scores, `${peak}`);
  });
  it("does not grow with layers that only pass on", () => {
    const flat = peakOf("layers.Flatten()(layers.ReLU()(i))", "(100, 100)");
    assert.equal(flat, peakOf("layers.ReLU()(i)", "(100, 100)"));
  });
  it("counts what a row reads and gives twice, and its weights four times", () => {
    assert.equal(peakOf("layers.ReLU()(i)", "(100, 100)"), 2 * (40_000 + 40_000));
    assert.ok(peakOf("layers.Dense(1000, use_bias=False)(i)", "(1000,)") >= 4 * 4_000_000);
  });
});

describe("inputs are of the kind that the layers make of them", () => {
  const kindOf = (text: string) => loweringOf(text).inputs[0]?.kind;

  it("tokens within an Embedding's vocabulary, without the zero that it masks", () => {
    const model = (more: string) =>
      `m = keras.Sequential([keras.Input((6,), dtype="int32"), layers.Embedding(50, 8${more})])`;
    assert.deepEqual(kindOf(model("")), { kind: "tokens", lowest: 0, highest: 49 });
    assert.deepEqual(kindOf(model(", mask_zero=True")), { kind: "tokens", lowest: 1, highest: 49 });
  });
  it("images in [0, 1], or in [0, 255] where the model scales them", () => {
    const model = (first: string) => `m = keras.Sequential([keras.Input((28, 28, 1)), ${first}])`;
    assert.deepEqual(kindOf(model("layers.Conv2D(2, 3)")), { kind: "image", highest: 1 });
    assert.deepEqual(kindOf(model("layers.Rescaling(1 / 255)")), { kind: "image", highest: 255 });
  });
  it("numbers otherwise", () => {
    assert.deepEqual(kindOf("m = keras.Sequential([keras.Input((4,)), layers.Dense(2)])"), { kind: "float" });
  });
});

describe("weights know what fills them", () => {
  const initializers = (text: string) =>
    Object.fromEntries(loweringOf(text).weights.map((it) => [it.weight, it.initializer]));

  it("by the layer's arguments, as names or as objects, or else by Keras's default", () => {
    const found = initializers(`
m = keras.Sequential([keras.Input((4,)),
    layers.Dense(2, kernel_initializer=keras.initializers.RandomNormal(stddev=0.01), bias_initializer="ones")])`);
    assert.deepEqual(found, {
      kernel: { name: "random_normal", args: { mean: 0, stddev: 0.01 } },
      bias: { name: "ones", args: {} },
    });
  });
  it("an LSTM's recurrent kernel is orthogonal, and its forget gate begins open", () => {
    assert.deepEqual(initializers("m = keras.Sequential([keras.Input((3, 4)), layers.LSTM(2)])"), {
      kernel: { name: "glorot_uniform", args: {} },
      recurrent_kernel: { name: "orthogonal", args: { gain: 1 } },
      bias: { name: "unit_forget_bias", args: {} },
    });
  });
});

describe("tracing leaves nothing behind", () => {
  it("the report is the same after it", async () => {
    const core = await testCore();
    const text = "import keras\nm = keras.Sequential([keras.layers.Dense(2)])\nm.build((None, 4))\n";
    const project = {
      file: { path: "/m.py", text },
      answers: new Map(),
      settings: { keras: "auto", fixes: false },
    } as const;
    const before = core.analyse(project);
    assert.equal(core.lower("/m.py", 0, { batch: 7 })?.rows.length, 1);
    assert.deepEqual(core.analyse(project), before);
  });
  it("the same model twice gives the same lowering", () => {
    const text = "m = keras.Sequential([keras.Input((3, 4)), layers.Bidirectional(layers.GRU(2))])";
    assert.deepEqual(loweringOf(text), loweringOf(text));
  });
});
