/** What holds in Keras 2 alone, as tf-keras 2.21 answers it. */
import assert from "node:assert/strict";
import test from "node:test";
import { type Analysis, printShape } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();
const IMPORTS = `import tensorflow as tf
from tensorflow.keras import Input, Model, Sequential, backend as K, layers, regularizers
`;
function read(program: string, keras: 2 | 3 = 2): Analysis {
  const file = { path: "main.py", text: IMPORTS + program };
  return core.analyse({ file, answers: new Map(), settings: { keras, facts: true, fixes: false } }).analysis;
}
const errors = (program: string, keras: 2 | 3 = 2) =>
  read(program, keras).diagnostics.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));

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

test("a model counts what its metrics count in, a layer does not, and Keras 3 keeps them apart", () => {
  const program = (metric: string) => `from tensorflow.keras import metrics
class Hits(metrics.Metric):
    def __init__(self):
        super().__init__(name="hits")
        self.right = self.add_weight(name="right", shape=(5,), initializer="zeros")
class Classifier(Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(2)
        self.measured = ${metric}
    def call(self, x):
        return self.dense(x)
model = Classifier()
model(tf.zeros((1, 3)))
`;
  // What tf-keras 2.21's count_params says, less the 8 of the Dense.
  const counts: Readonly<Record<string, number | undefined>> = {
    "metrics.Mean()": 2,
    "[metrics.Mean(), metrics.SparseCategoricalAccuracy()]": 4,
    "{'a': metrics.Sum()}": 1,
    "metrics.AUC()": 800,
    "metrics.Recall(thresholds=[0.2, 0.5])": 4,
    "metrics.TruePositives()": 1,
    "metrics.MeanIoU(num_classes=3)": 9,
    "Hits()": 5,
    "metrics.MeanTensor()": undefined,
  };
  for (const [metric, more] of Object.entries(counts)) {
    const [two] = read(program(metric)).models;
    assert.deepEqual([two?.params, two?.layers.length], [more && 8 + more, 1], metric);
    if (more !== undefined) assert.equal(read(program(metric), 3).models[0]?.params, 8, metric);
  }
  const inside = program("metrics.Mean()").replace("(Model)", "(layers.Layer)");
  const model = read(`${inside}x = Input((3,))\nmodel = Model(x, Classifier()(x))\n`).models[0];
  assert.equal(model?.params, 8);
});

