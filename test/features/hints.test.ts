import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { endOfLine, type HintSettings, inlayHints } from "../../server/features/inlayHints.ts";
import { shapeComment } from "../../server/features/shapeComment.ts";
import { fileOf, marked } from "./marked.ts";

const ALL: HintSettings = {
  ...{ enabled: true, kinds: ["layer", "tensor", "model", "data"] },
  ...{ params: true, dtype: false, batchAxis: true, length: 120 },
};

/** Every hint stands at a caret, in order, and says this. */
function check(source: string, labels: readonly string[], settings = ALL): void {
  const { analysis, file, carets } = marked(source);
  const [part] = file.parts;
  assert.ok(part);
  const hints = inlayHints(analysis, part, settings);
  assert.deepEqual(
    hints.map(({ label }) => label),
    labels,
  );
  assert.deepEqual(
    hints.map(({ offset }) => offset),
    carets,
  );
}

const HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n";

describe("hints stand at the end of their line", () => {
  test("behind a comment, and at the closing bracket of a call over several lines", () =>
    check(
      `${HEAD}x = keras.Input((4,))  # a comment‸
y = layers.Dense(
    3,
    name="a",
)(x)‸
`,
      ["→ (None, 4)", "→ (None, 3) · 15 params"],
    ));
  test("one for a line, of the outermost call, or of all that stand beside each other", () =>
    check(`${HEAD}a, b = keras.Input((4,)), keras.Input((5,))‸\nc = layers.Dense(2)(layers.Dense(3)(a))‸`, [
      "→ [(None, 4), (None, 5)]",
      "→ (None, 2) · 8 params",
    ]));
  test("of all parts that an array is split into, or a function returns", () =>
    check(
      `${HEAD}def halves(it):
    return it[:3], it[3:]‸
d = np.zeros((8, 4))‸
a, b = d[:6], d[6:]‸
c, e = halves(d)‸
`,
      [
        "→ [(3, 4) float64, (5, 4) float64]",
        "→ (8, 4) float64",
        "→ [(6, 4) float64, (2, 4) float64]",
        "→ [(3, 4) float64, (5, 4) float64]",
      ],
    ));
  test("with what differs between calls of a helper", () =>
    check(
      `${HEAD}def block(x, n):
    return layers.Dense(n)(x)‸

a = block(keras.Input((4,)), 2)‸
b = block(a, 3)‸
`,
      ["→ (None, 2) … (None, 3) ×2", "→ (None, 2)", "→ (None, 3)"],
    ));
  test("and carriage returns end lines too", () =>
    check(`${HEAD}x = keras.Input((4,))‸\r\ny = layers.Dense(3)(x)‸\r\n`, ["→ (None, 4)", "→ (None, 3) · 15 params"]));
});

describe("settings choose", () => {
  const source = (a: string, b: string, c: string) =>
    `${HEAD}d = np.zeros((8, 4))${a}\nm = keras.Sequential([keras.Input((4,)), layers.Dense(3)])${b}\ny = m(d)${c}\n`;
  test("kinds", () => {
    check(source("‸", "‸", "‸"), ["→ (8, 4) float64", "Σ 15 params · (None, 4) → (None, 3)", "→ (8, 3) · 15 params"]);
    check(source("‸", "", ""), ["→ (8, 4) float64"], { ...ALL, kinds: ["data"] });
    check(source("", "‸", ""), ["Σ 15 params · (None, 4) → (None, 3)"], { ...ALL, kinds: ["model"] });
    check(source("", "", ""), [], { ...ALL, enabled: false });
  });
  test("parameters and types", () => {
    check(source("", "‸", ""), ["Σ (None, 4) → (None, 3) float32"], {
      ...{ ...ALL, kinds: ["model"], params: false, dtype: true },
    });
  });
});

describe("a label is as long as is set", () => {
  const many = (count: number) =>
    `${HEAD}x = keras.Input((4,))‸\ny = keras.ops.split(layers.Dense(${count * 2})(x), ${count}, axis=-1)‸\n`;
  const label = (length: number) => ["→ (None, 4)", `→ [${"(None, 2), ".repeat(length)}`];
  test("of many tensors the first are listed", () => {
    const [input, two] = label(2);
    check(many(12), [input ?? "", `${two}… 10 more]`], { ...ALL, length: 40 });
    check(many(3), [input ?? "", "→ [(None, 2), (None, 2), (None, 2)]"], { ...ALL, length: 40 });
  });
  test("and what is too long all the same is cut, without its parameters", () => {
    const source = `${HEAD}x = keras.Input((1000, 2000, 3))‸\ny = layers.Conv2D(4000, 3, padding="same")(x)‸\n`;
    check(source, ["→ (None, 1000, 200…", "→ (None, 1000, 200…"], { ...ALL, length: 19 });
    check(source, ["→ (None, 1000, 2000, 3)", "→ (None, 1000, 2000, 4000)"], { ...ALL, length: 30 });
  });
});

test("a model that nobody has built has no parameters yet, rather than none", () =>
  check(
    `${HEAD}class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.a = layers.Dense(3)‸

    def call(self, x):
        return self.a(x)‸


a = Own()‸
b = keras.Sequential([layers.Dense(3)])‸
c = Own()‸
c(np.zeros((2, 4)))‸
`,
    [
      "→ (2, 3) · 15 params",
      "→ (2, 3) · 15 params",
      "Σ not built",
      "Σ not built",
      "Σ 15 params · (2, 4) → (2, 3)",
      "→ (2, 3) · 15 params",
    ],
  ));

test("the batch is left out where it may have any size, and data keep their first axis", () =>
  check(
    `${HEAD}x = keras.Input((4, 5))‸\nd = np.zeros((8, 4))‸\nm = keras.Model(x, layers.Flatten()(x))‸\n`,
    ["→ (4, 5)", "→ (8, 4) float64", "Σ 0 params · (4, 5) → (20,)"],
    { ...ALL, batchAxis: false },
  ));

describe("a shape as a comment", () => {
  const comments = (source: string) => {
    const { analysis, file } = marked(HEAD + source);
    const [part] = file.parts;
    assert.ok(part);
    return inlayHints(analysis, part, ALL).map(({ hint, offset }) => shapeComment(part, hint, offset));
  };
  test("is put where a line ends, behind a comment too", () =>
    assert.deepEqual(comments("x = keras.Input((4,))\ny = layers.Dense(3)(x)  # y\n"), [
      "  # (None, 4)",
      " (None, 3)",
    ]));
  test("is not put twice, not into a string, and not behind a backslash", () =>
    assert.deepEqual(
      comments(`x = keras.Input((4,))  # (None, 4)
print(layers.Dense(3)(x), """
""")
y = layers.Dense(3)(x) + \\
  1
`).slice(0, 2),
      [undefined, undefined],
    ));
});

test("a line ends before what breaks it", () => {
  const [part] = fileOf("a\r\n\r\nbc\n\rd").parts;
  assert.ok(part);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((line) => endOfLine(part, line)),
    [1, 3, 7, 8, 10],
  );
});
