import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HEADER, loweringOf, rowsOf } from "./open.ts";

describe("what cannot be lowered", () => {
  it("is refused by its name, and only what needs it is not reached", () => {
    const lowering = loweringOf(`
i = keras.Input((8,))
left = layers.Dense(4)(i)
right = ops.erfinv(i)
m = keras.Model(i, layers.Concatenate()([left, layers.Dense(4)(right)]))`);
    const problems = new Map(lowering.rows.map((row) => [row.name, row.problem]));
    assert.equal(problems.get("erfinv"), "ONNX has no operator for keras.ops.erfinv");
    assert.equal(problems.get("dense"), undefined);
    assert.equal(problems.get("dense_1"), "it is not reached: it needs what erfinv yields");
    assert.equal(problems.get("concatenate"), "it is not reached: it needs what dense_1 yields");
  });

  it("says where the layer is made", () => {
    const text = "m = keras.Sequential([keras.Input((8,)), layers.Dense(4)])";
    const { rows } = loweringOf(text);
    const start = HEADER.length + text.indexOf("layers.Dense");
    assert.equal(rows[0]?.location?.span.start, start);
  });

  it("a model whose input nobody states has a reason and no rows", () => {
    const lowering = loweringOf("m = keras.Sequential([layers.Dense(4)])");
    assert.equal(lowering.rows.length, 0);
    assert.match(lowering.problem ?? "", /input is not known/);
  });

  it("says where the input is made that it knows no size of, and why", () => {
    const text = "import gym\nn = gym.make('x').n\ni = keras.Input((n,))\nm = keras.Model(i, layers.Dense(2)(i))";
    const { problem, location, lacksShape } = loweringOf(text);
    assert.equal(problem, "the size of axis 1 of input_layer is not known: the module gym is not read yet");
    assert.equal(location?.span.start, HEADER.length + text.indexOf("keras.Input"));
    assert.equal(lacksShape, true);
  });

  it("refuses an array that was written into in a way that it does not follow, by the reason", () => {
    const reasonOf = (written: string) =>
      loweringOf(`
import numpy as np, os
t = np.zeros((80, 4))
${written}
class Table(layers.Layer):
    def call(self, x):
        return x + t[0]
i = keras.Input((4,))
m = keras.Model(i, Table()(i))`).rows.at(-1)?.problem;
    const unfollowed = "what it reads was written into in place, in a way that is not followed";
    const cases = "whether it was written into differs between the cases";
    const perhaps = "whether it was written into is not known";
    assert.deepEqual(
      [
        "np.random.shuffle(t)",
        `u = t\n${"u = u[::-1]\n".repeat(3000)}u[0] = 1`,
        "np.fill_diagonal(t[:4], 1)",
        "u = t.T.reshape(-1)\nu[0] = 1",
        "u = t\nif os.path.exists('x'): u[0] = 1",
        "for row in t: row[0] = 1",
        "t.flat[3] = 1",
        "u = t if os.path.exists('x') else np.ones((80, 4))\nu[0] = 1",
        "u = np.ones(4)\nif os.path.exists('x'): u = t[0]\nv = u[:2]\nv += 1",
        "u = [t, np.ones(4)][len(os.environ)]\nu.fill(1)",
        "u = t if os.path.exists('x') else None\nif u is not None: u[0] = 1",
        "u = np.zeros((80, 4))\nv = u if os.path.exists('x') else t\nu[0] = 1\nt = v",
      ].map(reasonOf),
      [...Array(4).fill(unfollowed), ...Array(3).fill(cases), ...Array(3).fill(perhaps), cases, unfollowed],
    );
  });

  it("ends where rounds of a loop that are not told apart make a circle of views", () => {
    const { rows } = loweringOf(`
import numpy as np
class Data:
    def __init__(self, width=7):
        if self.length < 0:
            self.length = 5
        x = np.random.rand(n, self.length * 2, self.width)
        for i in range(x.shape[0]):
            for j in range(x.shape[1]):
                x[i, j, :] = x[i, j, :] / np.linalg.norm(x[i, j, :])
i = keras.Input((4,))
m = keras.Model(i, layers.Dense(2)(i))`);
    assert.equal(rows.at(-1)?.problem, undefined);
  });

  it("looks at few of the arrays that are made of one another to know how one lies in memory", () => {
    const made = "v = v * v\n".repeat(60);
    const { rows } = loweringOf(`
import numpy as np
v = np.ones((2, 2))
${made}v.reshape(-1)[0] = 1
i = keras.Input((4,))
m = keras.Model(i, layers.Dense(2)(i))`);
    assert.equal(rows.at(-1)?.problem, undefined);
  });

  it("variables of a layer are weights that begin as the program says, those of nobody constants", () => {
    const lowering = loweringOf(`
import numpy as np
class Own(layers.Layer):
    def __init__(self):
        super().__init__()
        self.table = keras.Variable(np.eye(2), trainable=False, name="table")
        self.gains = [keras.Variable(0.5), keras.Variable(ops.ones((50, 2)))]
        self.own = tf.Variable([1.0, 2.0])
    def call(self, x):
        return ops.matmul(x, self.table) * self.gains[0] + self.gains[1] + self.own
i = keras.Input((50, 2))
m = keras.Model(i, Own()(i))`);
    assert.deepEqual(
      lowering.rows.map((it) => it.problem),
      lowering.rows.map(() => undefined),
    );
    assert.deepEqual(
      lowering.weights.map(({ weight, initializer: { name, args, values } }) => [weight, values ?? [name, args]]),
      [
        ["table", ["identity", {}]],
        ["variable", ["constant", { value: 0.5 }]],
        ["variable", ["ones", {}]],
      ],
    );
    assert.deepEqual(
      lowering.saved.variables.map((it) => [it.path, it.tensor]),
      [
        ["layers/own/vars/0", "own/variable"],
        ["layers/own/vars/1", "own/variable#1"],
        ["layers/own/vars/2", "own/table"],
      ],
    );
  });

  it("says which of several outputs is not known, which no data would tell", () => {
    const { problem, lacksShape } = loweringOf(
      "import gym\ni = keras.Input((4,))\nm = keras.Model(i, [layers.Dense(2)(i), gym.make(i)])",
    );
    assert.equal(problem, "the shape of functional's input is not known: the module gym is not read yet");
    assert.equal(lacksShape, false);
  });

  it("says why a size is not known that a layer needs", () => {
    const made = (layer: string) =>
      rowsOf(loweringOf(`import gym\nm = keras.Sequential([keras.Input((8,), dtype="int32"), ${layer}])`));
    assert.deepEqual(made("layers.Embedding(gym.n, 4)"), [
      "embedding (2, 8, 4) the size of its embeddings is not known: the module gym is not read yet",
    ]);
    assert.deepEqual(made("layers.Dense(gym.n)"), [
      "dense a size of its output is not known: the module gym is not read yet",
    ]);
  });

  it("a call that raises is refused in the words of its diagnostic", () => {
    const lowering = loweringOf("m = keras.Sequential([keras.Input((3, 16)), layers.Reshape((10, 16))])");
    assert.match(lowering.rows[0]?.problem ?? "", /does not go/);
  });
});