test("a layer counts the tf.Variables that it holds, each once; Keras 3 knows none of them", () => {
  const program = `class Table(layers.Layer):
    def __init__(self):
        super().__init__()
        self.table = tf.Variable(tf.ones((2, 3)), trainable=False)
        self.rest = [tf.Variable(tf.ones((5,))), (tf.Variable(1.0),)]
        self.again = self.table
    def call(self, x):
        return tf.matmul(x, self.table)

x = Input((2,))
model = Model(x, Table()(x))
`;
  const counted = (keras: 2 | 3) => read(program, keras).models.map(({ params, trainable }) => [params, trainable]);
  assert.deepEqual(counted(2), [[12, 6]]);
  assert.deepEqual(counted(3), [[0, 0]]);
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

test("the call decides, not compute_output_shape, which tells the axes alone where the call is not known", () => {
  const layer = (result: string) => `import somewhere
class Own(layers.Layer):
    def call(self, x):
        return ${result}
    def compute_output_shape(self, shape):
        return (None, 9)

model = Sequential([Input((9,)), Own()])
`;
  const output = (result: string) => read(layer(result)).models[0]?.outputs?.map(printShape);
  assert.deepEqual(output("tf.stack([x[0], x[0]])"), ["(2, 9)"]);
  assert.deepEqual(output("K.batch_flatten(x)"), ["(None, None)"]);
  assert.deepEqual(output("tf.reshape(x, somewhere.shape)"), ["(?, ?)"]);
});

test("an AbstractRNNCell is a layer, and a cell", () => {
  const program = `
class Cell(layers.AbstractRNNCell):
    @property
    def state_size(self):
        return 3
    def call(self, inputs, states):
        return states[0], [states[0]]
y = layers.RNN(Cell())(Input((5, 2)))
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(errors(program, 3), ["removed-in-keras-3"]);
});

test("RNN asks a cell of the program's own for sizes, and Keras 2 runs it", () => {
  const program = (cell: string) => `
class Lazy(layers.Layer):
    def __init__(self):
        super().__init__()
        self.kernel, self.recurrent = layers.Dense(5), layers.Dense(5)
    @property
    def state_size(self):
        return 5
    def call(self, x, states):
        h = self.kernel(x) + self.recurrent(states[0])
        return h[:, :2], [h]
class Nested(layers.Layer):
    state_size = [6, [6, 2]]
    output_size = 3
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 3), name="kernel")
    def call(self, x, states):
        first, (second, third) = states
        return x @ self.kernel + third[:, :1], [first, [second, third]]
x = Input((10, 3))
model = Model(x, layers.RNN(${cell}, return_sequences=True, return_state=True)(x)[0])
`;
  const told = (cell: string, keras: 2 | 3) => {
    const [model] = read(program(cell), keras).models;
    return `${model?.outputs?.map(printShape)} ${model?.params}`;
  };
  assert.deepEqual(errors(program("Lazy()")), []);
  assert.deepEqual([told("Lazy()", 2), told("Lazy()", 3)], ["(None, 10, 2) 50", "(None, 10, 5) 0"]);
  assert.deepEqual([told("Nested()", 2), told("Nested()", 3)], ["(None, 10, 3) 9", "(None, 10, 3) 9"]);
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

test("keras.utils.conv_utils answers layers of a program's own", () => {
  const program = `from tensorflow.python.keras.utils import conv_utils
from keras.utils.conv_utils import normalize_tuple as per_axis
a = Input(conv_utils.normalize_tuple(3, 2, "kernel_size") + per_axis([4, 5], 2, "strides"))
b = Input((conv_utils.conv_output_length(28, 3, conv_utils.normalize_padding("VALID"), 2, dilation=3),
           conv_utils.conv_output_length(28, 3, "same", stride=3), conv_utils.conv_output_length(28, 3, "full", 1),
           conv_utils.conv_output_length(None, 3, "same", 2)))
c = Input((conv_utils.deconv_output_length(7, 5, "valid", stride=2),
           conv_utils.deconv_output_length(7, 5, "same", None, 2),
           conv_utils.deconv_output_length(7, 5, "full", stride=2)))
`;
  const shapes = read(program).hints.map(({ contexts: [it] }) =>
    [it?.outputs ?? []].flat().map((o) => printShape(o.shape)),
  );
  assert.deepEqual(shapes.flat(), ["(None, 3, 3, 4, 5)", "(None, 11, 10, 30, None)", "(None, 17, 14, 9)"]);
});

test("a layer that keeps an initializer of TensorFlow's has the weights that it adds, and no others", () => {
  const program = `class Table(layers.Layer):
    def __init__(self, initializer=None):
        super().__init__()
        self.initializer = initializer
        if self.initializer is None:
            self.initializer = tf.random_normal_initializer(mean=0.0, stddev=0.02)
    def build(self, shape):
        self.table = self.add_weight("table", shape=[10, 4], initializer=self.initializer)
        self.scale = tf.Variable(tf.zeros_initializer()((4,)))
    def call(self, x):
        return tf.nn.embedding_lookup(self.table, x) * self.scale

x = Input((3,), dtype="int32")
model = Model(x, Table()(x))
other = Model(x, Table(tf.constant_initializer([1.0]))(x))
`;
  const { models, diagnostics } = read(program);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    models.map(({ params }) => params),
    [44, 44],
  );
});

test("an average over windows of two is what nothing is said of; Keras 3 wants to be told", () => {
  const program = "x = layers.AveragePooling2D()(Input((8, 8, 3)))";
  const [hint] = read(program).hints;
  const output = [hint?.contexts[0]?.outputs ?? []].flat()[0];
  assert.equal(output && printShape(output.shape), "(None, 4, 4, 3)");
  assert.deepEqual(errors(program, 3), ["missing-argument"]);
});

/** The shapes that the program's hints say, by the names that it binds. */
function shapes(program: string, keras: 2 | 3 = 2): readonly (readonly string[] | undefined)[] {
  return read(`${program}\nmodel = Model([a, b], [it for it in made])`, keras).models.map(({ outputs }) =>
    outputs?.map(printShape),
  );
}
const OPEN = "a = Input((None, 8))\nb = Input((10, 8))\n";

test("what meets a None is the size that it would have to be; Keras 3 says None", () => {
  const program = `${OPEN}made = [layers.Add()([a, b]), layers.Multiply()([b, a]), layers.concatenate([a, b])]`;
  assert.deepEqual(shapes(program), [["(None, 10, 8)", "(None, 10, 8)", "(None, 10, 16)"]]);
  assert.deepEqual(shapes(program, 3), [["(None, None, 8)", "(None, None, 8)", "(None, None, 16)"]]);
});

test("tensors that a layer's call joins know what any of them knows, with both", () => {
  const program = `class Join(layers.Layer):
    def call(self, xs):
        return tf.concat(xs, axis=-1)

class Stack(layers.Layer):
    def call(self, xs):
        return tf.stack(xs, axis=-1)

class Plus(layers.Layer):
    def call(self, xs):
        return layers.Add()(xs)

${OPEN}made = [Join()([a, b]), Stack()([a, b]), Plus()([a, b])]`;
  const known = [["(None, 10, 16)", "(None, 10, 8, 2)", "(None, 10, 8)"]];
  assert.deepEqual(shapes(program), known);
  assert.deepEqual(shapes(program, 3), known);
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

test("the type of a tensor in a call is neither a list nor a tuple", () => {
  const program = `class Mask(layers.Layer):
    def call(self, inputs):
        if type(inputs) is list:
            inputs, mask = inputs
        return inputs if type(inputs) in (list, tuple) else tf.reduce_sum(inputs, -1)

a = b = Input((16, 4))
made = [Mask()(a)]`;
  assert.deepEqual(shapes(program), [["(None, 16)"]]);
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

test("a layer is renamed by its _name, which is nothing to Keras 3", () => {
  const program = `x = Input((4,))
model = Model(x, layers.Dense(3, name="first")(x))
model.get_layer("first")._name = "second"
y = model.get_layer("second").output
`;
  assert.deepEqual(errors(program), []);
  assert.deepEqual(errors(program, 3), ["bad-argument"]);
});

test("Keras 3 builds no layers inside a class with its own build and compute_output_shape before data come", () => {
  const program = (build: string) => `class Own(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

${build}
    def call(self, x):
        return self.dense(x)

    def compute_output_shape(self, shape):
        return (*shape[:-1], 3)

x = Input((4,))
model = Model(x, Own()(x))
`;
  const told = (text: string, keras: 2 | 3) => read(text, keras).models.map(({ params }) => params);
  const own = program("    def build(self, shape):\n        super().build(shape)\n");
  assert.deepEqual(told(own, 3), [undefined], "none until then");
  assert.deepEqual(told(own, 2), [15]);
  assert.deepEqual(told(program("    def build(self, shape):\n        self.dense.build(shape)\n"), 3), [15]);
  assert.deepEqual(told(program(""), 3), [15]);
  const failing = program("").replace("self.dense(x)", "self.dense(x) + tf.ones((1, 7))");
  assert.deepEqual(errors(failing, 3), [], "it fails when it runs");
  assert.deepEqual(errors(failing), ["incompatible-shapes"]);
});

test("functions by the modules that TensorFlow itself is written in", () => {
  const program = `from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn

class Own(layers.Layer):
    def call(self, x):
        x = ops.convert_to_tensor(x)
        y = nn.sigmoid(x) * math_ops.reduce_sum(x, axis=-1, keepdims=True)
        return array_ops.concat([y, array_ops.expand_dims(y[:, 0], 1)], 1)

a = b = Input((4, 5))
made = [Own()(a)]`;
  assert.deepEqual(shapes(program), [["(None, 5, 5)"]]);
});

test("a weight's name comes before its shape", () => {
  const program = `class Own(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.kernel = self.add_variable("w", [4, size])
        self.bias = self.add_weight("b", [size], trainable=False)
    def call(self, x):
        return x @ self.kernel + self.bias

a = b = Input((4,))
made = [Own(3)(a)]`;
  assert.deepEqual(shapes(program), [["(None, 3)"]]);
  assert.deepEqual(errors(program), []);
  const [model] = read(`${program}\nmodel = Model(a, made[0])`).models;
  assert.deepEqual([model?.params, model?.trainable], [15, 12]);
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

test("a variable of TensorFlow's is a weight in a class that derives from Dense too", () => {
  const program = `
class Normalized(layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.copy = tf.Variable(self.kernel.read_value(), trainable=False)
    def call(self, x):
        return tf.matmul(x, self.copy)
x = Input((8,))
model = Model(x, Normalized(4)(x))
`;
  // tf_keras 2.21: a kernel and its copy, and the bias.
  assert.deepEqual(read(program).models[0]?.params, 68);
});

test("no size is a Dimension of TensorFlow 1", () => {
  const program = `
class Head(layers.Layer):
    def call(self, x):
        size = x.shape[1]
        if type(size) == tf.compat.v1.Dimension or isinstance(size, tf.compat.v1.Dimension):
            size = size.value
        return tf.reshape(x, (-1, size * x.shape[2]))
x = Input((4, 3))
model = Model(x, Head()(x))
`;
  assert.deepEqual(read(program).models[0]?.outputs?.map(printShape), ["(None, 12)"]);
});

test("what TensorFlow's own layers are written with, taken out of it", () => {
  const program = `
from tensorflow.python.framework import dtypes, tensor_shape
class Places(layers.Layer):
    def build(self, input_shape):
        input_shape = tensor_shape.TensorShape(input_shape)
        size = tensor_shape.dimension_value(input_shape[-1])
        self.kernel = self.add_weight(shape=(size, 5), dtype=dtypes.float32)
    def compute_output_shape(self, input_shape):
        return tensor_shape.TensorShape(input_shape).as_list()[:-1] + [5]
    def call(self, x):
        return tf.matmul(x, self.kernel)
x = Input((4, 3))
model = Model(x, Places()(x))
`;
  const [model] = read(program).models;
  assert.deepEqual([model?.params, model?.outputs?.map(printShape)], [15, ["(None, 4, 5)"]]);
});

test("what the graph of Keras 2 refuses, it refuses of a layer within a wrapper", () => {
  const cells = "layers.RNN(layers.LSTMCell(4))";
  assert.equal(errors(`y = layers.Bidirectional(${cells})(Input((4, 9, 3)))`).length, 1);
  assert.deepEqual(errors(`y = layers.Bidirectional(${cells})(Input((4, 3)))`), []);
  assert.equal(errors("y = layers.TimeDistributed(layers.MaxPooling1D(5))(Input((2, 4, 3)))").length, 1);
  assert.deepEqual(errors("y = layers.TimeDistributed(layers.MaxPooling1D(4))(Input((2, 4, 3)))"), []);
});
