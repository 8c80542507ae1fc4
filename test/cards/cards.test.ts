import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MODEL_FILE } from "../core/modelFile.ts";
import { analyse, openCore } from "../core/open.ts";
import { cardAt, pointAt, told } from "./pointing.ts";

describe("the card of a layer", () => {
  it("has the call with resolved arguments, defaults left out", async () => {
    const card = await cardAt(
      `units = 8 * 8\nx = keras.Input((10,))\ny = layers.¦Dense(units, "relu", use_bias=True, name="top")(x)`,
    );
    assert.equal(card.kind, "layer");
    assert.equal(card.title, "Dense");
    assert.equal(card.call, `Dense(units=64, activation="relu")`);
    assert.equal(card.name, "top");
    assert.equal(card.documentation, "https://keras.io/api/layers/core_layers/dense/");
    assert.match(card.summary ?? "", /^Projects the last axis/);
  });
  it("has weights, the formula, products and memory", async () => {
    const card = await cardAt(`x = keras.Input((64,))\ny = layers.Den¦se(10)(x)`);
    const [context, ...others] = card.contexts;
    assert.deepEqual(others, []);
    assert.deepEqual(context?.weights, [
      { name: "kernel", shape: [64, 10], dtype: "float32", trainable: true },
      { name: "bias", shape: [10], dtype: "float32", trainable: true },
    ]);
    assert.equal(context?.formula, "(64 + 1) × 10 = 650");
    assert.equal(context?.params, 650);
    assert.equal(context?.weightBytes, 2600);
    assert.equal(context?.macs, 640);
    assert.equal(context?.bytes, 40);
    assert.equal(told(context?.inputs), "(None, 64) float32");
    assert.equal(told(context?.outputs), "(None, 10) float32");
  });
  it("tells its contexts apart, with their callers", async () => {
    const { card, text } = await pointAt(
      `def head(x, n):\n    return layers.De¦nse(n)(x)\n\nx = keras.Input((4,))\na = head(x, 2)\nb = head(a, 3)`,
    );
    const rows = card?.contexts.map(({ inputs, outputs, formula, callers }) => [
      told(inputs),
      told(outputs),
      formula,
      callers.map(({ span }) => text.slice(span.start, span.end)),
    ]);
    assert.deepEqual(rows, [
      ["(None, 4) float32", "(None, 2) float32", "(4 + 1) × 2 = 10", ["head(x, 2)"]],
      ["(None, 2) float32", "(None, 3) float32", "(2 + 1) × 3 = 9", ["head(a, 3)"]],
    ]);
  });
  it("is found from its arguments, from the module's name, and behind the last character", async () => {
    for (const call of [
      `layers.Dense(¦64)`,
      `layers.Dense(64, activation=¦"relu")`,
      `lay¦ers.Dense(64)`,
      `layers.Dense(64)¦`,
    ]) {
      assert.equal((await cardAt(`x = keras.Input((4,))\ny = ${call}(x)`)).title, "Dense", call);
    }
  });
  it("is there before it is called", async () => {
    const card = await cardAt(`lone = layers.¦Conv2D(8, kernel_size=(3, 3), padding="valid")`);
    assert.equal(card.call, "Conv2D(filters=8, kernel_size=(3, 3))");
    assert.deepEqual(card.contexts, [
      {
        params: undefined,
        weights: [],
        inputs: [],
        outputs: undefined,
        callers: [],
        bytes: undefined,
        formula: undefined,
        macs: undefined,
        trainable: undefined,
        weightBytes: undefined,
      },
    ]);
  });
  it("says what is frozen", async () => {
    const card = await cardAt(`d = layers.Dense(2)\ny = ¦d(keras.Input((3,)))\nd.trainable = False`);
    assert.equal(card.contexts[0]?.trainable, 0);
    assert.equal(card.contexts[0]?.params, 8);
    assert.ok(card.contexts[0]?.weights.every((it) => !it.trainable));
  });
  it("names the weights of layers inside a layer of the user's", async () => {
    const card = await cardAt(
      `class Block(layers.Layer):\n    def __init__(self):\n        super().__init__()\n` +
        `        self.up = layers.Dense(4, name="up")\n    def call(self, x):\n        return self.up(x)\n\n` +
        `y = ¦Block()(keras.Input((2,)))`,
    );
    assert.equal(card.title, "Block");
    assert.deepEqual(
      card.contexts[0]?.weights.map((it) => it.name),
      ["up/kernel", "up/bias"],
    );
    assert.equal(card.contexts[0]?.params, 12);
  });
});

