/** Arrays that a script handles: what is known of their content, and what stays unknown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../../../core/interpreter/values.ts";
import { printShape } from "../../../core/tensor/shape.ts";
import { analysed } from "../ops/program.ts";

const PRELUDE = "import numpy as np\n";
const shapeOf = (value: Value): string => (value.kind === "tensor" ? printShape(value.shape) : value.kind);
const factsOf = (value: Value) => (value.kind === "tensor" ? value.facts : undefined);

test("labels keep the range that they were drawn from", async () => {
  const { variable } = await analysed(`${PRELUDE}
y = np.random.randint(0, 10, size=(100,))
half = y[:50]
column = y.reshape(-1, 1)
narrow = y.astype("uint8")
`);
  for (const name of ["y", "half", "column", "narrow"]) assert.deepEqual(factsOf(variable(name))?.range, [0, 9], name);
});

test("labels that are counted off or repeated are as many kinds as there are", async () => {
  const { variable } = await analysed(`${PRELUDE}
counted = np.arange(140) % 7
repeated = np.repeat(np.arange(13), 20).reshape(-1, 1)
shifted = np.random.randint(1, 4, 100) - 1
sparse = np.arange(0, 700, 7) % 7
below = np.random.randint(0, 4, 100) - 1
sorted = np.repeat(np.arange(13), 200)[:1000]
joined = np.concatenate([np.repeat([0], 500), np.repeat([1], 500)])
begun = joined[:400]
`);
  const known = (name: string) => [factsOf(variable(name))?.range, factsOf(variable(name))?.kinds];
  assert.deepEqual(known("counted"), [[0, 6], 7]);
  assert.deepEqual(known("repeated"), [[0, 12], 13]);
  assert.deepEqual(known("shifted"), [[0, 2], undefined]);
  // All of them are 0; a byte would not be -1.
  assert.deepEqual(known("sparse"), [undefined, undefined]);
  assert.deepEqual(known("below"), [undefined, undefined]);
  assert.deepEqual(known("joined"), [[0, 1], 2]);
  // The first of what stands in order are not of all kinds.
  assert.deepEqual(known("sorted"), [undefined, undefined]);
  assert.deepEqual(known("begun"), [undefined, undefined]);
});

test("small arrays of numbers are known", async () => {
  const { variable } = await analysed(`${PRELUDE}
a = np.array([2, 3, 4])
b = a[1:]
c = a * 2
d = np.zeros(tuple(a))
n = np.prod((28, 28, 1))
`);
  assert.deepEqual(factsOf(variable("a"))?.values, [2, 3, 4]);
  assert.deepEqual(factsOf(variable("b"))?.values, [3, 4]);
  assert.deepEqual(factsOf(variable("c"))?.values, [4, 6, 8]);
  assert.equal(shapeOf(variable("d")), "(2, 3, 4)");
  assert.deepEqual(variable("n"), { kind: "int", size: 784 });
});

/** As NumPy gives them; the widths of layers are computed so. */
const NUMBERS: Readonly<Record<string, number>> = {
  "int(16 * np.sqrt(2))": 22,
  "int(np.log2(64))": 6,
  "int(np.power(2, 3)) + int(2 ** np.float64(3))": 16,
  "np.round(24 * 2 ** 3).astype(int)": 192,
  "np.round(2.5).astype(int)": 2,
  "np.array([3.7, -3.7]).astype('int32')[1] * 2": -6,
  "int(np.max([1, 5, 3]) + np.min([4, 2]))": 7,
  "int(np.mean([2, 5]) * 2 + np.sum([1.5, 2]))": 10,
  "math.ceil(np.sqrt(50)) + math.floor(np.sqrt(50))": 15,
  "round(np.sqrt(50)) + round(24 * np.sqrt(2))": 41,
  "int(np.abs(-3) + abs(np.floor(-2.5)) - -np.rint(0.5))": 6,
  "int(np.array([1.5, 2.5])[1] / 0.5 % 3)": 2,
};
for (const [text, expected] of Object.entries(NUMBERS)) {
  test(`${text} is ${expected}`, async () => {
    const { variable } = await analysed(`${PRELUDE}import math\nn = np.zeros((100 + ${text},))\n`);
    assert.equal(shapeOf(variable("n")), `(${100 + expected},)`);
  });
}

test("a layer takes whole numbers of NumPy's, one by one and in a row", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}from keras import Input, layers
width = np.round(24 * 2 ** 1).astype(int)
x = layers.Conv2D(width, np.array([3, 3]), strides=(np.int32(1), 1))(Input((8, 8, 3)))
y = layers.Reshape((np.prod(x.shape[1:3]), width // 2, 2))(layers.Dropout(np.sqrt(0.25))(x))
z = layers.Conv2D(np.float64(4.0), 3)(x)
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("x")), "(None, 6, 6, 48)");
  assert.equal(shapeOf(variable("y")), "(None, 36, 24, 2)");
  assert.equal(shapeOf(variable("z")), "(None, 4, 4, ?)", "Keras 3 refuses it, Keras 2 takes it");
});

