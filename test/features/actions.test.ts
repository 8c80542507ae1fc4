import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Diagnostic } from "../../core/index.ts";
import { fixAll, ignoring, quickFixes } from "../../server/features/codeActions.ts";
import { codeLenses } from "../../server/features/codeLens.ts";
import { why } from "../../server/features/why.ts";
import { fileOf, marked, NOTHING } from "./marked.ts";

/** The text after the action that silences a fault which spans from the first caret to the second. */
function silenced(source: string): string | undefined {
  const [before = "", inside = "", after = ""] = source.split("‸");
  const text = before + inside + after;
  const span = { start: before.length, end: before.length + inside.length };
  const diagnostic: Diagnostic = { code: "a-b", severity: "error", span, message: "", related: [], fixes: [] };
  const [action] = ignoring(fileOf(text), { ...NOTHING, diagnostics: [diagnostic] }, span);
  const [edit] = action?.edits ?? [];
  if (edit === undefined) return undefined;
  const { start, end } = edit.location.span;
  return text.slice(0, start) + edit.newText + text.slice(end);
}

describe("a comment silences a fault", () => {
  test("at the end of its line", () => {
    assert.equal(silenced("x = ‸f()‸\ny = 1\n"), "x = f()  # inlayer: ignore[a-b]\ny = 1\n");
    assert.equal(silenced("x = ‸f()‸"), "x = f()  # inlayer: ignore[a-b]");
    assert.equal(silenced("x = ‸f()‸ # why\r\n"), "x = f() # why  # inlayer: ignore[a-b]\r\n");
  });
  test("beside another code", () => {
    assert.equal(silenced("x = ‸f()‸  # inlayer: ignore[c-d]\n"), "x = f()  # inlayer: ignore[c-d, a-b]\n");
  });
  test("at the last of its lines that can have one", () => {
    assert.equal(silenced("x = ‸f(\n    1\n)‸\n"), "x = f(\n    1\n)  # inlayer: ignore[a-b]\n");
    assert.equal(silenced("‸x = f(1) + \\\n    g()‸\n"), "x = f(1) + \\\n    g()  # inlayer: ignore[a-b]\n");
    assert.equal(silenced('x = ‸f("""\n  a‸\n""")\n'), undefined);
    assert.equal(silenced('x = ‸f(\n  """\n  a‸\n""")\n'), 'x = f(  # inlayer: ignore[a-b]\n  """\n  a\n""")\n');
    assert.equal(silenced("x = ‸f(1)‸ + \\\n    g()\n"), undefined);
  });
});

test("the gravest fault's fixes come first, and one fix is preferred", () => {
  const fix = (title: string) => ({ title, preferred: true, edits: [] });
  const diagnostic = (severity: Diagnostic["severity"], end: number, title: string): Diagnostic => ({
    ...{ code: "a-b", severity, span: { start: 0, end }, message: "", related: [], fixes: [fix(title)] },
  });
  // The last one mends two of them, and stands once.
  const diagnostics = [
    diagnostic("hint", 2, "c"),
    diagnostic("error", 9, "b"),
    diagnostic("error", 3, "a"),
    diagnostic("warning", 3, "a"),
  ];
  const actions = quickFixes({ ...NOTHING, diagnostics }, { start: 1, end: 1 });
  assert.deepEqual(
    actions.map(({ title, preferred, diagnostics }) => [title, preferred, diagnostics.length]),
    [
      ["a", true, 2],
      ["b", false, 1],
      ["c", false, 1],
    ],
  );
});

test("fix all takes what keeps the program as it is, and of two that overlap the first", () => {
  const { analysis } = marked(`import keras
from keras import layers
x = keras.Input((5, 4))
y = layers.TimeDistributed(layers.TimeDistributed(layers.Dense(3)))(keras.Input((6, 5, 4)))
z = layers.TimeDistributed(layers.Dense(2))(x)
w = layers.Dense(2, activaton="relu")(x)
`);
  const everywhere = { start: 0, end: Number.POSITIVE_INFINITY };
  const all = fixAll(analysis, everywhere);
  assert.ok(all);
  assert.equal(fixAll(analysis, { start: 0, end: 3 }), undefined);
  assert.deepEqual(new Set(all.diagnostics.map(({ code }) => code)), new Set(["redundant-time-distributed"]));
  assert.equal(fixAll(NOTHING, everywhere), undefined);
});

test("lenses stand over each place that makes a model", () => {
  const { analysis, carets } = marked(`import keras
from keras import layers
def build(n):
    return ‸keras.Sequential([keras.Input((4,)), layers.Dense(n)])
a = build(2)
b = build(3)
c = ‸keras.Sequential([layers.Dense(2)])
`);
  assert.deepEqual(
    codeLenses(analysis).map(({ span, title, model }) => [span.start, title, model]),
    [
      [carets[0], "▶ Run forward", 0],
      [carets[0], "Summary", 0],
      [carets[0], "Architecture", 0],
      [carets[0], "10 params", 0],
      [carets[1], "▶ Run forward", 2],
      [carets[1], "Summary", 2],
      [carets[1], "Architecture", 2],
      [carets[1], "Set input shape", 2],
    ],
  );
});

describe("why there is nothing", () => {
  const reason = (source: string) => {
    const file = marked(source);
    return why(file, file.carets[0] ?? 0, true);
  };
  test("says what is not known on the line", () =>
    assert.match(reason("import keras\nx = unheard‸_of(3)\ny = keras.layers.Dense(3)(x)"), /unheard_of/));
  test("says that nobody calls a function", () =>
    assert.match(reason("import keras\nx = keras.Input((3,))\ndef f(x):\n    return x.po‸oled()"), /calls/));
  test("says what a person has turned off", () => {
    assert.match(why(marked("import keras\n"), 0, false), /inlayer\.hints\.enabled/);
    assert.match(why({ ...marked("x = 1\n"), concerned: false }, 0, true), /Keras or TensorFlow/);
  });
});