describe("the card of a name", () => {
  const source = (line: string) =>
    `units = 12\nlayer = layers.Dense(units)\nx = keras.Input((3,))\ny = layer(x)\ny = layers.Dense(5)(y)\n` +
    `model = keras.Model(x, y)\ndata = np.zeros((8, 3))\n${line}`;
  it("is that of the layer it is bound to, with its calls", async () => {
    const card = await cardAt(source("print(lay¦er)"));
    assert.equal(card.call, "Dense(units=12)");
    assert.equal(told(card.contexts[0]?.outputs), "(None, 12) float32");
  });
  it("is that of the model", async () => {
    const card = await cardAt(source("mod¦el.summary()"));
    assert.equal(card.kind, "model");
    assert.equal(card.title, "Functional");
    const [context] = card.contexts;
    assert.equal(context?.params, 48 + 65);
    assert.equal(context?.weightBytes, 4 * (48 + 65));
    assert.equal(told(context?.inputs), "(None, 3) float32");
    assert.equal(told(context?.outputs), "(None, 5) float32");
  });
  it("is that of a tensor where it is read, and of the new one where it is bound", async () => {
    const read = `x = keras.Input((3,))\nx = layers.Dense(4)(¦x)`;
    assert.equal(told((await cardAt(read)).contexts[0]?.outputs), "(None, 3) float32");
    assert.equal((await cardAt(read)).reason, "from line 4: keras.Input((3,))");
    assert.equal(
      told((await cardAt(`x = keras.Input((3,))\n¦x = layers.Dense(4)(x)`)).contexts[0]?.outputs),
      "(None, 4) float32",
    );
  });
  it("has a tensor in each context", async () => {
    const card = await cardAt(
      `def f(x):\n    return layers.ReLU()(¦x)\n\na = f(keras.Input((2,)))\nb = f(keras.Input((3,)))`,
    );
    assert.deepEqual(
      card.contexts.map((it) => told(it.outputs)),
      ["(None, 2) float32", "(None, 3) float32"],
    );
  });
  it("has an array's shape, type and bytes", async () => {
    const card = await cardAt(source("model.predict(¦data)"));
    assert.equal(card.kind, "data");
    assert.equal(told(card.contexts[0]?.outputs), "(8, 3) float64");
    assert.equal(card.contexts[0]?.bytes, 8 * 3 * 8);
  });
  it("has the value of a size and where it was set", async () => {
    const card = await cardAt(source("z = layers.Dense(uni¦ts)(y)"));
    assert.equal(card.kind, "dimension");
    assert.equal(card.reason, "12, from line 4: units = 12");
  });
  it("has every value that a parameter takes", async () => {
    const card = await cardAt(
      `def f(x, n):\n    return layers.Dense(¦n)(x)\n\na = f(keras.Input((2,)), 4)\nb = f(a, 5)`,
    );
    assert.equal(card.reason, "4 or 5");
  });
  it("says why something is not known", async () => {
    const card = await cardAt(`import elsewhere\ny = layers.Dense(2)(elsewhere.x)\nz = layers.ReLU()(¦y)`);
    assert.equal(card.kind, "unknown");
    assert.ok((card.reason ?? "").length > 0);
  });
  it("says nothing of what is no business of this extension", async () => {
    for (const line of [
      "n = 3\nprint(¦n)",
      "import os\n¦os.getcwd()",
      "def f(a):\n    return ¦a",
      "t = ¦'text'",
      "# ¦a comment",
    ])
      assert.equal((await pointAt(line)).card, undefined, line);
  });
  it("never takes a comprehension's variable for another of its name", async () => {
    const { card } = await pointAt(`x = keras.Input((3,))\nall = [len(¦x) for x in ([1], [2])]`);
    assert.equal(card, undefined);
  });
});

describe("other cards", () => {
  it("tell of an operation what goes in and what comes out", async () => {
    const card = await cardAt(`x = keras.Input((3, 4))\ny = ops.resh¦ape(x, (-1, 12))`);
    assert.equal(card.title, "reshape");
    assert.equal(told(card.contexts[0]?.inputs), "(None, 3, 4) float32");
    assert.equal(told(card.contexts[0]?.outputs), "(None, 12) float32");
  });
  it("tell of an operator", async () => {
    const card = await cardAt(`x = keras.Input((3,))\ny = x ¦+ 1`);
    assert.equal(card.title, "x + 1");
    assert.equal(told(card.contexts[0]?.outputs), "(None, 3) float32");
  });
  it("claim no parameters for a model that is not built", async () => {
    const card = await cardAt(`model = keras.¦Sequential([layers.Dense(4)])`);
    assert.equal(card.kind, "model");
    assert.equal(card.contexts[0]?.params, undefined);
  });
});

describe("a card follows the text", () => {
  const before =
    "import keras\nfrom keras import layers\nx = keras.Input((4,))\ny = layers.Dense(3)(x)\nz = layers.Dense(2)(y)\n";
  it("after edits elsewhere, for statements that were taken over", async () => {
    const core = await openCore();
    analyse(core, before);
    const after = before.replace("x = keras", "# moved\nunused = 1\nx = keras").replace("Dense(3)", "Dense(7)");
    analyse(core, after);
    const card = core.card("main.py", after.indexOf("y)\n"));
    assert.equal(told(card?.contexts[0]?.outputs), "(None, 7) float32");
    assert.equal(card?.reason, "from line 6: layers.Dense(7)(x)");
    const cold = await openCore();
    analyse(cold, after);
    for (let offset = 0; offset < after.length; offset++)
      assert.deepEqual(core.card("main.py", offset), cold.card("main.py", offset), `at ${offset}`);
  });
  it("also in a file with a bit of everything", async () => {
    const core = await openCore();
    analyse(core, MODEL_FILE);
    const edits: readonly (readonly [from: string, to: string])[] = [
      ["CLASSES = 10", "CLASSES = 12"],
      ["    for i in range(2):", "    unused = 1\n    for i in range(3):"],
      ["depth=2", "depth=1"],
      ["skips.append(x)\n", "\n"],
      ["(7,)", "(7"],
    ];
    let text = MODEL_FILE;
    for (const [from, to] of edits) {
      assert.ok(text.includes(from), from);
      text = text.replace(from, to);
      analyse(core, text);
      const cold = await openCore();
      analyse(cold, text);
      let cards = 0;
      for (let offset = 0; offset < text.length; offset += 7) {
        const card = core.card("main.py", offset);
        assert.deepEqual(card, cold.card("main.py", offset), `at ${offset} after ${to}`);
        if (card !== undefined) cards++;
      }
      assert.ok(cards > 100, `${cards} cards`);
    }
  });
  it("and a file that was never read has none", async () => {
    const core = await openCore();
    assert.equal(core.card("main.py", 0), undefined);
    analyse(core, before);
    core.forget("main.py");
    assert.equal(core.card("main.py", 40), undefined);
  });
});
