import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Card, CardContext } from "../../core/index.ts";
import { cardPage } from "../../server/features/card.ts";
import { hover } from "../../server/features/hover.ts";
import { printBytes } from "../../server/features/numbers.ts";
import { type Page, paragraph, toMarkdown, toPlainText, worded } from "../../server/features/page.ts";
import { marked } from "./marked.ts";

const place = () => "line 9";
const input = marked("import keras\nx = keras.Input((10, 5))").analysis.hints[0]?.contexts[0]?.outputs;
const fact = input !== undefined && "shape" in input ? input : assert.fail("no tensor");
const context: CardContext = {
  ...{ inputs: [fact], outputs: fact, params: 650, trainable: 600, weightBytes: 2600, macs: 6400, bytes: 400 },
  ...{ formula: "(64 + 1) × 10 = 650", callers: [] },
  weights: [
    { name: "kernel", shape: [64, 10], dtype: "float32", trainable: true },
    { name: "mean", shape: [10], dtype: "float32", trainable: false },
  ],
};
const card: Card = {
  ...{ span: { start: 0, end: 5 }, kind: "layer", title: "Dense", call: "Dense(units=10)", name: "dense_1" },
  ...{
    summary: "Works on the last axis of `x`.",
    documentation: "https://keras.io/api/",
    contexts: [context],
    more: 0,
  },
  ways: [
    { title: "Dense(10)", outputs: fact, params: 650, mixes: "nothing" },
    { title: "LSTM(10)", outputs: undefined, params: undefined, mixes: "a | b" },
  ],
};

