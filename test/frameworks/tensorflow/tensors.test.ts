/** Sizes that are known only at run time, symbolic tensors where they do not belong, and what is no tensor function. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../../../core/interpreter/values.ts";
import { printShape } from "../../../core/tensor/shape.ts";
import { analysed } from "../ops/program.ts";

const PRELUDE = `
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
`;
const shapeOf = (value: Value): string => (value.kind === "tensor" ? printShape(value.shape) : value.kind);

/** A layer's call on a batch of any size. */
async function inCall(body: string, input = "(4, 8)"): Promise<string> {
  const { variable } = await analysed(`${PRELUDE}
class Own(layers.Layer):
    def call(self, x):
${body.replace(/^/gm, "        ")}

y = Own()(keras.Input(${input}))
`);
  return shapeOf(variable("y"));
}

test("the batch size that tf.shape tells is None again where it is used", async () => {
  assert.equal(await inCall("return tf.reshape(x, [tf.shape(x)[0], 4, 8])"), "(None, 4, 8)");
  assert.equal(await inCall("n = tf.shape(x)[0]\nreturn tf.reshape(x, (n, 2, 16))"), "(None, 2, 16)");
  assert.equal(await inCall("s = tf.shape(x)\nreturn tf.reshape(x, [s[0], s[1] * s[2]])"), "(None, 32)");
  assert.equal(await inCall("s = tf.shape(x)\nreturn tf.reshape(x, tf.concat([s[:1], [32]], 0))"), "(None, 32)");
  assert.equal(await inCall("return ops.reshape(x, (ops.shape(x)[0], 32))"), "(None, 32)");
  assert.equal(await inCall("return tf.zeros((tf.shape(x)[0], 3))"), "(None, 3)");
  assert.equal(
    await inCall("n, t, c = tf.unstack(tf.shape(x))\nreturn tf.reshape(x, tf.stack([n, c, t]))"),
    "(None, 8, 4)",
  );
});

test("static shapes of tensors are tuples with methods of their own", async () => {
  assert.equal(await inCall("return tf.reshape(x, [-1] + x.shape.as_list()[1:])"), "(None, 4, 8)");
  assert.equal(await inCall("return tf.reshape(x, (-1, x.shape[1] * x.shape[-1]))"), "(None, 32)");
  assert.equal(await inCall("_, t, c = x.get_shape().as_list()\nreturn tf.reshape(x, (-1, t * c))"), "(None, 32)");
  assert.equal(await inCall("return tf.reshape(x, (-1, np.prod(x.shape[1:])))"), "(None, 32)");
  assert.equal(await inCall("return tf.ones((x.shape.rank, x.shape.ndims))"), "(3, 3)");
});

test("a variable of Keras 3 converts the tensor that it meets, on either side, except to be compared", async () => {
  const faults = async (body: string) => {
    const { faults } = await analysed(`${PRELUDE}
class Own(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(3,))

    def call(self, x):
        return ${body}

y = Own()(keras.Input((3,), dtype="int32"))
`);
    return faults.map((it) => it.fault.code);
  };
  assert.deepEqual(await faults("self.w * x + (x - self.w) / self.w"), []);
  assert.deepEqual(await faults("self.w > x"), []);
  assert.deepEqual(await faults("x > self.w"), ["incompatible-dtypes"]);
  assert.deepEqual(await faults("x * tf.ones((3,))"), ["incompatible-dtypes"]);
});

test("a symbolic tensor in a TensorFlow function is refused, and the function of keras.ops offered", async () => {
  const text = `${PRELUDE}
x = keras.Input((3, 10))
y = tf.transpose(x, perm=[0, 2, 1])
z = layers.Dense(5)(y)
`;
  const { faults, variable } = await analysed(text);
  assert.deepEqual(
    faults.map(({ line, fault }) => [text.split("\n")[line], fault.code]),
    [["y = tf.transpose(x, perm=[0, 2, 1])", "symbolic-tensor-in-function"]],
  );
  const edits = faults[0]?.fault.repairs[0]?.edits.map((it) => it.text);
  assert.deepEqual(edits, ["ops.transpose", "axes"]);
  assert.equal(shapeOf(variable("y")), "(None, 10, 3)");
  assert.equal(shapeOf(variable("z")), "(None, 10, 5)");
});

test("operators and tf.is_tensor take symbolic tensors; NumPy's functions do not", async () => {
  const { faults } = await analysed(`${PRELUDE}
x = keras.Input((3, 10))
a = tf.ones((10,)) + x
b = x / np.sqrt(10.0)
c = tf.is_tensor(x)
d = np.mean(x)
e = np.ones((10,)) * x
`);
  assert.deepEqual(
    faults.map(({ fault }) => fault.code),
    ["symbolic-tensor-in-function", "symbolic-tensor-in-function"],
  );
});