test("what NumPy computes in single precision, or in an order of its own, is not computed here", async () => {
  const { variable } = await analysed(`${PRELUDE}
a = np.exp(np.float32(2))
b = np.sum([0.1] * 20)
c = np.array([1, 2, 3])
c[0] = 9
d = np.max(c)
e = np.array([1, 0]) / 0
`);
  for (const name of ["a", "b", "d", "e"]) assert.equal(factsOf(variable(name))?.values, undefined, name);
});

test("an array that a program fills is not taken for zeros", async () => {
  const { variable } = await analysed(`${PRELUDE}
y = np.zeros((10,))
y[3] = 7
`);
  assert.equal(factsOf(variable("y")), undefined);
});

test("how many values a mask or a set has is not known, and that is no fault", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}
x = np.random.rand(100, 8)
kept = x[x[:, 0] > 0.5]
classes = np.unique(x)
loaded = np.load("data.npy")
both = np.concatenate([kept, kept])
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("kept")), "(?, 8)");
  assert.equal(shapeOf(variable("classes")), "(?,)");
  assert.equal(variable("loaded").kind, "unknown");
  assert.equal(shapeOf(variable("both")), "(?, 8)");
});

test("a batch of images becomes what the network wants", async () => {
  const { variable } = await analysed(`${PRELUDE}
x = np.random.rand(60, 28, 28)
x = x.reshape(x.shape[0], 28, 28, 1).astype("float32") / 255.0
train, rest = x[:50], x[50:]
first, *others = np.split(x, 3)
`);
  assert.equal(shapeOf(variable("x")), "(60, 28, 28, 1)");
  assert.equal(shapeOf(variable("train")), "(50, 28, 28, 1)");
  assert.equal(shapeOf(variable("rest")), "(10, 28, 28, 1)");
  assert.equal(shapeOf(variable("first")), "(20, 28, 28, 1)");
  const { variable: typed } = await analysed(`${PRELUDE}x = np.ones((2, 3), "float32") / 255.0\n`);
  const x = typed("x");
  assert.equal(x.kind === "tensor" ? x.dtype : undefined, "float32");
});

test("a rate that grows from block to block is a number in each, and decides its branches", async () => {
  const { variable } = await analysed(`${PRELUDE}
rates = [float(x) for x in np.linspace(0.0, 0.3, 4)]
none = [float(x) for x in np.linspace(0.0, 0.0, 3)]
first = "dropped" if np.linspace(0.0, 0.3, 4)[0] > 0.0 else "kept"
last = "dropped" if np.linspace(0.0, 0.3, 4)[-1] > 0.0 else "kept"
any_of_them = sum(1 for rate in np.linspace(0.0, 0.3, 4) if rate)
ends = np.linspace([0.0, 1.0], 1.0, 3)
half = np.linspace(0.0, 1.0, 4, endpoint=False)
rates_end, half_end = rates[-1], float(half[-1])
none_end = none[-1]
`);
  assert.deepEqual(variable("rates_end"), { kind: "float", value: 0.3 });
  assert.deepEqual(variable("none_end"), { kind: "float", value: 0 });
  assert.deepEqual(variable("first"), { kind: "str", value: "kept" });
  assert.deepEqual(variable("last"), { kind: "str", value: "dropped" });
  assert.deepEqual(variable("any_of_them"), { kind: "int", size: 3 });
  assert.equal(factsOf(variable("ends")), undefined);
  assert.equal(variable("half_end").kind, "unknown");
});

test("an element of objects or texts is not a number, and taking a part of it is no fault", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}
from keras.datasets import imdb
(x, y), _ = imdb.load_data(num_words=10000)
backwards = [review[::-1] for review in x]
begin = x[0][:5]
words = " ".join(str(index) for index in x[0])[:400]
names = np.array(["cat.1", "dog.2"])
last = names[0][-1]
label = y[0]
row = np.random.rand(3, 4)[0]
`);
  assert.deepEqual(faults, []);
  assert.equal(variable("begin").kind, "unknown");
  assert.equal(variable("last").kind, "unknown");
  assert.equal(shapeOf(variable("label")), "()");
  assert.equal(shapeOf(variable("row")), "(4,)");
});

test("the type of an array is neither a tuple's nor a list's", async () => {
  const { variable, faults } = await analysed(`${PRELUDE}
def plot(x, y, start=0, end=None):
    if type(y) is tuple:
        for one in y:
            one[start:end]
        return 1
    return y[start:end]
time = np.arange(100)
shown = plot(time, time * 2)
both = plot(time, (time, time))
same = type(time) == np.ndarray
`);
  assert.deepEqual(faults, []);
  assert.equal(shapeOf(variable("shown")), "(100,)");
  assert.deepEqual(variable("both"), { kind: "int", size: 1 });
  assert.deepEqual(variable("same"), { kind: "bool", value: true });
});

test("arrays that were gathered in a list are copied into a new one, which is no other name of the first", async () => {
  const { variable } = await analysed(`${PRELUDE}
def load(n):
    rows = []
    for _ in range(n):
        rows.append(np.random.rand(6, 5))
    return np.asarray(rows)
gathered = load(12)
def pair(a):
    return np.expand_dims((a, a), 0)
paired = pair(np.ones((3, 4)))
`);
  assert.equal(shapeOf(variable("gathered")), "(12, 6, 5)");
  assert.equal(shapeOf(variable("paired")), "(1, 2, 3, 4)");
});
