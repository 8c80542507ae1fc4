import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Analysis, printShape } from "../../core/index.ts";
import { readInputAnnotation } from "../../core/rules/inputAnnotation.ts";
import { applyEdits } from "../../core/text/edits.ts";
import { analyse, openCore, projectOf } from "./open.ts";

const NET = `import keras
from keras import layers
import numpy as np

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(8, 3)
        self.flat = layers.Flatten()
        self.head = layers.Dense(10)

    def call(self, x, training=False):
        return self.head(self.flat(self.conv(x)))

`;
const PAIR = `import keras
from keras import layers

class Pair(keras.Model):
    def __init__(self):
        super().__init__()
        self.left = layers.Dense(2)
        self.right = layers.Embedding(9, 2)

    def call(self, PARAMETERS):
        BODY
        return self.left(a), self.right(b)

pair = Pair()  # inlayer: input (None, 4); int32 (None, 3)
`;

const shapes = (list: Analysis["models"][number]["inputs"]) => list?.map(printShape);
const row = ({ name, inputs, outputs, params }: Analysis["models"][number]) => [
  name,
  shapes(inputs),
  shapes(outputs),
  params,
];
const read = async (text: string) => analyse(await openCore(), text);
const hintsIn = (analysis: Analysis, text: string, part: string) =>
  analysis.hints
    .filter(({ span }) => text.slice(span.start, span.end) === part)
    .flatMap(({ contexts }) =>
      contexts.map(({ outputs }) => ("shape" in outputs ? printShape(outputs.shape) : "several")),
    );

describe("# inlayer: input", () => {
  it("gives a model its input, output and parameters, and hints in its call", async () => {
    const text = `${NET}model = Net()  # inlayer: input (None, 28, 28, 1)\n`;
    const analysis = await read(text);
    assert.deepEqual(analysis.models.map(row), [["model", ["(None, 28, 28, 1)"], ["(None, 10)"], 80 + 54090]]);
    assert.deepEqual(hintsIn(analysis, text, "self.conv(x)"), ["(None, 26, 26, 8)"]);
    assert.deepEqual(hintsIn(analysis, text, "Net()"), ["(None, 10)"]);
    assert.deepEqual(analysis.diagnostics, []);
  });
  it("may stand at the class, and the line that makes the model comes first", async () => {
    const annotated = NET.replace("Model):", "Model):  # inlayer: input (None, 9, 9, 1)");
    const text = `${annotated}a = Net()\nb = Net()  # inlayer: input (2, 5, 5, 3)\n`;
    assert.deepEqual((await read(text)).models.map(row), [
      ["a", ["(None, 9, 9, 1)"], ["(None, 10)"], 80 + 3930],
      ["b", ["(2, 5, 5, 3)"], ["(2, 10)"], 224 + 730],
    ]);
  });
  it("may stand at a call that makes the model", async () => {
    const text = `${NET}def make():\n    return Net()\n\na = make()  # inlayer: input (None, 5, 5, 1)\nb = make()\n`;
    const [a, b] = (await read(text)).models;
    assert.deepEqual(shapes(a?.outputs), ["(None, 10)"]);
    assert.equal(b?.outputs, undefined);
  });
  it("gives several inputs one by one, or as a list, as the call asks", async () => {
    const apart = PAIR.replace("PARAMETERS", "a, b, training=None").replace("BODY", "pass");
    const together = PAIR.replace("PARAMETERS", "inputs, training=None").replace("BODY", "a, b = inputs");
    for (const text of [apart, together]) {
      const expected = ["pair", ["(None, 4)", "(None, 3)"], ["(None, 2)", "(None, 3, 2)"], 10 + 18];
      assert.deepEqual((await read(text)).models.map(row), [expected]);
    }
  });
  it("gives a Sequential its input", async () => {
    const text = "import keras\nm = keras.Sequential([keras.layers.Dense(3)])  # inlayer: input (None, 7)\n";
    assert.deepEqual((await read(text)).models.map(row), [["m", ["(None, 7)"], ["(None, 3)"], 24]]);
  });
  it("changes nothing where the program itself calls the model", async () => {
    const program = `${NET}model = Net()  # ANNOTATION\ny = model(np.zeros((2, 6, 6, 3)))\n`;
    const plain = await read(program.replace("ANNOTATION", "a remark, just as long as the other"));
    const told = await read(program.replace("ANNOTATION", "inlayer: input (None, 28, 28, 1)..."));
    const said = await read(program.replace("ANNOTATION", "inlayer: input (None, 28, 28, 1)   "));
    assert.deepEqual(said, plain);
    assert.deepEqual({ ...told, diagnostics: [] }, plain);
  });
  it("tells a model that an annotated model calls as that one calls it", async () => {
    const text = `${NET}class Outer(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x):
        return self.inner(layers.ZeroPadding2D()(x))

inner = Net()         # inlayer: input (None, 4, 4, 1)
outer = Outer(inner)  # inlayer: input (None, 6, 6, 1)
`;
    assert.deepEqual(
      (await read(text)).models.map((it) => [it.name, shapes(it.inputs)]),
      [
        ["inner", ["(None, 8, 8, 1)"]],
        ["outer", ["(None, 6, 6, 1)"]],
      ],
    );
  });
  it("reports what goes wrong with that input where it is stated, and where it goes wrong", async () => {
    const text = `${NET}model = Net()  # inlayer: input (None, 28, 28)\n`;
    const { diagnostics } = await read(text);
    const at = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
    assert.deepEqual(
      diagnostics.map((it) => [it.code, at(it.span), it.related.map(({ location }) => at(location.span))]),
      [["incompatible-input", "Net()", ["self.conv(x)"]]],
    );
  });
  it("says nothing of a place while what it imports is not read", async () => {
    const text = "from nets import make\nmodel = make()  # inlayer: input (None, 3)\n";
    const core = await openCore();
    const { analysis, missing } = core.analyse(projectOf(text));
    assert.ok(missing.length > 0);
    assert.deepEqual(analysis.diagnostics, []);
    const source = "import keras\ndef make():\n    return keras.Sequential([keras.layers.Dense(2)])\n";
    assert.deepEqual(shapes(analyse(core, text, { nets: source }).models[0]?.outputs), ["(None, 2)"]);
  });
});

