/** Classes of a program's own in Keras 2, and what they hold, as tf-keras 2.21 answers it. */
import assert from "node:assert/strict";
import test from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";
import { errors, OPEN, read, shapes } from "./readAsKeras2.ts";

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

test("the shape that Keras 2 builds for is TensorFlow's, also one of several", async () => {
  const core = await openCore();
  const text = `import tensorflow as tf
class One(tf.keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight("w", shape=[3, shape.as_list()[-1]])
        self.v = self.add_weight("v", shape=[640, shape.ndims])
    def call(self, inputs):
        return inputs * 2
class First(One):
    def build(self, shapes):
        first, _ = shapes
        super().build(first)
    def call(self, inputs):
        return inputs[0] * 2
x, y = tf.keras.Input((20, 32)), tf.keras.Input((20, 3))
one = tf.keras.Model(x, One()(x))
several = tf.keras.Model([x, y], First()([x, y]))
`;
  const { models } = core.analyse({ ...projectOf(text), settings: { keras: 2, fixes: false } }).analysis;
  assert.deepEqual(
    models.map((it) => it.params),
    [3 * 32 + 640 * 3, 3 * 32 + 640 * 3],
  );
});
