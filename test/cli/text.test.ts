import assert from "node:assert/strict";
import test from "node:test";
import type { Diagnostic, Hint } from "../../core/index.ts";
import { type Dim, NONE } from "../../core/tensor/dim.ts";
import { shape } from "../../core/tensor/shape.ts";
import { displayLine, safe, wrapWords } from "../../server/cli/displayLine.ts";
import { wantsColour } from "../../server/cli/palette.ts";
import { chooseHint, lineHints } from "../../server/features/lineHints.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, spanOf, stubCore } from "./stub.ts";

type Sizes = readonly Dim[];
const dtype = "float32";
const hintAt = (text: string, part: string, sizes: Sizes, more: Partial<Hint> = {}): Hint => ({
  span: spanOf(text, part),
  kind: "layer",
  type: "Dense",
  contexts: [{ outputs: { shape: shape(...sizes), dtype }, params: undefined, callers: [] }],
  more: 0,
  ...more,
});
const contexts = (params: number | undefined, ...all: Sizes[]) =>
  all.map((sizes) => ({ outputs: { shape: shape(...sizes), dtype }, params, callers: [] }) as const);
const labelOf = (hint: Hint) => lineHints([hint], [], [], () => 1).get(1)?.label;

test("of the hints that end in a line the outermost shows, and the last of several", () => {
  const text = "y = dense(flatten(x)); z = pool(y)";
  const dense = hintAt(text, "dense(flatten(x))", [1]);
  const flatten = hintAt(text, "flatten(x)", [1]);
  const pool = hintAt(text, "pool(y)", [1]);
  for (const hints of [[dense, flatten], [flatten, dense], [dense]]) assert.equal(chooseHint(hints), dense);
  for (const hints of [
    [dense, flatten, pool],
    [pool, flatten, dense],
  ])
    assert.equal(chooseHint(hints), pool);
  assert.equal(chooseHint([]), undefined);
});

test("what goes into something unknown does not pass for what comes out", () => {
  const text = "z = base(Input((96, 96, 3)))";
  const input = hintAt(text, "Input((96, 96, 3))", [NONE, 96, 96, 3]);
  const unknown = { span: spanOf(text, "base(Input((96, 96, 3)))"), reason: "base is not known" };
  assert.equal(lineHints([input], [], [unknown], () => 1).size, 0);
  assert.equal(lineHints([input], [], [{ ...unknown, span: input.span }], () => 1).size, 1);
});

test("a label says the shape and the cost", () => {
  const at = (more: Partial<Hint>) => labelOf(hintAt("f(x)", "f(x)", [1], more));
  assert.equal(at({ contexts: contexts(384, [NONE, 10, 64]) }), "→ (None, 10, 64) · 384 params");
  assert.equal(at({ contexts: contexts(1, [NONE, 1]) }), "→ (None, 1) · 1 param");
  assert.equal(at({ contexts: contexts(0, [NONE, 50]) }), "→ (None, 50)");
  assert.equal(at({ contexts: contexts(undefined, [NONE, 50]) }), "→ (None, 50)");
  assert.equal(at({ contexts: contexts(1234567, [NONE, 5], [NONE, 5]) }), "→ (None, 5) · 1,234,567 params");
  assert.equal(at({ kind: "data", contexts: contexts(undefined, [60000, 28, 28]) }), "→ (60000, 28, 28) float32");
  const outputs = ([NONE, 4] as const).map((size) => ({ shape: shape(size, 6), dtype }) as const);
  assert.equal(at({ contexts: [{ outputs, params: 8, callers: [] }] }), "→ [(None, 6), (4, 6)] · 8 params");
});

test("several contexts: the first and the last of what differs", () => {
  const at = (more: Partial<Hint>) => labelOf(hintAt("f(x)", "f(x)", [1], more));
  const four = [56, 28, 14, 7].map((n): Sizes => [NONE, n, n, 3584 / n]);
  assert.equal(at({ contexts: contexts(undefined, ...four) }), "→ (None, 56, 56, 64) … (None, 7, 7, 512) ×4");
  assert.equal(
    at({ contexts: contexts(5, ...four), more: 60 }),
    "→ (None, 56, 56, 64) … (None, 7, 7, 512) ×64 · 5 params",
  );
  assert.equal(at({ contexts: contexts(undefined, [1], [2], [1]) }), "→ (1,) … (2,) ×3");
});

