import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { printShape } from "../../core/index.ts";
import { analysed } from "../frameworks/ops/program.ts";
import { analyse, openCore } from "./open.ts";

describe("loops within loops", async () => {
  const core = await openCore();
  const shapes = (text: string, type: string) =>
    analyse(core, text).hints.flatMap((hint) =>
      hint.type !== type
        ? []
        : hint.contexts.map(({ outputs }) => ("shape" in outputs ? printShape(outputs.shape) : "several")),
    );

  it("of millions of rounds leave what follows them known", () => {
    const text = `import keras
import numpy as np

def naive_add(x, y):
    x = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[i, j] += y[i, j]
    return x

x = np.random.random((20, 100))
for _ in range(1000):
    z = naive_add(x, x)
    z = np.maximum(z, 0.0)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
`;
    assert.equal(shapes(text, "Dense").at(-1), "(None, 3)");
    assert.deepEqual(shapes(text, "maximum"), ["(20, 100)"]);
  });

  it("that run a model for as long as a counter says are not followed to the end", async () => {
    const text = `import numpy as np
import tensorflow as tf
from tensorflow import keras
model = keras.Sequential([keras.Input((4,)), *[keras.layers.Dense(8) for _ in range(20)]])
step = 0
while step < 100_000:
    step += 1
    if step < 10:
        continue
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(np.zeros((32, 4), "float32"))))
    y = model(np.zeros((step, 4)))
last = keras.layers.Dense(step)
head = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
`;
    const { machine } = await analysed(text);
    assert.ok(machine.steps < 500_000, `${machine.steps} steps`);
    assert.equal(shapes(text, "Dense").at(-1), "(None, 3)");
  });

  it("of a thousand layers are followed one by one", () => {
    const text = `import keras
x = keras.Input((8,))
for stage in range(4):
    for block in range(16):
        for layer in range(16):
            x = keras.layers.Dense(8 + stage)(x)
model = keras.Model(x, x)
`;
    const params = analyse(core, text).hints.flatMap((it) =>
      it.type === "Dense" ? it.contexts.map((context) => context.params) : [],
    );
    assert.deepEqual([...new Set(params)], [72, 81, 90, 100, 110, 121, 132]);
    assert.equal(shapes(`${text}y = keras.layers.Rescaling(2)(x)\n`, "Rescaling").at(-1), "(None, 11)");
  });
});
