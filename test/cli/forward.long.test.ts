import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import { readInput } from "../../server/engine/inputFile.ts";
import { nodeEngine } from "../../server/engine/nodeEngine.ts";
import { readNpy, writtenNpy } from "../../server/engine/npy.ts";
import { testCore } from "../programs/told.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer } from "./stub.ts";

const docs = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(docs("forward.schema.json")) as AnySchema,
);
const core = await testCore();
const run = (cwd: string, ...args: readonly string[]) =>
  inlayer(cwd, core, ["forward", ...args], { createEngine: async () => nodeEngine() });

const TEXT = `import keras
from keras import layers

first = keras.Sequential([keras.Input((8,)), layers.Dense(4, activation="relu")])
second = keras.Sequential([keras.Input((3, 16)), layers.Reshape((10, 16))])
`;

describe("inlayer forward", () => {
  const files = { "model.py": TEXT, "none.py": "x = 1\n" };

  it("prints a row for each layer of the model that is named", async (test) => {
    const cwd = folder(test, files);
    const { code, out, err } = await run(cwd, "model.py:first", "--batch", "3", "--seed", "7");
    assert.equal(err, "");
    assert.equal(code, 0);
    assert.match(out, /first: forward, batch 3, seed 7/);
    assert.match(out, /input: random_normal \(3, 8\)/);
    assert.match(out, /│ dense \(Dense\) │ \(3, 4\) +│ +36 │/);
  });

  it("says what did not run, where and why, and ends with 1", async (test) => {
    const cwd = folder(test, files);
    const { code, out } = await run(cwd, "model.py:second");
    assert.equal(code, 1);
    assert.match(out, /\(2, 10, 16\) not run/);
    assert.match(out, /^model\.py:5: reshape: .*does not go/m);
    const unwritten = await run(cwd, "model.py:second", "--output", "y.npy");
    assert.equal(unwritten.code, 1);
    assert.match(unwritten.err, /nothing is written, because not all of the model ran/);
  });

  it("writes no part of what a model gives: the second tensor would be taken for the first", async (test) => {
    const text = `import keras
from keras import layers
i = keras.Input((4,))
m = keras.Model(i, [layers.Activation("sparsemax")(i), layers.Dense(2)(i)])
`;
    const cwd = folder(test, { "m.py": text });
    const { code, err } = await run(cwd, "m.py", "--output", "y.npz");
    assert.equal(code, 1);
    assert.match(err, /nothing is written, because not all of the model ran/);
    assert.throws(() => readFileSync(join(cwd, "y.npz")));
  });

  it("says where an input is made whose shape the program does not say, and takes it from an array", async (test) => {
    const text = "import keras, gym\nn = gym.n\ni = keras.Input((n,))\nm = keras.Model(i, keras.layers.Dense(1)(i))\n";
    const cwd = folder(test, { "m.py": text, "x.csv": "1,2,3" });
    const { code, out } = await run(cwd, "m.py");
    assert.equal(code, 1);
    assert.match(
      out,
      /^m\.py:3: not run to the end: the size of axis 1 of input_layer .*; an array of --input X\.npy/m,
    );
    assert.equal((await run(cwd, "m.py", "--input", "x.csv")).code, 0);
  });

  it("a model goes by each variable that it was bound to", async (test) => {
    const text = "import keras\ndef make(n):\n    net = keras.Sequential([keras.Input((n,)), keras.layers.Dense(1)])\n";
    const cwd = folder(test, { "m.py": `${text}    return net\nsmall = make(2)\nlarge = make(3)\n` });
    assert.match((await run(cwd, "m.py:large")).out, /random_normal \(2, 3\)/);
    assert.match((await run(cwd, "m.py:small")).out, /random_normal \(2, 2\)/);
    assert.match((await run(cwd, "m.py:none")).err, /there is net, small, large$/m);
  });

  it("the JSON has the form of the contract, in the documentation's example too", async (test) => {
    const cwd = folder(test, files);
    const { out } = await run(cwd, "model.py", "--format", "json");
    const report = JSON.parse(out) as { models: { name: string; layers: Record<string, unknown>[] }[] };
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.deepEqual(
      report.models.map((model) => model.name),
      ["first", "second"],
    );
    const [dense] = report.models[0]?.layers ?? [];
    assert.deepEqual(
      { ...dense, time: 0, statistics: undefined },
      {
        ...{ name: "dense", type: "Dense", depth: 0, line: 4, column: 46, predicted: "(2, 4)", actual: "(2, 4)" },
        ...{ params: 36, macs: 32, bytes: 32, time: 0, statistics: undefined, problem: null },
      },
    );
    const example = /# The JSON of `inlayer forward`[\s\S]*?```json\n([\s\S]*?)```/.exec(docs("json.md"))?.[1];
    assert.ok(validate(JSON.parse(example ?? "")), JSON.stringify(validate.errors));
  });

  it("takes its input from a file and writes what the model gives", async (test) => {
    const text = "import keras\nm = keras.Sequential([keras.Input((None, 2)), keras.layers.Rescaling(2.0, 1.0)])\n";
    const cwd = folder(test, { "model.py": text, "table.csv": "a,b\n1,2\n3,4\n" });
    const numbers = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    writeFileSync(join(cwd, "x.npy"), writtenNpy({ shape: [2, 3, 2], numbers }));
    const { code, out, err } = await run(cwd, "model.py", "--input", "x.npy", "--output", "y.npy");
    assert.equal(err, "");
    assert.equal(code, 0);
    assert.match(out, /input: given \(2, 3, 2\)/);
    const made = readNpy(readFileSync(join(cwd, "y.npy")));
    assert.ok(!("problem" in made));
    assert.deepEqual(made.shape, [2, 3, 2]);
    assert.deepEqual(
      [...made.values],
      [...numbers].map((it) => 2 * it + 1),
    );
    const wrong = await run(cwd, "model.py", "--input", "table.csv");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /an array of \(2, 2\) is no input input_layer of \(2, \d+, 2\)/);
  });

  it("takes the shape of what nobody calls from the input, and writes several tensors", async (test) => {
    const program = [
      "import keras",
      "class Two(keras.Model):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.scale = keras.layers.Rescaling(2.0)",
      "    def call(self, x):",
      "        return self.scale(x), x - 1.0",
      "two = Two()",
    ];
    const cwd = folder(test, { "two.py": program.join("\n"), "x.csv": "1,2\n3,4\n" });
    const { code, err } = await run(cwd, "two.py", "--input", "x.csv", "--output", "y.npz");
    assert.deepEqual([code, err], [0, ""]);
    const arrays = await readInput("y.npz", readFileSync(join(cwd, "y.npz")));
    assert.ok(!("problem" in arrays));
    assert.deepEqual(
      [...arrays].map(([name, { shape, values }]) => [name, shape, [...values]]),
      [
        ["arr_0", [2, 2], [2, 4, 6, 8]],
        ["arr_1", [2, 2], [0, 1, 2, 3]],
      ],
    );
    assert.match((await run(cwd, "two.py", "--input", "x.csv", "--output", "y.npy")).err, /2 tensors, which an \.npz/);
  });

  it("runs a model that was never told its input on one, each layer once", async (test) => {
    const text = [
      "import keras",
      "from keras import layers",
      "model = keras.Sequential([layers.Dense(3), layers.Dense(1)])",
      "class Around(keras.Model):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.body = keras.Sequential([layers.Dense(2)])",
      "    def call(self, x):",
      "        return self.body(x)",
      "around = Around()",
    ];
    const cwd = folder(test, { "m.py": text.join("\n"), "x.csv": "1,2\n3,4\n" });
    for (const [model, rows] of [
      ["model", ["dense_1", "dense_2"]],
      ["around", ["sequential_1", "dense"]],
    ] as const) {
      const { code, out } = await run(cwd, `m.py:${model}`, "--input", "x.csv", "--format", "json");
      const [{ layers }] = JSON.parse(out).models;
      assert.deepEqual([code, layers.length], [0, rows.length], out);
      assert.ok(layers.every((it: { problem: unknown }) => it.problem === null));
    }
  });

  it("takes the program's own arrays, as the program has left them", async (test) => {
    const text = `import keras
import numpy as np
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
wide = np.linspace(0, 1, 10).reshape(2, 5)
turned = wide[:, 1:3][::-1]
turned[0] *= 9
noise = np.random.normal(size=(3, 2))
a, b = keras.Input((2,)), keras.Input((2,))
m = keras.Sequential([a, keras.layers.Rescaling(2.0)])
two = keras.Model([a, b], keras.layers.Subtract()([a, b]))
`;
    const cwd = folder(test, { "m.py": text });
    const gave = async (model: string, input: string) => {
      const { code, out, err } = await run(cwd, `m.py:${model}`, "--input", input, "--output", "y.npy");
      assert.equal(code, 0, out + err);
      assert.ok(out.includes(`input: ${input.replace(",", ", ")} of the program`), out);
      const made = readNpy(readFileSync(join(cwd, "y.npy")));
      assert.ok(!("problem" in made));
      return [...made.values].map((it) => Math.round(it * 1e4) / 1e4);
    };
    assert.deepEqual(await gave("m", "x"), [0, 0, 0, 2, 2, 0, 2, 2]);
    assert.deepEqual(await gave("m", "turned"), [12, 14, 0.2222, 0.4444]);
    assert.deepEqual(await gave("two", "turned,turned"), [0, 0, 0, 0]);
    for (const [input, message] of [
      ["wide", /wide is \(2, 5\), and the input \w+ takes \(2, 2\)/],
      ["noise", /its numbers are not known: noise is drawn at random/],
      ["m", /m is no array/],
      ["gone", /the program has no variable gone; arrays are x, wide, turned, noise/],
      ["x,turned", /all arrays need as many samples: x has 4, turned has 2/],
      ["x,x", /its inputs are \w+, and the number of arrays that are named is 2/],
    ] as const) {
      const { code, err } = await run(cwd, "m.py:m", "--input", input);
      assert.equal(code, 2);
      assert.match(err, message);
    }
  });

  it("tells what ran where the engine itself ends, and runs the other models", async (test) => {
    const text =
      "import keras\na = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n" +
      "b = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])\n";
    const cwd = folder(test, { "m.py": text });
    const engine = nodeEngine();
    let runs = 0;
    const createEngine = async () => ({
      run: (...given: Parameters<typeof engine.run>) =>
        runs++ === 0 ? Promise.reject(new Error("the engine stopped: out of memory")) : engine.run(...given),
      write: engine.write.bind(engine),
      dispose: () => engine.dispose(),
    });
    const { code, out, err } = await inlayer(cwd, core, ["forward", "m.py"], { createEngine });
    assert.deepEqual([code, err], [1, ""]);
    assert.match(out, /m\.py:2: not run to the end: the engine stopped: out of memory/);
    assert.match(out, /dense_1 \(Dense\) │ \(2, 3\) +│/);
  });

  it("blames Keras where it announces another shape than it gives, and no defect", async (test) => {
    const text =
      "import keras\nfrom keras import layers\nm = keras.Sequential([keras.Input((8, 8, 3)), " +
      "layers.RandomCrop(4, 4), layers.Rescaling(2.0), layers.GlobalMaxPooling2D()])\n";
    const { out } = await run(folder(test, { "m.py": text }), "m.py");
    const why = "random_crop: Keras 3 announces the cut at any time, and cuts only while it trains";
    for (const name of ["random_crop", "rescaling"])
      assert.ok(out.includes(`m.py:3: ${name}: gives (2, 8, 8, 3), and not (2, 4, 4, 3). ${why}\n`), out);
    assert.ok(!out.includes("defect"), out);
  });

  it("says before the run where it cannot write what comes out", async (test) => {
    const cwd = folder(test, {
      "m.py": "import keras\nm = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n",
    });
    for (const [output, message] of [
      ["y.txt", /arrays are written as an \.npy, or an \.npz: name it so/],
      [".", /it is a folder; name a file in it/],
      ["gone/y.npy", /there is no folder gone; make it first/],
    ] as const) {
      const { code, out, err } = await run(cwd, "m.py", "--output", output);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, message);
    }
  });

  it("takes a picture, as Keras loads it for the model's input", async (test) => {
    const text = [
      "import keras",
      "from keras import layers",
      "grey = keras.Sequential([keras.Input((5, 7, 1)), layers.Rescaling(1.0)])",
      "plain = keras.Sequential([keras.Input((5, 7)), layers.Rescaling(1.0)])",
      "opened = keras.Sequential([keras.Input((None, None, 3)), layers.Rescaling(1.0)])",
      "first = keras.Sequential([keras.Input((4, 5, 7)), layers.Rescaling(1.0)])",
      "never = keras.Sequential([layers.Rescaling(1.0)])",
      "rows = keras.Sequential([keras.Input((35,)), layers.Dense(1)])",
      "five = keras.Sequential([keras.Input((5, 7, 5)), layers.Rescaling(1.0)])",
      "eight = keras.Sequential([keras.Input(batch_shape=(8, 5, 7, 1)), layers.Rescaling(1.0)])",
      "two = keras.Model([a := keras.Input((5, 7, 1)), b := keras.Input((5, 7, 1))], layers.Add()([a, b]))",
    ];
    const cwd = folder(test, { "m.py": text.join("\n") });
    const recorded = JSON.parse(readFileSync(new URL("../oracle/pictures.json", import.meta.url), "utf8"));
    const picture = Buffer.from(recorded.pictures["420.jpg"], "base64");
    writeFileSync(join(cwd, "x.jpg"), picture);
    writeFileSync(join(cwd, "cut.jpg"), picture.subarray(0, -20));
    const numbers = (mode: string, size: readonly number[] | null): string =>
      recorded.cases.find(
        (it: { of: string; mode: string; size: unknown }) =>
          it.of === "420.jpg" && it.mode === mode && `${it.size}` === `${size}`,
      ).numbers;
    const words = "x.jpg, 13 × 9 resized to 7 × 5, as grey from 0 to 255";
    for (const [model, shape, expected] of [
      ["grey", [1, 5, 7, 1], numbers("grayscale", [5, 7])],
      ["plain", [1, 5, 7], numbers("grayscale", [5, 7])],
      ["opened", [1, 9, 13, 3], undefined],
      ["first", [1, 4, 5, 7], undefined],
      ["never", [1, 9, 13, 3], undefined],
    ] as const) {
      const { code, out, err } = await run(cwd, `m.py:${model}`, "--input", "x.jpg", "--output", "y.npy");
      assert.deepEqual([code, err], [0, ""], out);
      const made = readNpy(readFileSync(join(cwd, "y.npy")));
      assert.ok(!("problem" in made));
      assert.deepEqual(made.shape, shape);
      if (expected !== undefined) assert.equal(made.values.join(" "), expected);
      if (model === "grey") assert.ok(out.includes(`input: given (1, 5, 7, 1) · ${words}`), out);
    }
    for (const [model, how, message] of [
      ["rows", [], /a picture is no input \w+, whose \(35,\) has no height and width: save what the program makes/],
      ["five", [], /a picture is no input \w+, whose \(5, 7, 5\) has not 1, 3 or 4 channels/],
      ["eight", [], /the input \w+ takes 8 samples, and a picture is one/],
      ["two", [], /the model takes \w+, \w+, and a picture is one of them: give them as arrays of one \.npz/],
      ["grey", ["--batch", "4"], /a picture is one sample, and a batch of 4 is asked/],
    ] as const) {
      const { code, err } = await run(cwd, `m.py:${model}`, "--input", "x.jpg", ...how);
      assert.deepEqual([code, message.test(err)], [2, true], err);
    }
    const { code, out } = await run(cwd, "m.py:grey", "--input", "cut.jpg");
    assert.equal(code, 1);
    assert.match(out, /not run to the end: the picture: it is cut off: copy or fetch it again/);
  });

  it("an input that is none says where and why", async (test) => {
    const program = [
      "import keras",
      "dense = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])",
      'words = keras.Sequential([keras.Input((2,), dtype="int32"), keras.layers.Embedding(9, 4)])',
    ];
    const npy = (...shape: number[]) =>
      writtenNpy({ shape, numbers: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(77) });
    const cwd = folder(test, { "m.py": program.join("\n"), "gap.csv": "1,\n3,4", "nan.csv": "nan,1" });
    for (const [name, shape] of Object.entries({ one: [2], wide: [3, 5], none: [0, 2], tokens: [2, 2] }))
      writeFileSync(join(cwd, `${name}.npy`), npy(...shape));
    for (const [model, input, message] of [
      ["m.py:dense", "one.npy", /--input one\.npy: an array of \(2,\).*the first axis is the samples/],
      ["m.py:dense", "wide.npy", /--input wide\.npy: an array of \(3, 5\) is no input input_layer of \(3, 2\)/],
      ["m.py", "wide.npy", /m\.py has several models: name one, m\.py:dense or m\.py:words/],
      ["m.py:dense", "none.npy", /there are no samples: it has 0/],
      ["m.py:dense", "gap.csv", /--input gap\.csv: line 1, column 2 is empty/],
      ["m.py:dense", "gone.npy", /--input gone\.npy: there is no such file/],
      ["m.py:words", "tokens.npy", /holds 77, and the Embedding behind the input input_layer\w* takes 0 to 8/],
      ["m.py:words", "nan.csv", /takes whole numbers, and the array holds NaN/],
    ] as const) {
      const { code, err } = await run(cwd, model, "--input", input);
      assert.equal(code, 2, err);
      assert.match(err, message);
    }
  });

  it("bad usage says what is wrong", async (test) => {
    const cwd = folder(test, files);
    for (const [args, message] of [
      [[], /forward needs one FILE/],
      [["model.py", "--batch", "0"], /--batch is a whole number from 1 on, not '0'/],
      [["model.py", "--seed", "x"], /--seed is a whole number from 0 on, not 'x'/],
      [["model.py:third"], /no model called 'third'; there is first, second/],
      [["none.py"], /none\.py: it builds no model/],
    ] as const) {
      const { code, err } = await run(cwd, ...args);
      assert.equal(code, 2);
      assert.match(err, message);
    }
  });

  it("takes its weights from a file that Keras wrote, and refuses one that does not match", async (test) => {
    const weights = (name: string) =>
      gunzipSync(readFileSync(new URL(`../engine/weights/${name}.gz`, import.meta.url)));
    const program = readFileSync(new URL("../engine/weights/deferred.py", import.meta.url), "utf8");
    const cwd = folder(test, { "model.py": program, "both.py": `${program}other = keras.Sequential([model])\n` });
    writeFileSync(join(cwd, "right.h5"), weights("deferred.weights.h5"));
    writeFileSync(join(cwd, "wrong.h5"), weights("sequential.weights.h5"));
    const right = await run(cwd, "model.py", "--weights", "right.h5", "--format", "json");
    assert.equal(right.code, 0);
    const report = JSON.parse(right.out) as { models: readonly { weights: unknown }[] };
    assert.ok(validate(report), JSON.stringify(validate.errors));
    const none = { missing: [], unexpected: [], wrong: [], refused: null };
    assert.deepEqual(report.models[0]?.weights, { found: 17, of: 17, ...none });
    const wrong = await run(cwd, "model.py", "--weights", "wrong.h5");
    assert.equal(wrong.code, 1);
    assert.equal(wrong.out, "");
    assert.match(wrong.err, /^inlayer: --weights wrong\.h5: .*Keras refuses it too; --skip-mismatch/);
    assert.match(wrong.err, /^ {2}wrong: dense\/kernel is \(4, 7\), and layers\/dense\/vars\/0 in the file \(8, 6\)$/m);
    const skipped = await run(cwd, "model.py", "--weights", "wrong.h5", "--skip-mismatch");
    assert.equal(skipped.code, 0);
    assert.match(skipped.out, /^weights: \d of 17 variables\n {2}missing: /m);
    assert.equal((await run(cwd, "both.py", "--weights", "right.h5")).code, 2);
    assert.equal((await run(cwd, "model.py", "--weights", "none.h5")).code, 2);
    assert.equal((await run(cwd, "model.py", "--weights", "model.py")).code, 2);
  });

  it("exports a model as ONNX", async (test) => {
    const open = "import keras\nm = keras.Sequential([keras.Input((None, 4)), keras.layers.Dense(2)])\n";
    const cwd = folder(test, { ...files, "open.py": open });
    const first = await inlayer(cwd, core, ["export", "model.py:first", "-o", "first.onnx"]);
    assert.equal(first.err, "");
    assert.equal(first.code, 0);
    assert.equal(
      first.out,
      "first.onnx: 3 nodes, 144 B of weights (drawn, seed 0)\n" +
        "  input input_layer (batch, 8) float32\n  output dense (batch, 4) float32\n",
    );
    assert.ok(readFileSync(join(cwd, "first.onnx")).includes("dense/kernel"));
    const second = await inlayer(cwd, core, ["export", "model.py:second", "-o", "second.onnx"]);
    assert.equal(second.code, 1);
    assert.match(second.err, /^inlayer: model\.py: it cannot be exported: reshape: /);
    const third = await inlayer(cwd, core, ["export", "open.py:m", "-o", "third.onnx"]);
    assert.match(third.out, /is 16 long\n {2}note: it takes no other length; --length N writes another\n$/);
    const misused = [["model.py", "-o", "a.onnx"], ["model.py:first"], ["model.py:first", "-o", "none/a.onnx"]];
    for (const args of misused) assert.equal((await inlayer(cwd, core, ["export", ...args])).code, 2);
  });
});