test("a model says its sum and what it makes of what", () => {
  const hint = hintAt("Model(a, b)", "Model(a, b)", [1], { kind: "model", contexts: contexts(7818, [NONE, 10]) });
  const unknown = { trainable: undefined, nonTrainable: undefined, params: undefined, outputs: undefined, layers: [] };
  const model = { ...unknown, name: "m", kerasName: "m", kind: "functional" as const, span: hint.span };
  const label = (inputs: ReturnType<typeof shape>[] | undefined) =>
    lineHints([hint], [{ ...model, inputs }], [], () => 1).get(1)?.label;
  assert.equal(label([shape(NONE, 10, 5)]), "Σ 7,818 params · (None, 10, 5) → (None, 10)");
  assert.equal(label([shape(NONE, 1), shape(NONE, 2)]), "Σ 7,818 params · [(None, 1), (None, 2)] → (None, 10)");
  assert.equal(label(undefined), "Σ 7,818 params · ? → (None, 10)");
  assert.equal(labelOf(hint), "Σ 7,818 params → (None, 10)");
});

const TEXT = `model = Sequential([
\tFlatten(input_shape=(32, 10, 5)),  # 層
    Dense(64)])
y = '層' + dense(x)

`;
const SEQUENTIAL = { start: TEXT.indexOf("Sequential"), end: TEXT.indexOf("y =") - 1 };
const diagnostic = (part: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  ...{ code: "a-code", severity: "error", span: spanOf(TEXT, part), message: "What is wrong.", related: [], fixes: [] },
  ...more,
});

test("the source has its hints at the line ends and its diagnostics under their lines", async (t) => {
  const root = folder(t, { "a.py": TEXT });
  const core = stubCore(({ path }) => ({
    hints: [
      hintAt(TEXT, "Flatten(input_shape=(32, 10, 5))", [NONE, 1600]),
      hintAt(TEXT, "Dense(64)", [NONE, 64]),
      { ...hintAt(TEXT, "Dense(64)", [NONE, 64], { kind: "model" }), span: SEQUENTIAL },
      hintAt(TEXT, "dense(x)", [NONE, 64], { contexts: contexts(104, [NONE, 8]) }),
    ],
    diagnostics: [
      diagnostic("dense(x)", { severity: "hint" }),
      diagnostic("(32, 10, 5)", {
        related: [{ location: { path, span: spanOf(TEXT, "dense(x)") }, message: "seen here" }],
        fixes: [{ title: "Use (10, 5)", preferred: true, edits: [] }],
      }),
      { ...diagnostic("model"), span: SEQUENTIAL, severity: "warning", message: "The whole." },
    ],
  }));
  const { code, out } = await inlayer(root, core, ["check", "a.py"]);
  assert.equal(code, 1);
  assert.equal(
    out,
    `a.py
1 │ model = Sequential([
  │         ^^^^^^^^^^^^
  │         warning[a-code]: The whole.
2 │     Flatten(input_shape=(32, 10, 5)),  # 層  → (None, 1600)
  │                         ^^^^^^^^^^^
  │                         error[a-code]: What is wrong.
  │                         see a.py:4:11: seen here
  │                         fix Use (10, 5)
3 │     Dense(64)])  Σ → (None, 64)
4 │ y = '層' + dense(x)  → (None, 8) · 104 params
  │            ^^^^^^^^
  │            hint[a-code]: What is wrong.
5 │

1 file · 1 error · 1 warning · 1 hint
`,
  );
});

