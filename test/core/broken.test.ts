import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../core/index.ts";
import { analyse, openCore } from "./open.ts";

const core = await openCore();

/** What the hints say, by the text that they stand at: the shape of the first context and the parameters. */
function shown(text: string): ReadonlyMap<string, string> {
  core.forget("main.py");
  const { hints, diagnostics } = analyse(
    core,
    `import keras\nfrom keras.layers import Dense, LSTM, Embedding\n${text}`,
  );
  assert.deepEqual(
    diagnostics.map((it) => it.message),
    [],
  );
  const start = "import keras\nfrom keras.layers import Dense, LSTM, Embedding\n".length;
  return new Map(
    hints.map(({ span, contexts: [first] }) => {
      const outputs = [first?.outputs ?? []].flat();
      const shapes = outputs.map((it) => printShape(it.shape)).join(" ");
      return [text.slice(span.start - start, span.end - start), `${shapes} ${first?.params ?? "?"}`];
    }),
  );
}

test("a model that half a call may have changed says no number and raises no error", () => {
  const hints = shown(
    ["r = keras.Sequential()", "r.add(keras.Input((40,)))", "r.add(Embedding(100", "r.add(LSTM(8))", ""].join("\n"),
  );
  assert.match(hints.get("keras.Sequential()") ?? "", /\? \?$/);
});

test("what is fit or compiled half stays what it is", () => {
  const hints = shown(
    [
      "n = keras.Sequential([keras.Input((3,)), Dense(2)])",
      'n.compile("adam", ',
      "y = n(keras.Input((3,)))",
      "n.fit(y",
      "z = n(keras.Input((3,)))",
      "",
    ].join("\n"),
  );
  assert.equal(hints.get("n(keras.Input((3,)))"), "(None, 2) 8");
});

test("a list that may be longer now is not counted, by whatever name", () => {
  const hints = shown(
    "sizes = [3]\nother = sizes\nsizes.append(\nx = [keras.Input((n,)) for n in other]\nkeras.Input((len(other),))\n",
  );
  assert.equal(hints.get("keras.Input((len(other),))"), "(None, ?) 0");
});

test("what is only read keeps its value", () => {
  const hints = shown(
    "sizes = [3]\nx = Dense(sizes[0], \nkeras.Input((sizes[0],))\nfor n in sizes\nkeras.Input(sizes)\n",
  );
  assert.equal(hints.get("keras.Input((sizes[0],))"), "(None, 3) 0");
  assert.equal(hints.get("keras.Input(sizes)"), "(None, 3) 0");
});

test("a function whose return is being written gives nobody knows what", () => {
  const hints = shown(
    "def f(x):\n    if x.shape[1] > 2:\n        return Dense(4)(x\n    return x\ny = f(keras.Input((3,)))\n",
  );
  assert.equal(hints.has("f(keras.Input((3,)))"), false);
});

test("an attribute that is being set is unknown; the others of the object stay", () => {
  const model = (line: string) =>
    `class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = Dense(4)
        ${line}
        self.last = Dense(2)
    def call(self, x):
        return self.last(self.first(x))
net = Net()
y = net(keras.ops.ones((2, 3)))
`;
  assert.equal(shown(model("pass")).get("Net()"), "(2, 2) 26");
  for (const line of ["self.middle = Dense(", "self.middle = [Dense(3), ", "self.w = self.add_weight("]) {
    const hints = shown(model(line));
    assert.equal(hints.get("Net()"), "(2, 2) ?", line);
    assert.equal(hints.get("self.last(self.first(x))"), "(2, 2) 10", line);
  }
});

test("an import that is being written takes no other name away", () => {
  for (const line of ["from keras", "import keras.", "from keras.layers import (Conv2D", "import "]) {
    assert.equal(
      shown(`${line}\nx = Dense(2)(keras.Input((3,)))\n`).get("Dense(2)(keras.Input((3,)))"),
      "(None, 2) 8",
      line,
    );
  }
});

test("a model stays as it is while its last line is being written", () => {
  const hints = shown("r = keras.Sequential()\nr.add(keras.Input((4,)))\nfor n in [1, 2]:\n    r.add(Dense(n");
  assert.equal(hints.get("keras.Sequential()"), "(None, 4) 0");
});

test("a class whose call is being written has no number of weights", () => {
  const hints = shown(
    "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.d = Dense(3)\n" +
      "    def call(self, x\nnet = Net()\nnet(keras.ops.ones((2, 3)))\n",
  );
  assert.match(hints.get("Net()") ?? "", /\?$/);
});

test("a decorator that is being written is nothing: what it stands before stays what it was", () => {
  for (const decorator of ["@", "@keras.", "@keras.saving.register_keras_serializable(pa", "@tf.function(a=)"]) {
    const hints = shown(`${decorator}\ndef block(n):\n    return Dense(n)(keras.Input((3,)))\ny = block(2)\n`);
    assert.equal(hints.get("Dense(n)(keras.Input((3,)))"), "(None, 2) 8", decorator);
    assert.equal(hints.get("block(2)"), "(None, 2) ?", decorator);
  }
});

test("a decorator that is being written takes none of the others away", () => {
  const lines = [
    "class A:",
    "    @(",
    "    @staticmethod",
    "    def f(n):",
    "        return Dense(n)(keras.Input((3,)))",
  ];
  assert.equal(shown([...lines, "A().f(2)", ""].join("\n")).get("A().f(2)"), "(None, 2) ?");
});

test("a return outside a function ends nothing", () => {
  const lines = [
    "class Own(keras.layers.Layer):",
    "    return 3",
    "    def __init__(self, n):",
    "        super().__init__()",
  ];
  const more = ["        self.d = Dense(n)", "    def call(self, x):", "        return self.d(x)", "return 4"];
  const hints = shown([...lines, ...more, "y = Own(4)(keras.Input((3,)))", ""].join("\n"));
  assert.equal(hints.get("Own(4)(keras.Input((3,)))"), "(None, 4) 16");
});
