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