test("a notebook shows its cells as they are, magics and all", async (t) => {
  const cells = ["# only text", "%cd ..\nx = f()", "y = g(x)"].map((source, i) => ({
    cell_type: i === 0 ? "markdown" : "code",
    source,
  }));
  const root = folder(t, { "n.ipynb": JSON.stringify({ nbformat: 4, metadata: {}, cells }) });
  const core = stubCore((file) => ({
    hints: [hintAt(file.text, "f()", [1]), hintAt(file.text, "g(x)", [2])],
    diagnostics: [{ ...diagnostic("dense(x)"), span: spanOf(file.text, "x", 2), severity: "information" }],
    unknowns: [{ span: spanOf(file.text, "f()"), reason: "why" }],
  }));
  const { code, out } = await inlayer(root, core, ["check", "n.ipynb"]);
  assert.equal(code, 0);
  assert.equal(
    out,
    `n.ipynb
── cell 1 ──
1 │ %cd ..
2 │ x = f()  → (1,)
── cell 2 ──
1 │ y = g(x)  → (2,)
  │       ^
  │       information[a-code]: What is wrong.

1 file · 1 information · 1 unknown
`,
  );
});

test("long messages are broken on a terminal, not in a pipe", async (t) => {
  const root = folder(t, { "a.py": TEXT });
  const message = "It is the shape of one sample, so the model expects (None, 32, 10, 5) and gets (32, 10, 5) here.";
  const core = stubCore(() => ({ diagnostics: [diagnostic("dense(x)", { message })] }));
  const piped = await inlayer(root, core, ["check", "a.py"]);
  assert.ok(piped.out.includes(`│            error[a-code]: ${message}\n`));
  const shown = await inlayer(root, core, ["check", "a.py", "--color", "never"], {
    terminal: { present: true, columns: 60 },
  });
  assert.ok(
    shown.out.includes(`
  │            ^^^^^^^^
  │            error[a-code]: It is the shape of one
  │                sample, so the model expects
  │                (None, 32, 10, 5) and gets (32, 10, 5)
  │                here.
`),
    shown.out,
  );
});

test("a file cannot write to the terminal what it likes", async (t) => {
  assert.equal(safe("a\x1b[31m\x07\x7f\u009b\u202e\nb"), "a␛[31m␇␡��\nb");
  assert.equal(displayLine("a\tb\t\tc").text, "a   b       c");
  assert.equal(displayLine("層\tb").text, "層  b");
  assert.equal(displayLine("層\tb").cellOf(2), 4);
  assert.equal(displayLine("👩‍🔬b").cellOf(5), 2, "one sign of several characters");
  assert.deepEqual(wrapWords("a bb (1, 2) c\n\nd", 6), ["a bb", "(1, 2)", "c", "", "d"]);
  const root = folder(t, { "a\x1b.py": "x = '\x1b[31m'\r\ny = 1\r\n" });
  const { out } = await inlayer(
    root,
    stubCore(() => ({})),
    ["check", "a\x1b.py", "--color", "never"],
  );
  assert.equal(out, "a␛.py\n1 │ x = '␛[31m'\n2 │ y = 1\n\n1 file · nothing to report\n");
});

test("colours: the option, then NO_COLOR and FORCE_COLOR, then the terminal", async (t) => {
  assert.equal(wantsColour("auto", true, {}), true);
  assert.equal(wantsColour("auto", false, {}), false);
  assert.equal(wantsColour("auto", true, { TERM: "dumb" }), false);
  assert.equal(wantsColour("auto", true, { NO_COLOR: "1" }), false);
  assert.equal(wantsColour("auto", true, { NO_COLOR: "" }), true);
  assert.equal(wantsColour("auto", false, { FORCE_COLOR: "1" }), true);
  assert.equal(wantsColour("auto", true, { FORCE_COLOR: "0" }), false);
  assert.equal(wantsColour("always", false, { NO_COLOR: "1" }), true);
  assert.equal(wantsColour("never", true, { FORCE_COLOR: "1" }), false);
  const root = folder(t, { "a.py": "f(x)" });
  const core = stubCore(({ text }) => ({ hints: [hintAt(text, "f(x)", [3])] }));
  const { out } = await inlayer(root, core, ["check", "a.py", "--color=always"]);
  assert.ok(out.includes("\x1b[2m1 │\x1b[22m f(x)  \x1b[2m\x1b[36m→ (3,)\x1b[39m\x1b[22m\n"), JSON.stringify(out));
});