test("a fault is told once: what follows from it raises nothing", async () => {
  const { faults } = await analysed(`${PRELUDE}
x = tf.ones((2, 3))
y = tf.reshape(x, (4, 5))
z = tf.matmul(y, tf.ones((7, 7)))
`);
  assert.deepEqual(
    faults.map(({ fault }) => fault.code),
    ["bad-reshape"],
  );
});

test("what is not known is no fault", async () => {
  const { faults, variable } = await analysed(`${PRELUDE}
import os
n = int(os.environ["N"])
x = tf.reshape(tf.ones((2, 12)), (n, 5))
y = tf.reduce_sum(tf.ones((2, 3)), axis=n)
z = tf.concat([tf.ones((2, 3)), tf.ones((n, 3))], axis=0)
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("x")), "(?, 5)");
  assert.equal(shapeOf(variable("y")), "?");
  assert.equal(shapeOf(variable("z")), "(?, 3)");
});

test("scopes, tapes and decorators let their code through", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}
strategy = tf.distribute.MirroredStrategy()
with strategy.scope():
    a = layers.Dense(3)(keras.Input((5,)))

@tf.function
def double(x):
    return x * 2

@tf.function(jit_compile=True)
def triple(x):
    return x * 3

w = tf.Variable(tf.ones((2, 3)))
with tf.GradientTape() as tape:
    b = double(triple(w))
g = tape.gradient(b, w)
w.assign_add(g)
tf.random.set_seed(1)
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("a")), "(None, 3)");
  assert.equal(shapeOf(variable("b")), "(2, 3)");
  assert.equal(shapeOf(variable("g")), "(2, 3)");
});

test("an index of which not even the rank is known is refused nowhere", async () => {
  for (const [array, index] of [
    ["tf.zeros((4, 3))", "tf.reshape(tf.range(3), elsewhere.shape)"],
    ["elsewhere.array(tf.zeros((4, 3)))", "tf.reshape(tf.range(3), elsewhere.shape)[0]"],
  ]) {
    const text = `${PRELUDE}import elsewhere\nx = ${array}\ny = x[${index}]\n`;
    assert.deepEqual(
      (await analysed(text)).faults.map((it) => it.fault.code),
      [],
      text,
    );
  }
  const vector = `${PRELUDE}y = tf.zeros((4, 3))[tf.range(2)]\n`;
  assert.deepEqual(
    (await analysed(vector)).faults.map((it) => it.fault.code),
    ["bad-argument"],
  );
});

test("a try that asks for TensorFlow 1 goes on with what TensorFlow 2 has", async () => {
  const { variable } = await analysed(`
import tensorflow as tf
x = tf.zeros((2, 3))
try:
    total = tf.reduce_sum(x, axis=-1, keep_dims=True)
except TypeError:
    total = tf.reduce_sum(x, axis=-1, keepdims=True)

def divided(x, y):
    try:
        return tf.div(x, y)
    except AttributeError:
        return tf.divide(x, y)

half = divided(x, 2.0)
try:
    from tensorflow import placeholder
    version = 1
except ImportError:
    version = 2
`);
  assert.equal(shapeOf(variable("total")), "(2, 1)");
  assert.equal(shapeOf(variable("half")), "(2, 3)");
  assert.deepEqual(variable("version"), { kind: "int", size: 2 });
});

test("where TensorFlow is told to behave as NumPy, types may meet and arrays are indices", async () => {
  for (const enable of [
    "tf.experimental.numpy.experimental_enable_numpy_behavior()",
    "from tensorflow.python.ops.numpy_ops import np_config\nnp_config.enable_numpy_behavior()",
  ]) {
    const { faults, variable } = await analysed(`${PRELUDE}
${enable}
a = tf.zeros((2, 3), tf.int32)
b = a + tf.zeros((3,))
c = tf.zeros((4, 3))[[0, 2]]
d = tf.zeros((2, 3)) + tf.zeros((4,))
`);
    assert.deepEqual(
      faults.map(({ fault }) => fault.code),
      ["incompatible-shapes"],
    );
    assert.equal(shapeOf(variable("b")), "(2, 3)");
    assert.equal(shapeOf(variable("c")), "(2, 3)");
  }
});

test("programs ask which TensorFlow there is in many ways", async () => {
  const { variable } = await analysed(`${PRELUDE}
def of(condition):
    return tf.zeros((2 if condition else 1,))
a = of(tf.__version__ < "2")
b = of(int(tf.__version__.split(".")[0]) >= 2)
c = of(tf.version.VERSION.startswith("2"))
d = of(hasattr(tf, "placeholder"))
e = of(hasattr(tf, "reshape"))
f = of(hasattr(tf, "contrib"))
`);
  assert.deepEqual(
    ["a", "b", "c", "d", "e", "f"].map((name) => shapeOf(variable(name))),
    ["(1,)", "(2,)", "(2,)", "(1,)", "(2,)", "(1,)"],
  );
});

test("loops and derivatives of keras.backend keep the shapes of what they go through", async () => {
  const { variable } = await analysed(`
import tensorflow as tf
from tf_keras import backend as K
x = tf.zeros((2, 5, 8))

def step(x, states):
    h = tf.matmul(x, tf.zeros((8, 3))) + states[0]
    return h, [h]

last, outputs, (state,) = K.rnn(step, x, [tf.zeros((2, 3))])
total = K.foldl(lambda total, it: total + it, x)
started = K.foldr(lambda total, it: total + tf.reduce_sum(it), x, initializer=tf.zeros(()))
(slope,) = K.gradients(total, [x])
`);
  assert.deepEqual(
    ["last", "outputs", "state", "total", "started", "slope"].map((name) => shapeOf(variable(name))),
    ["(2, 3)", "(2, 5, 3)", "(2, 3)", "(5, 8)", "()", "(2, 5, 8)"],
  );
});

test("keras.ops.jvp runs what it is given", async () => {
  const { variable } = await analysed(`${PRELUDE}
x = ops.ones((2, 3))
value, change = ops.jvp(lambda it: ops.sum(it, axis=1), (x,), (x,))
`);
  assert.deepEqual(
    ["value", "change"].map((name) => shapeOf(variable(name))),
    ["(2,)", "(2,)"],
  );
});

test("what is said of a record's features is what comes out of it", async () => {
  const { variable } = await analysed(`${PRELUDE}
FEATURES = {
    "image": tf.io.FixedLenFeature([], tf.string),
    "box": tf.io.FixedLenFeature((4,), dtype=tf.float32),
    "words": tf.io.FixedLenSequenceFeature([], tf.int64, allow_missing=True),
}
def read(record):
    found = tf.io.parse_single_example(record, FEATURES)
    image = tf.reshape(tf.io.decode_jpeg(found["image"], channels=3), (8, 8, 3))
    return image, found["box"], found["words"]
image, box, words = next(iter(tf.data.TFRecordDataset("some.tfrecord").map(read).batch(16)))
`);
  assert.deepEqual(
    ["image", "box"].map((name) => shapeOf(variable(name))),
    ["(?, 8, 8, 3)", "(?, 4)"],
  );
});

test("a step of one's own asks the model for its loss, which is a number", async () => {
  const { variable } = await analysed(`${PRELUDE}
class Own(keras.Model):
    def train_step(self, data):
        x, y = data
        return {"loss": self.compute_loss(x, y, self(x))}
from tf_keras import backend as K
loss = Own().compute_loss(tf.ones((2, 3)), tf.ones((2, 1)), tf.ones((2, 1)))
(text,), likely = K.ctc_decode(tf.ones((2, 9, 5)), tf.constant([9, 9]))
`);
  assert.deepEqual(
    ["loss", "text", "likely"].map((name) => shapeOf(variable(name))),
    ["()", "(2, ?)", "(2, 1)"],
  );
});

test("a complex number is a number of a type of its own", async () => {
  const body = "z = tf.cast(x, tf.complex64)\nreturn tf.abs(z * tf.exp(1j * z) * (2 * -1j))";
  assert.equal(await inCall(body), "(None, 4, 8)");
});

test("a function with a gradient of its own gives the first of its pair", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}
@tf.custom_gradient
def reverse(x):
    def grad(dy):
        return -dy
    return x[:, :2], grad

class Reverse(layers.Layer):
    def call(self, x):
        return reverse(x)

y = Reverse()(keras.Input((4,)))
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("y")), "(None, 2)");
});

test("without an axis, what tf.squeeze leaves of open axes is known when it runs", async () => {
  assert.equal(await inCall("return tf.squeeze(x)", "(None, 8)"), "?");
  assert.equal(await inCall("return tf.squeeze(x)", "(1, 8)"), "(None, 8)");
  const rows = "rows = tf.expand_dims(tf.squeeze(x), 0)\n";
  assert.equal(await inCall(`${rows}return tf.concat([rows, x], -1)`, "(None, 8)"), "(?, ?, ?)");
  assert.equal(
    await inCall(`${rows}return tf.matmul(tf.concat([rows, x], 1), tf.ones((8, 5)))`, "(None, 8)"),
    "(?, ?, 5)",
  );
});

test("resize_images of TensorFlow 1 takes align_corners where resize takes preserve_aspect_ratio", async () => {
  assert.equal(
    await inCall("return tf.compat.v1.image.resize_images(x, [9, 7], 0, True)", "(4, 8, 3)"),
    "(None, 9, 7, 3)",
  );
  assert.equal(await inCall("return tf.image.resize_images(x, [9, 7])", "(4, 8, 3)"), "unknown");
});
