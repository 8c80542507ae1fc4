/** What a program says itself of shapes: `keras.Operation`, and `compute_output_shape`, as Keras 3.15.1 takes them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";

const IMPORTS = "import keras, tree\nfrom keras import layers, ops, KerasTensor\n";
const modelOf = async (program: string) => {
  const core = await openCore();
  // The project has no module of its own by that name.
  const answers = new Map([["module tree from main.py", null]]);
  const { models, diagnostics } = core.analyse({ ...projectOf(IMPORTS + program), answers }).analysis;
  const rows = models[0]?.layers.map(({ name, output }) => {
    const outputs = output === undefined ? [] : "shape" in output ? [output] : output;
    return [name, ...outputs.map(({ shape }) => printShape(shape))].join(" ");
  });
  return { rows, severities: diagnostics.map((it) => it.severity) };
};

test("an operation of the user's own: its class says the shape, its call runs in a layer's", async () => {
  const program = `
class Total(keras.Operation):
    def __init__(self, axis=-1):
        super().__init__()
        self.axis = axis
    def call(self, x):
        return ops.sum(x, axis=self.axis)
    def compute_output_spec(self, x):
        return KerasTensor(x.shape[:-1], dtype=x.dtype)
def total(x):
    for it in tree.flatten({"x": [x]}):
        if isinstance(it, KerasTensor):
            return Total().symbolic_call(x)
    return ops.sum(x, axis=(1, 2))
class Layer(layers.Layer):
    def call(self, x):
        return total(x)
x = keras.Input((4, 3))
model = keras.Model(x, [total(x), Total()(x), Layer()(x)])
`;
  assert.deepEqual(await modelOf(program), {
    rows: ["input_layer (None, 4, 3)", "total (None, 4)", "total_1 (None, 4)", "layer (None,)"],
    severities: [],
  });
});

test("a size that compute_output_shape leaves open is not any size, though its call makes it so", async () => {
  const program = `
class Joined(layers.Layer):
    def call(self, x):
        return ops.reshape(x, (ops.shape(x)[0], -1, ops.shape(x)[-1]))
    def compute_output_shape(self, shape):
        return (shape[0], shape[1] * shape[2], shape[3])
size = int(input())
x = keras.Input((64,))
model = keras.Model(x, Joined(name="joined")(layers.Reshape([size, size, 4], name="square")(x)))
`;
  const { rows } = await modelOf(program);
  assert.equal(rows?.at(-1), "joined (None, ?, 4)");
});

test("compute_output_shape may put shapes into lists and tuples at any depth", async () => {
  const program = `
class Steps(layers.Layer):
    def call(self, x):
        return [x, x + 1], ops.mean(x, axis=-1)
    def compute_output_shape(self, shape):
        return [shape] * 2, shape[:-1]
x = keras.Input((4, 3))
(a, b), c = Steps()(x)
model = keras.Model(x, [a, b, c])
`;
  const steps = "steps (None, 4, 3) (None, 4, 3) (None, 4)";
  assert.deepEqual(await modelOf(program), { rows: ["input_layer (None, 4, 3)", steps], severities: [] });
});

test("a Lambda's output_shape is taken for true, and its function runs when the first data come", async () => {
  const program = `
x = keras.Input((4, 6))
last = layers.Lambda(lambda it: ops.squeeze(it, 2), output_shape=lambda shape: (shape[0], shape[1]), name="a")(x)
other = layers.Lambda(lambda it: ops.sum(it, -1), output_shape=(9, 9), name="b")(x)
halves = layers.Lambda(lambda it: ops.split(it, 2, -1), output_shape=[(4, 3), (4, 3)], name="c")(x)
model = keras.Model(x, [last, other, *halves])
`;
  const { rows, severities } = await modelOf(program);
  assert.deepEqual(rows, ["input_layer (None, 4, 6)", "a (None, 4)", "b (None, 9, 9)", "c (None, 4, 3) (None, 4, 3)"]);
  assert.deepEqual(severities, ["warning"], "what squeeze refuses, Keras notices when it is fitted");
});
