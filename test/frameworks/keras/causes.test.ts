import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { only, Told, testCore } from "../../programs/told.ts";

/** Where a mistake is told: at what a person would change. What is offered first mends it. */

const core = await testCore();
const HEAD =
  "import keras\nimport numpy as np\nimport pandas as pd\nimport tensorflow as tf\nfrom keras import layers, ops\n";
function told(text: string): { readonly at: string; readonly line: string; readonly after: string } {
  const whole = new Told(core, "program.py", HEAD + text);
  const found = only(
    whole.analysis.diagnostics.filter((it) => it.severity === "error"),
    whole.grave.join("; "),
  );
  const [fix] = found.fixes;
  const { start, end } = found.span;
  const line = whole.text.slice(whole.text.lastIndexOf("\n", start) + 1).split("\n")[0] ?? "";
  return { at: whole.text.slice(start, end), line, after: fix === undefined ? "" : whole.after(fix).text };
}

describe("the cause of a mistake", () => {
  it("is the yield of a sample, not where it was made", () => {
    const { line, after } = told(`
def pictures():
    while True:
        picture = np.random.rand(32, 32, 3)
        yield picture, np.array([1])

model = keras.Sequential([keras.Input((32, 32, 3)), layers.Flatten(), layers.Dense(1)])
model.compile(loss="mse")
model.fit(pictures(), steps_per_epoch=2)
`);
    assert.match(line, /yield picture/);
    assert.match(after, /yield picture\[None\], np\.array\(\[1\]\)/);
  });
  it("is the yield, with its label where that is one sample's too", () => {
    const { after } = told(`
def pictures():
    while True:
        yield np.random.rand(8), np.zeros(3)

model = keras.Sequential([keras.Input((8,)), layers.Dense(3)])
model.compile(loss="mse")
model.fit(pictures(), steps_per_epoch=2)
`);
    assert.match(after, /yield np\.random\.rand\(8\)\[None\], np\.zeros\(3\)\[None\]/);
  });
  it("is the axis that puts one batch behind the other", () => {
    const { at, after } = told(`
a, b = keras.Input((4,)), keras.Input((4,))
model = keras.Model([a, b], layers.Dense(1)(layers.Concatenate(axis=0)([a, b])))
model.compile(loss="mse")
model.fit([np.zeros((64, 4)), np.zeros((64, 4))], np.zeros(64))
`);
    assert.equal(at, "axis=0");
    assert.match(after, /Concatenate\(axis=-1\)/);
  });
  it("is the label that was read of the table and left in it", () => {
    const { at, after } = told(`
table = pd.DataFrame(np.random.rand(90, 7), columns=list("abcdefg"))
train = table.copy()
label = train["g"]
model = keras.Sequential([keras.Input((6,)), layers.Dense(1)])
model.compile(loss="mse")
model.fit(train, label)
`);
    assert.equal(at, 'train["g"]');
    assert.match(after, /label = train\.pop\("g"\)/);
  });
  it("is what a constructor was given and keeps on self", () => {
    const { at, after } = told(`
class Agent:
    def __init__(self, size):
        self.size = size
        self.model = self.build()

    def build(self):
        return keras.Sequential([layers.Dense(3, input_dim=self.size)])

agent = Agent(4)
prices = list(range(20))
state = np.array([[prices[i] - prices[i + 1] for i in range(8)]])
agent.model.predict(state)
`);
    assert.equal(at, "Agent(4)");
    assert.match(after, /Agent\(8\)/);
  });
  it("is the Dense before a Reshape whose sizes have names", () => {
    const { at } = told(`
shape = (28, 28, 1)
x = layers.Dense(shape[0])(layers.Flatten()(keras.Input((1, 50))))
x = layers.Reshape((shape[0], shape[1], 1))(x)
`);
    assert.equal(at, "shape[0]");
  });
  it("is the shape of a weight, not the call around it", () => {
    const { at } = told(`
class Linear(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(32, input_shape[-1]),
        )

    def call(self, x):
        return ops.matmul(x, self.w)

y = Linear()(keras.Input((20,)))
`);
    assert.equal(at, "shape=(32, input_shape[-1])");
  });
  it("is a weight in one row where a product wants a matrix", () => {
    const { at, after } = told(`
class Scores(layers.Layer):
    def build(self, shape):
        self.v = self.add_weight(shape=(shape[-1],))

    def call(self, x):
        return tf.matmul(x, self.v)

y = Scores()(keras.Input((12, 8)))
`);
    assert.equal(at, "shape=(shape[-1],)");
    assert.match(after, /shape=\(shape\[-1\], 1\)/);
  });
  it("is the axis that colours are stacked along, rather than what they are then", () => {
    const { after } = told(`
red, green, blue = np.zeros((30, 24, 24)), np.zeros((30, 24, 24)), np.zeros((30, 24, 24))
pictures = np.stack([red, green, blue], axis=1)
model = keras.Sequential([keras.Input((24, 24, 3)), layers.Conv2D(4, 3)])
model.predict(pictures)
`);
    assert.match(after, /np\.stack\(\[red, green, blue\], axis=-1\)/);
  });
  it("is the axis that went over the samples", () => {
    const { line, after } = told(`
rows = np.eye(4)[np.random.randint(0, 4, 40)]
y = np.argmax(rows, axis=0)
model = keras.Sequential([keras.Input((5,)), layers.Dense(4, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.zeros((40, 5)), y)
`);
    assert.match(line, /argmax/);
    assert.match(after, /np\.argmax\(rows, axis=-1\)/);
  });
  it("is the axis along which sequences are joined", () => {
    const { after } = told(`
x = layers.Concatenate()([keras.Input((10, 16)), keras.Input((6, 16))])
`);
    assert.match(after, /layers\.Concatenate\(axis=1\)/);
  });
  it("is the order of labels, of which one is a row of numbers", () => {
    const whole = new Told(
      core,
      "program.py",
      `${HEAD}
x = keras.Input((10,))
outputs = [layers.Dense(1)(x), layers.Dense(4, activation="softmax")(x)]
model = keras.Model(x, outputs)
model.compile(loss=["mse", "categorical_crossentropy"])
numbers, kinds = np.zeros(20), np.eye(4)[np.zeros(20, int)]
model.fit(np.zeros((20, 10)), [kinds, numbers])
`,
    );
    const [found] = whole.coded("label-shape");
    const [fix] = found?.fixes ?? [];
    assert.ok(fix, whole.grave.join("; "));
    assert.match(whole.after(fix).text, /\[numbers, kinds\]/);
  });
  it("is the label for each step of a model that answers once", () => {
    const { at, after } = told(`
y = np.zeros((40, 10, 2))
model = keras.Sequential([keras.Input((10, 3)), layers.Flatten(), layers.Dense(2)])
model.compile(loss="mse")
model.fit(np.zeros((40, 10, 3)), y)
`);
    assert.equal(at, "y");
    assert.match(after, /fit\(np\.zeros\(\(40, 10, 3\)\), y\[:, -1\]\)/);
  });
  it("is where labels are given that were filled in the axes that they were made with", () => {
    const { at, after } = told(`
x = keras.Input((14,))
outputs = [layers.Dense(64, activation="softmax", name="move")(x), layers.Dense(1, name="value")(x)]
model = keras.Model(x, outputs)
model.compile(loss={"move": "categorical_crossentropy", "value": "mse"})
moves = np.zeros((20, 8, 8))
for k in range(20):
    moves[k, np.random.randint(8), np.random.randint(8)] = 1
model.fit(np.zeros((20, 14)), {"move": moves, "value": np.zeros(20)})
`);
    assert.equal(at, "moves");
    assert.match(after, /\{"move": moves\.reshape\(-1, 64\), "value"/);
  });
  it("is the weights that are given, where they are of all rows, and not what those were made of", () => {
    const { at, after } = told(`
x, y = np.zeros((300, 8)), np.random.randint(0, 2, 300)
weights = np.where(y == 1, 5.0, 1.0)
model = keras.Sequential([keras.Input((8,)), layers.Dense(1, "sigmoid")])
model.compile(loss="binary_crossentropy")
model.fit(x[:240], y[:240], sample_weight=weights)
`);
    assert.equal(at, "sample_weight=weights");
    assert.doesNotMatch(after, /randint\(0, 2, 240\)/);
  });
  it("is a number where a shape is wanted", () => {
    const { at, after } = told("\nx = keras.Input(shape=(30))\n");
    assert.equal(at, "shape=(30)");
    assert.match(after, /Input\(shape=\(30,\)\)/);
  });
  it("is a number where the first layer's shape is wanted, read off the data", () => {
    const { at, after } = told(`
rows = np.zeros((20, 6))
model = keras.Sequential([layers.Dense(8, input_shape=rows.shape[1]), layers.Dense(1)])
`);
    assert.equal(at, "input_shape=rows.shape[1]");
    assert.match(after, /input_shape=\(rows\.shape\[1\],\)/);
  });
  it("is one upsampling too few where a loop makes the others", () => {
    const { after } = told(`
x = inputs = keras.Input((64, 64, 3))
for _ in range(3):
    x = layers.MaxPooling2D()(x)
for _ in range(2):
    x = layers.UpSampling2D(2)(x)
model = keras.Model(inputs, layers.Conv2D(4, 3, padding="same", activation="softmax")(x))
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.zeros((8, 64, 64, 3)), np.zeros((8, 64, 64, 1)))
`);
    assert.match(after, /padding="same", activation="softmax"\)\(layers\.UpSampling2D\(2\)\(x\)\)/);
  });
});