describe("the grammar", () => {
  const inputs = (comment: string) => {
    const it = readInputAnnotation(comment);
    return it?.problem ?? it?.inputs.map(({ shape, dtype }) => `${printShape(shape)} ${dtype}`).join("; ");
  };
  it("takes what it takes", () => {
    assert.equal(inputs("# inlayer: input (None, 28, 28, 1)"), "(None, 28, 28, 1) float32");
    assert.equal(inputs("#inlayer:input(2,)"), "(2,) float32");
    assert.equal(
      inputs("# noqa # inlayer: input int32 (None, 10); (None,3)  # more"),
      "(None, 10) int32; (None, 3) float32",
    );
    assert.equal(inputs("# inlayer: ignore[memory]"), undefined);
    assert.equal(inputs("# the input (None, 3)"), undefined);
  });
  it("says what it does not take", () => {
    for (const [text, part] of [
      ["", "a shape is missing"],
      ["()", "at least the batch axis"],
      ["(None, -1)", "`-1` is no size"],
      ["(None, 0)", "`0` is no size"],
      ["(None,, 3)", "`` is no size"],
      ["(None, 3);", "a shape is missing"],
      ["(None, 3) (None, 4)", "not a shape in parentheses"],
      ["((None, 3))", "not a shape in parentheses"],
      ["foo (None, 3)", "`foo` is not a dtype"],
    ] as const)
      assert.ok(inputs(`# inlayer: input ${text}`)?.includes(part), `${text}: ${inputs(`# inlayer: input ${text}`)}`);
  });
});

it("a changed comment is noticed, and an analysis after edits is the one of the text alone", async () => {
  const core = await openCore();
  const line = (comment: string) => `${NET}model = Net()  ${comment}\ny = layers.Dense(2)(keras.Input((3,)))\n`;
  const comments = [
    "# inlayer: input (None, 28, 28, 1)",
    "# inlayer: input (None, 9, 9, 2)",
    "",
    "# inlayer: input (x)",
  ];
  for (const comment of [...comments, ...comments.toReversed(), comments[0] ?? ""]) {
    const text = line(comment);
    assert.deepEqual(analyse(core, text), analyse(await openCore(), text), comment);
  }
  const moved = line(comments[0] ?? "")
    .replace("8, 3", "4, 5")
    .replace("model =", "\n\nmodel =");
  assert.deepEqual(analyse(core, moved), analyse(await openCore(), moved));
});

it("an analysis that is paused after every statement hears the comments too", async () => {
  const text = `${NET}model = Net()  # inlayer: input (None, 28, 28, 1)\n`;
  const run = (await openCore()).analyseInSlices(projectOf(text), () => true);
  for (let slices = 0; slices < 1000; slices++) {
    const { done, value } = run.next();
    if (done !== true) continue;
    assert.deepEqual(value.analysis, await read(text));
    return;
  }
  assert.fail("it never ends");
});

describe("setInputShape", () => {
  const edited = async (text: string, shape: string, model = 0) => {
    const core = await openCore();
    analyse(core, text);
    const { edit, problem } = core.setInputShape("main.py", model, shape);
    if (edit === undefined) return problem;
    const result = applyEdits(text, [{ span: edit.location.span, replacement: edit.newText }]);
    return result?.slice(NET.length);
  };
  it("writes the comment at the end of the line, behind another", async () => {
    assert.equal(
      await edited(`${NET}model = Net()\n`, "(None, 8, 8, 1)"),
      "model = Net()  # inlayer: input (None, 8, 8, 1)\n",
    );
    assert.equal(
      await edited(`${NET}model = Net(\n)  # noqa  \n`, " (None, 8, 8, 1) "),
      "model = Net(\n)  # noqa  # inlayer: input (None, 8, 8, 1)  \n",
    );
    assert.equal(
      await edited(`${NET}if True:\n    model = Net()`, "(None, 8, 8, 1)"),
      "if True:\n    model = Net()  # inlayer: input (None, 8, 8, 1)",
    );
  });
  it("replaces the one that is there", async () => {
    assert.equal(
      await edited(`${NET}model = Net()  # inlayer: input (None, x)  # noqa\n`, "(None, 8, 8, 1)"),
      "model = Net()  # inlayer: input (None, 8, 8, 1)  # noqa\n",
    );
  });
  it("refuses what would say nothing, or nothing that can be read", async () => {
    assert.match((await edited(`${NET}model = Net()\n`, "8, 8")) ?? "", /not a shape in parentheses/);
    assert.match((await edited(`${NET}model = Net()\n`, "(None, 3)", 1)) ?? "", /no such model/);
    assert.match(
      (await edited(`${NET}model = Net()\nmodel(np.zeros((1, 6, 6, 1)))\n`, "(None, 8)")) ?? "",
      /the program itself says what model takes: \(1, 6, 6, 1\)/,
    );
  });
});