describe("a card", () => {
  test("in Markdown", () => {
    assert.equal(
      toMarkdown(cardPage(card, place)),
      `\`\`\`python
Dense(units=10)
\`\`\`

\`(None, 10, 5)\` float32 → \`(None, 10, 5)\` float32 · **650 params**

Works on the last axis of \`x\`.

| Weight | Shape | Type | Trained |
| --- | --- | --- | --- |
| kernel | \`(64, 10)\` | float32 | yes |
| mean | \`(10,)\` | float32 | no |

- Parameters: \`(64 + 1) × 10 = 650\`
- Trainable: 600
- Weights: 2.6 kB
- Multiply–accumulates: 6,400 per sample
- Activations: 400 B per sample
- Memory for a batch of 32: 9.0 kB forward, 16.2 kB in training with Adam

| Instead | Output | Parameters | Across the steps |
| --- | --- | --- | --- |
| **Dense(10) (as it is)** | \`(None, 10, 5)\` | 650 | nothing |
| \`LSTM(10)\` | – | ? | a \\| b |

named \`dense\\_1\` · [Dense in Keras's documentation](https://keras.io/api/)`.replace("dense\\_1", "dense_1"),
    );
  });
  test("of a model tells its output apart from what it holds in between", () => {
    const text = toPlainText(cardPage({ ...card, kind: "model" }, place));
    assert.match(text, /Output: 400 B per sample/);
    assert.doesNotMatch(text, /Activations/);
  });
  test("in plain text has the same words and no marks", () => {
    const text = toPlainText(cardPage(card, place));
    assert.match(text, /^Dense\(units=10\)\n\n\(None, 10, 5\) float32 → \(None, 10, 5\) float32 · 650 params\n/);
    assert.match(text, /kernel {2}\(64, 10\) {2}float32 {2}yes\nmean {4}\(10,\)/);
    assert.doesNotMatch(text, /[`*]/);
  });
  test("says what arguments come from, and in which context they are others", () => {
    const binding = { path: "", span: { start: 0, end: 1 } };
    const first = { ...context, given: [{ name: "units", value: "64", code: 'config["units"]', binding }] };
    const second = { ...context, given: [{ name: "units", value: "8", code: 'config["units"]', binding }] };
    const text = toPlainText(cardPage({ ...card, contexts: [first, second] }, place));
    assert.match(text, /- units = 64 from config\["units"\], line 9\n/);
    assert.match(text, /Also seen with:\n\n- .*650 params · units = 8\n/);
  });
  test("of several contexts tells where each was called", () => {
    const callers = [{ path: "", span: { start: 0, end: 1 } }];
    const contexts = Array.from({ length: 12 }, (_, i) => ({ ...context, params: i, callers }));
    const text = toPlainText(cardPage({ ...card, contexts, more: 3 }, place));
    assert.match(text, /0 params \(called at line 9\)/);
    assert.match(text, /- \(None, 10, 5\).* 1 param \(called at line 9\)\n/);
    assert.match(text, /- and 6 more/);
    const [first, also, weights] = ["0 params", "Also seen with", "kernel"].map((it) => text.indexOf(it));
    assert.ok(Number(first) < Number(also) && Number(also) < Number(weights), "the others stand under the first line");
  });
  test("of an unknown says why", () => {
    const unknown: Card = {
      ...card,
      kind: "unknown",
      reason: "`f` is not known",
      contexts: [],
      documentation: undefined,
    };
    assert.equal(toMarkdown(cardPage({ ...unknown, name: undefined }, place)), "**Not known**: `f` is not known");
  });
});

test("what a file holds cannot become Markdown or HTML", () => {
  const page: Page = [
    paragraph("# <b>*x*</b> [a](b) `c` | _d_ & e", { code: "a `b`" }, { strong: "*" }),
    { kind: "code", text: "```\n# end" },
    { kind: "table", head: ["a|b"], rows: [[{ code: "x | y" }]] },
    paragraph({ link: "a]b", to: "https://keras.io/a b(c)" }),
  ];
  assert.equal(
    toMarkdown(page),
    [
      "\\# \\<b\\>\\*x\\*\\</b\\> \\[a\\](b) \\`c\\` \\| \\_d\\_ \\& e`` a `b` ``**\\***",
      "````python\n```\n# end\n````",
      "| a\\|b |\n| --- |\n| `x \\| y` |",
      "[a\\]b](https://keras.io/a%20b%28c%29)",
    ].join("\n\n"),
  );
  assert.deepEqual(worded("a `b` c"), ["a ", { code: "b" }, " c"]);
});

test("bytes are printed as disks count them", () => {
  assert.deepEqual([0, 999, 1000, 1234, 99_960, 999_999, 1e6, 2.5e9].map(printBytes), [
    "0 B",
    "999 B",
    "1.0 kB",
    "1.2 kB",
    "100 kB",
    "1.0 MB",
    "1.0 MB",
    "2.5 GB",
  ]);
});

test("of data the card says what it takes, and not that it has no parameters", () => {
  const { analysis, carets, card } = marked("import keras\nimport numpy as np\nx = np.ze‸ros((32, 10, 5))\n");
  const [offset = 0] = carets;
  const shown = toPlainText(hover(analysis, offset, card(offset), place)?.page ?? []);
  assert.match(shown, /→ \(32, 10, 5\) float64\n\n- Memory: 12\.8 kB$/);
});

describe("a hover at a caret", () => {
  const at = (source: string) => {
    const { analysis, carets, card, text } = marked(source);
    const [offset = 0] = carets;
    const shown = hover(analysis, offset, card(offset), place);
    return shown && { about: text.slice(shown.span.start, shown.span.end), text: toPlainText(shown.page) };
  };
  const HEAD = "import keras\nfrom keras import layers\n";

  test("on a layer is about its call", () => {
    const shown = at(`${HEAD}x = keras.Input((10, 5))\ny = layers.De‸nse(4)(x)\n`);
    assert.match(
      shown?.text ?? "",
      /Dense\(units=4\)[\s\S]*\(None, 10, 5\) float32 → \(None, 10, 4\) float32 · 24 params/,
    );
    assert.match(shown?.text ?? "", /LSTM\(4\)/);
  });
  test("on a variable is about what it holds", () => {
    assert.match(at(`${HEAD}x = keras.Input((10, 5))\ny = layers.Dense(4)(‸x)\n`)?.text ?? "", /\(None, 10, 5\)/);
  });
  test("on an unknown says why", () => {
    assert.match(at(`${HEAD}x = unheard_of(3)\ny = layers.Dense(4)(‸x)\n`)?.text ?? "", /unheard_of/);
  });
  test("on nothing is nothing", () => {
    assert.equal(at(`${HEAD}‸\nx = 1\n`), undefined);
  });
});
