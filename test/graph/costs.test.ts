import assert from "node:assert/strict";
import test, { before, describe } from "node:test";
import { summaryMarkdown } from "../../core/graph/markdown.ts";
import { printSummary } from "../../core/graph/summary.ts";
import type { Core } from "../../core/index.ts";
import { costsOf } from "../../server/features/summaryCosts.ts";
import { analyse, openCore } from "../core/open.ts";

const PROGRAM = `import keras
from keras import layers
base = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.MaxPooling2D(), layers.Flatten()])
image = keras.Input((32, 32, 3), name="image")
dense = layers.Dense(1800, name="a_dense_that_is_called_twice_and_has_a_long_name")
model = keras.Model(image, dense(dense(base(image))) + 1.0, name="whole")
`;

describe("the columns beside Keras's table", () => {
  let core: Core;
  before(async () => {
    core = await openCore();
  });
  const read = (text: string) => {
    const index = analyse(core, text).models.findIndex((it) => it.name === "model");
    const model = analyse(core, text).models[index];
    const lowering = core.lower("main.py", index, { batch: 1 });
    assert.ok(model !== undefined && lowering !== undefined);
    return { model, costs: costsOf(lowering) };
  };

  test("leave Keras's table as it is", () => {
    const { model, costs } = read(PROGRAM);
    for (const options of [{}, { expandNested: true }, { showTrainable: true }, { lineLength: 100 }]) {
      const alone = printSummary(model, options).split("\n");
      const both = printSummary(model, { ...options, costs }).split("\n");
      for (const [i, line] of alone.slice(0, -1).entries()) assert.equal(both[i]?.slice(0, line.length), line);
    }
  });

  test("count all calls of a layer, and all layers of a model", () => {
    const { costs } = read(PROGRAM);
    // A kernel of 3 × 3 × 3 for 8 channels, at 30 × 30 places.
    assert.deepEqual(costs?.of(["sequential", "conv2d"]), { macs: 27 * 8 * 900, bytes: 4 * 8 * 900 });
    assert.deepEqual(costs?.of(["sequential"]), { macs: 27 * 8 * 900, bytes: 4 * 1800 });
    const dense = costs?.of(["a_dense_that_is_called_twice_and_has_a_long_name"]);
    assert.deepEqual(dense, { macs: 2 * 1800 * 1800, bytes: 2 * 4 * 1800 });
    assert.equal(costs?.macs, 27 * 8 * 900 + 2 * 1800 * 1800);
    // The convolution, the pooling, the Flatten, twice the Dense, and the sum.
    assert.equal(costs?.bytes, 4 * (7200 + 1800 * 5));
    assert.equal(costs?.of(["add"]), undefined);
  });

  test("say what they take an open axis for", () => {
    const { model, costs } = read(`import keras
inputs = keras.Input((None, 5))
model = keras.Model(inputs, keras.layers.Dense(2)(inputs))
`);
    assert.equal(costs?.note, "Axes that the program leaves open are taken to be 16 long.");
    assert.match(printSummary(model, { costs }), /^ MACs: 160 per sample\n Output memory: 128.00 B per sample\n Axes/m);
  });

  test("are columns of Markdown too", () => {
    const { model, costs } = read(PROGRAM);
    assert.equal(
      summaryMarkdown(model, { costs, expandNested: true }),
      `**Model: "whole"**

| Layer (type) | Output Shape | Param \\# | Connected to | MACs | Output memory |
| :--- | :--- | ---: | :--- | ---: | ---: |
| image (InputLayer) | (None, 32, 32, 3) | 0 | - | - | - |
| sequential (Sequential) | (None, 1800) | 224 | image\\[0\\]\\[0\\] | 194,400 | 7.03 KB |
| &nbsp;&nbsp;&nbsp;└ conv2d (Conv2D) | (None, 30, 30, 8) | 224 | - | 194,400 | 28.13 KB |
| &nbsp;&nbsp;&nbsp;└ max\\_pooling2d (MaxPooling2D) | (None, 15, 15, 8) | 0 | - | 0 | 7.03 KB |
| &nbsp;&nbsp;&nbsp;└ flatten (Flatten) | (None, 1800) | 0 | - | 0 | 7.03 KB |
| a\\_dense\\_that\\_is\\_called\\_twice\\_and\\_has\\_a\\_long\\_name (Dense) | (None, 1800) | 3,241,800 | \
sequential\\[0\\]\\[0\\], a\\_dense\\_that\\_is\\_called\\_twice\\_and\\_has\\_a\\_long\\_name\\[0\\]\\[0\\] | \
6,480,000 | 14.06 KB |
| add (Add) | (None, 1800) | 0 | \
a\\_dense\\_that\\_is\\_called\\_twice\\_and\\_has\\_a\\_long\\_name\\[1\\]\\[0\\] | - | - |

- Total params: 3,242,024 (12.37 MB)
- Trainable params: 3,242,024 (12.37 MB)
- Non-trainable params: 0 (0.00 B)
- MACs: 6,674,400 per sample
- Output memory: 63.28 KB per sample
`,
    );
  });
});
