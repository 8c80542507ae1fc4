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
