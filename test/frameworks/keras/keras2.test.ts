/** What holds in Keras 2 alone, as tf-keras 2.21 answers it. */
import assert from "node:assert/strict";
import test from "node:test";
import { printShape } from "../../../core/index.ts";
import { core, errors, IMPORTS, OPEN, read, shapes } from "./readAsKeras2.ts";

test("keras.backend makes symbolic tensors of symbolic tensors", () => {
  const program = `x = Input((4, 3))
y = layers.Lambda(lambda it: it * 2)(K.exp(x))
size = K.shape(x)
model = Model(x, K.mean(y, axis=1))
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(read(program).models[0]?.outputs?.map(printShape), ["(None, 3)"]);
  assert.ok(errors(program, 3).includes("symbolic-tensor-in-function"), "Keras 3 refuses them");
});

test("keywords that constructors take out of the rest of their arguments", () => {
  const program = `
a = layers.Dense(2, kernel_regularizer=regularizers.l2(l=0.1), bias_regularizer=regularizers.L1(l=0.1))
b = layers.Attention(causal=True)
c = layers.LSTM(4, enable_caching_device=True)
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(errors("a = regularizers.l2(size=0.1)"), ["unknown-argument"]);
});

test("a functional model lists a loss that is added to it, and what that is made by", () => {
  const program = `x = Input((8,))
mean, spread = layers.Dense(2)(x), layers.Dense(2)(x)
model = Model(x, layers.Dense(8)(mean))
model.add_loss(K.mean(layers.Dense(1, name="judge")(spread)))
`;
  // As tf-keras 2.21 lists them, with an operation before the last; 18 + 24 + 18 + 3 parameters.
  const [model] = read(program).models;
  const rows = model?.layers.filter((it) => it.type === "AddLoss" || it.isOperation !== true).map((it) => it.name);
  assert.deepEqual(rows, ["input_1", "dense", "dense_2", "dense_1", "judge", "add_loss"]);
  assert.deepEqual([model?.layers.length, model?.params], [7, 63]);
});

test("layers that are attributes of a functional model are listed behind those of its graph", () => {
  const program = `x = Input((4,))
first = layers.Dense(3, name="first")
model = Model(x, layers.Dense(2, name="second")(x))
model.extra = first
model.more = [layers.Dense(1, name="third")]
`;
  const rows = (keras: 2 | 3) =>
    read(program, keras)
      .models[0]?.layers.map(({ name }) => name)
      .slice(1);
  assert.deepEqual(rows(2), ["second", "first", "third"]);
  assert.deepEqual(rows(3), ["second"]);
});

test("what Keras 3 needs itself is installed: a try around its import goes through", () => {
  const program = (name: string) => `
try:
    import ${name}
    size = 2
except ImportError:
    size = 1
model = Sequential([Input((4,)), layers.Dense(size)])
`;
  const output = (name: string, keras: 2 | 3) => {
    const file = { path: "main.py", text: IMPORTS + program(name) };
    const answers = new Map([[`module ${name} from main.py`, null]]);
    const { models } = core.analyse({ file, answers, settings: { keras } }).analysis;
    return models[0]?.outputs?.map(printShape);
  };
  assert.deepEqual(output("namex", 3), ["(None, 2)"]);
  assert.deepEqual(output("namex", 2), ["(None, ?)"]);
  assert.deepEqual(output("elsewhere", 3), ["(None, ?)"]);
});

test("an average over windows of two is what nothing is said of; Keras 3 wants to be told", () => {
  const program = "x = layers.AveragePooling2D()(Input((8, 8, 3)))";
  const [hint] = read(program).hints;
  const output = [hint?.contexts[0]?.outputs ?? []].flat()[0];
  assert.equal(output && printShape(output.shape), "(None, 4, 4, 3)");
  assert.deepEqual(errors(program, 3), ["missing-argument"]);
});

test("what meets a None is the size that it would have to be; Keras 3 says None", () => {
  const program = `${OPEN}made = [layers.Add()([a, b]), layers.Multiply()([b, a]), layers.concatenate([a, b])]`;
  assert.deepEqual(shapes(program), [["(None, 10, 8)", "(None, 10, 8)", "(None, 10, 16)"]]);
  assert.deepEqual(shapes(program, 3), [["(None, None, 8)", "(None, None, 8)", "(None, None, 16)"]]);
});

test("a convolution takes axes more, each a part of the batch", () => {
  const program = `a = Input((5, 6, 4))
b = Input((2, 5, 3, 8, 8))
made = [layers.Conv1D(4, 3)(a), layers.Conv2D(4, 3, data_format="channels_first")(b)]`;
  assert.deepEqual(shapes(program), [["(None, 5, 4, 4)", "(None, 2, 5, 4, 6, 6)"]]);
  assert.deepEqual(errors(program), []);
  assert.deepEqual(errors(program, 3), ["incompatible-input", "incompatible-input"]);
  assert.deepEqual(errors("layers.Conv2D(4, 3)(Input((8, 8)))"), ["incompatible-input"]);
});

test("what Keras 3's constructors refuse and those of Keras 2 take", () => {
  const program = `layers.GaussianNoise(2)
layers.GaussianDropout(1.5)
layers.Dropout(0.5, noise_shape=3)
layers.MultiHeadAttention(2, 4)(Input((6, 8)), Input((7, 8)), Input((None, 8)))
layers.ConvLSTM2D(4, 3)(Input((None, None, None, 3)))
`;
  assert.deepEqual(errors(program), []);
  assert.equal(errors(program, 3).length, 5);
  assert.deepEqual(errors("layers.Dropout(2)"), ["bad-argument"], "this one both refuse");
});

test("batch_flatten and a product of a shape know a size only where all are known, with both", () => {
  const program = `class Flat(layers.Layer):
    def call(self, x):
        return K.batch_flatten(x)

a = Input((16, 4))
b = Input((16, 4), batch_size=2)
made = [Flat()(a), Flat()(b)]`;
  assert.deepEqual(shapes(program), [["(None, None)", "(2, 64)"]]);
  assert.deepEqual(shapes(program, 3), [["(None, None)", "(2, 64)"]]);
  const product = `class Flat(layers.Layer):
    def call(self, x):
        return tf.reshape(x, [-1, tf.reduce_prod(tf.shape(x)[1:])])

a = Input((16, 4))
b = a
made = [Flat()(a)]`;
  assert.deepEqual(shapes(product), [["(None, ?)"]], "None to TensorFlow");
});

test("SyncBatchNormalization is a BatchNormalization of its own name", () => {
  const program = `from tensorflow.keras.layers.experimental import SyncBatchNormalization
x = Input((6, 4))
model = Model(x, SyncBatchNormalization()(x))
`;
  const [model] = read(program).models;
  assert.deepEqual([model?.params, model?.trainable], [16, 8]);
  const row = model?.layers[1];
  assert.deepEqual([row?.name, row?.type], ["sync_batch_normalization", "SyncBatchNormalization"]);
});

test("operations count among a model's layers, which Keras 3 does not do", () => {
  const program = `x = Input((4,))
h = tf.nn.relu(layers.Dense(4)(x) + x)
model = Model(x, layers.Dense(2)(h))
for layer in model.layers[:-1]:
    layer.trainable = False
wide = layers.Dense(len(model.layers))(model.get_layer(index=1).output)
last = layers.Dense(7)(model.layers[4].output)
both = Model(x, [wide, last])
`;
  const [model, both] = read(program).models;
  assert.deepEqual([model?.params, model?.trainable], [30, 10]);
  assert.deepEqual(both?.outputs?.map(printShape), ["(None, 5)", "(None, 7)"]);
});

test("a Sequential that is told no input takes a layer once that stands in it twice", () => {
  const program = (first: string) => `norm = layers.BatchNormalization()
model = Sequential([${first}norm, layers.Dense(4), norm, layers.Dense(2)])
y = model(Input((3,)))
`;
  const [model] = read(program("")).models;
  assert.deepEqual([model?.params, model?.layers.length], [12 + 16 + 10, 3]);
  assert.deepEqual(errors(program("")), []);
  assert.deepEqual(errors(program("Input((3,)), ")), ["shared-layer-shape"]);
  assert.deepEqual(errors(program(""), 3), ["shared-layer-shape"]);
});

test("one array of labels is held against each output", () => {
  const program = (loss: string) => `import numpy as np
x = Input((3,))
model = Model(x, [layers.Dense(1)(x), layers.Dense(1)(x)])
model.compile(loss=${loss})
model.fit(np.zeros((8, 3)), np.zeros((8, 1)))
`;
  assert.deepEqual(errors(program('["mse", "mae"]')), []);
  assert.deepEqual(errors(program('["mse", "mae"]'), 3), ["label-shape"]);
});

test("a configuration holds what the constructor takes", () => {
  const program = `a = layers.Dense.from_config(layers.Dense(3).get_config())
model = Sequential([Input((2,)), a])
`;
  assert.deepEqual(errors(program), []);
  assert.equal(read(program).models[0]?.params, 9);
});

test("to_categorical has an argument for its type, which is float32", () => {
  const program = `import numpy as np
from tensorflow.keras.utils import to_categorical
a = to_categorical([1, 2], 3)
b = to_categorical([1, 2], 3, dtype="int32")
`;
  const dtypes = (keras: 2 | 3) =>
    read(program, keras).hints.flatMap(({ contexts }) =>
      contexts.flatMap(({ outputs }) => [outputs].flat().map(({ dtype }) => dtype)),
    );
  assert.deepEqual(dtypes(2), ["float32", "int32"]);
  assert.equal(dtypes(3)[0], "float64");
});

test("a fraction of units or filters is cut, as by Python's int", () => {
  const program = `x, image = Input((8, 3)), Input((8, 8, 3))
y = layers.Dense(13 / 2)(x)
model = Model([x, image], [
    y, layers.Conv1D(6.7, 3)(y), layers.Conv2D(48 / 8, 3)(image), layers.Conv2DTranspose(6.5, 3)(image),
    layers.SeparableConv2D(6.5, 3)(image), layers.UpSampling1D(2.5)(x)])
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(read(program).models[0]?.outputs?.map(printShape), [
    "(None, 8, 6)",
    "(None, 6, 6)",
    ...["6, 6", "10, 10", "6, 6"].map((it) => `(None, ${it}, 6)`),
    "(None, 16, 3)",
  ]);
  for (const refused of [
    "LSTM(6.0)(x)",
    "Embedding(10, 4.0)(x)",
    "RepeatVector(3.0)(Input((3,)))",
    "Conv2D(6, 3.0)(image)",
  ])
    assert.deepEqual(
      errors(`x, image = Input((8, 3)), Input((8, 8, 3))\nlayers.${refused}`),
      ["bad-argument"],
      refused,
    );
});

test("predict_classes gives a class for each row, as old models do", () => {
  const program = `import numpy as np
model = Sequential([layers.Dense(3, input_shape=(2,))])
x = np.zeros((10, 2))
same = np.argmax(model.predict(x), axis=1) == model.predict_classes(x)
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(errors(program, 3), ["removed-in-keras-3"]);
});

test("a table that is cut where the time axis ends has an axis of any size, in Keras 3 too", () => {
  const program = (input: string) => `
class Positions(layers.Layer):
    def __init__(self):
        super().__init__()
        self.table = tf.zeros((1, 100, 64))
    def call(self, x):
        steps = tf.shape(x)[1]
        return x + self.table[:, :steps, :], self.table[:, :steps], self.table[:, steps:]
x = Input(${input})
model = Model(x, Positions()(x))
`;
  for (const keras of [2, 3] as const) {
    const outputs = (input: string) => read(program(input), keras).models[0]?.outputs?.map(printShape);
    assert.deepEqual(outputs("(None, 64)"), ["(None, None, 64)", "(1, None, 64)", "(1, None, 64)"]);
    assert.deepEqual(outputs("(20, 64)"), ["(None, 20, 64)", "(1, 20, 64)", "(1, 80, 64)"]);
  }
});

test("a recurrent layer is told the axes of its input one by one", () => {
  const program = `
a = Sequential([layers.LSTM(4, input_length=5, input_dim=8)])
b = Sequential([layers.GRU(4, input_dim=8)])
c = Sequential([layers.RNN(layers.LSTMCell(4), input_length=5, input_dim=8)])
d = Sequential([layers.SimpleRNN(4, input_dim=8, input_shape=(3, 4))])
`;
  assert.deepEqual(errors(program), []);
  const { models } = read(program);
  assert.deepEqual(
    models.map((it) => it.inputs?.map(printShape).join()),
    ["(None, 5, 8)", "(None, None, 8)", "(None, 5, 8)", "(None, 3, 4)"],
  );
  assert.deepEqual(errors("a = Sequential([layers.LSTM(4, input_dim=8)])", 3), ["incompatible-input"]);
});

test("what the graph of Keras 2 refuses, it refuses of a layer within a wrapper", () => {
  const cells = "layers.RNN(layers.LSTMCell(4))";
  assert.equal(errors(`y = layers.Bidirectional(${cells})(Input((4, 9, 3)))`).length, 1);
  assert.deepEqual(errors(`y = layers.Bidirectional(${cells})(Input((4, 3)))`), []);
  assert.equal(errors("y = layers.TimeDistributed(layers.MaxPooling1D(5))(Input((2, 4, 3)))").length, 1);
  assert.deepEqual(errors("y = layers.TimeDistributed(layers.MaxPooling1D(4))(Input((2, 4, 3)))"), []);
});
