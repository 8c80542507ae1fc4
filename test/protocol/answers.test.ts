import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type {
  CodeAction,
  CodeLens,
  DocumentDiagnosticReport,
  InlayHint,
  InlayHintLabelPart,
} from "vscode-languageserver/node";
import { writtenNpy } from "../../server/engine/npy.ts";
import type { ForwardResult, ModelEntry, SummaryResult } from "../../server/protocol/messages.ts";
import { COMPLETE, type Editor, edited, editsOf, endOf, openEditor, startOf } from "./editor.ts";
import { FAULTY, MODEL, MODEL_LABELS } from "./programs.ts";

const uri = "file:///project/model.py";
const opened = async (text: string): Promise<Editor> => {
  const editor = await openEditor().initialize();
  await editor.open(uri, text);
  return editor;
};
const textDocument = { uri };

describe("hints", () => {
  test("are given for the lines that are asked for, at their ends", async () => {
    const editor = await opened(MODEL);
    const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
    const hints = await editor.hints(uri, range);
    assert.deepEqual(
      hints.map((it) => it.label),
      ["→ (None, 10, 64) · 384 params", "→ (None, 640)"],
    );
    assert.deepEqual(hints[0]?.position, endOf(MODEL, "layers.Dense(64),"));
    assert.equal(hints[0]?.paddingLeft, true);
    await editor.end();
  });

  test("tell more when they are pointed at, and what the inner calls yield", async () => {
    const text = "import keras\nx = keras.layers.Dense(3)(keras.layers.Flatten()(keras.Input((4, 5))))\n";
    const editor = await opened(text);
    const [hint] = await editor.hints(uri);
    assert.equal(hint?.tooltip, undefined);
    const resolved = await editor.request<InlayHint>("inlayHint/resolve", hint);
    const { value } = resolved.tooltip as { value: string };
    assert.match(value, /In this call:/);
    assert.match(value, /- `keras.Input\(\(4, 5\)\)` → \(None, 4, 5\)/);
    assert.match(value, /→ \(None, 20\)/);
    await editor.end();
  });
});

test("the pieces of a hint lead to definitions, and a double click inserts the shape", async () => {
  const capabilities = structuredClone(COMPLETE);
  const properties = ["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"];
  Object.assign(capabilities.textDocument?.inlayHint ?? {}, { resolveSupport: { properties } });
  const text = `import keras

def make(n):
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(n)])

m = make(3)
y = m(keras.Input((4,)))
`;
  for (const client of ["inlayer", undefined]) {
    const editor = await openEditor().initialize(capabilities, { initializationOptions: { client } });
    await editor.open(uri, text);
    const hints = await editor.hints(uri);
    const values = ({ label }: InlayHint) =>
      typeof label === "string" ? label : label.map((it) => it.value).join("|");
    assert.deepEqual(hints.map(values), [
      "Σ |15 params| · |(None, 4)| → |(None, 3)",
      "Σ |15 params| |→ |(None, 3)",
      "→ |(None, 3)| · |15 params",
    ]);
    const resolved = await editor.request<InlayHint>("inlayHint/resolve", hints[2]);
    assert.deepEqual(resolved.textEdits?.[0]?.newText, "  # (None, 3)");
    const [, shape] = resolved.label as InlayHintLabelPart[];
    if (client === undefined) assert.deepEqual(shape?.location?.range.start, startOf(text, "keras.Sequential"));
    else {
      assert.equal(shape?.command?.command, "inlayer.goTo");
      assert.deepEqual(shape.command.arguments?.[0].range.start, startOf(text, "keras.Sequential"));
      const model = await editor.request<InlayHint>("inlayHint/resolve", hints[0]);
      assert.deepEqual((model.label as InlayHintLabelPart[])[1]?.command?.arguments, [uri, 0]);
    }
    await editor.end();
  }
});

test("a hover is a card: the call, its flow, weights, formula, ways, a link", async () => {
  const editor = await opened(MODEL);
  const card = await editor.hover(uri, endOf(MODEL, "layers.De"));
  for (const part of [
    "```python\nDense(units=64)\n```",
    "`(None, 10, 5)` float32 → `(None, 10, 64)` float32 · **384 params**",
    "| kernel | `(5, 64)` | float32 |",
    "`(5 + 1) × 64 = 384`",
    "3,200 per sample",
    "| `Flatten() → Dense(64)` | `(None, 64)` | 3,264 |",
    "(https://keras.io/api/layers/core_layers/dense/)",
  ])
    assert.ok(card.includes(part), `${part}\n---\n${card}`);
  assert.equal(await editor.hover(uri, { line: 2, character: 0 }), "");
  await editor.end();
});

describe("diagnostics", () => {
  test("have a code, a page, tags, and what they are related to", async () => {
    const text = `${FAULTY}m = keras.Sequential([keras.Input((10,)), layers.Dense(5)])\nm(keras.Input((11,)))\n`;
    const editor = await opened(text);
    const all = await editor.pull(uri);
    const wrapped = all.find(({ code }) => code === "redundant-time-distributed");
    assert.deepEqual(wrapped?.tags, [1]);
    assert.deepEqual(wrapped?.range, {
      start: startOf(text, "layers.TimeDistributed"),
      end: endOf(text, "layers.TimeDistributed"),
    });
    assert.match(wrapped?.codeDescription?.href ?? "", /^file:.*\/docs\/rules\/redundant-time-distributed\.md$/);
    const misspelt = all.find(({ code }) => code === "unknown-argument");
    assert.equal(misspelt?.severity, 1);
    assert.equal(misspelt?.source, "inlayer");
    assert.equal(editor.told.size, 0, "who asks is not told");
    await editor.end();
  });

  test("are not sent again where nothing is new", async () => {
    const editor = await opened(FAULTY);
    const ask = (previousResultId?: string) =>
      editor.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument, previousResultId });
    const first = await ask();
    assert.equal(first.kind, "full");
    const second = await ask(first.resultId);
    assert.deepEqual(second, { kind: "unchanged", resultId: first.resultId });
    await editor.change(uri, "# a line before\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    assert.equal((await ask(first.resultId)).kind, "full");
    await editor.end();
  });
});

const actionsAt = (editor: Editor, text: string, part: string, only?: string[]) =>
  editor.request<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: startOf(text, part), end: startOf(text, part) },
    context: { diagnostics: [], ...(only ? { only } : {}) },
  });
async function applied(editor: Editor, text: string, action: CodeAction | undefined): Promise<string> {
  assert.ok(action);
  assert.equal(action.edit, undefined, "the edit comes when the action is chosen");
  const { edit } = await editor.request<CodeAction>("codeAction/resolve", action);
  return edited(text, editsOf(edit, uri));
}

describe("code actions", () => {
  test("mend a fault, the likeliest way first, or silence it", async () => {
    const editor = await opened(FAULTY);
    const actions = await actionsAt(editor, FAULTY, "activaton");
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred]),
      [
        ["Rename to activation → (None, 50, 5), 55 params", true],
        ["Insert Flatten() → (None, 5), 2,505 params", undefined],
        ["Insert GlobalAveragePooling1D() → (None, 5), 55 params", undefined],
        ["Insert LSTM(64) → (None, 5), 325 params", undefined],
        ["Take the last step → (None, 5), 55 params", undefined],
        ["Ignore dense-on-sequence on this line", undefined],
        ["Ignore unknown-argument on this line", undefined],
      ],
    );
    assert.ok(actions.every(({ kind }) => kind === "quickfix"));
    assert.equal(actions[0]?.diagnostics?.[0]?.code, "unknown-argument");
    assert.equal(await applied(editor, FAULTY, actions[0]), FAULTY.replace("activaton", "activation"));
    const silenced = await applied(editor, FAULTY, actions.at(-1));
    assert.equal(silenced, FAULTY.replace(/\n$/, "  # inlayer: ignore[unknown-argument]\n"));
    await editor.change(uri, silenced);
    assert.ok(!(await editor.pull(uri)).some(({ code }) => code === "unknown-argument"));
    await editor.end();
  });

  test("rewrite a model, where they are asked for", async () => {
    const editor = await opened(MODEL);
    const all = await actionsAt(editor, MODEL, "keras.Seq", ["refactor"]);
    assert.deepEqual(
      all.map(({ title, kind }) => [title, kind]),
      [
        ["Write it as a functional model", "refactor.rewrite.functional"],
        ["Name its 3 layers as Keras does", "refactor.rewrite.names"],
        ["Write the shapes as comments", "refactor.rewrite.comments"],
      ],
    );
    const named = await applied(editor, MODEL, all[1]);
    assert.match(named, /name="dense"/);
    assert.equal((await actionsAt(editor, MODEL, "keras.Seq", ["refactor.rewrite.names"])).length, 1);
    assert.deepEqual(await actionsAt(editor, MODEL, "keras.Seq", ["quickfix"]), []);
    const moved = { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } };
    const context = { diagnostics: [], triggerKind: 2 };
    const asked = { textDocument: { uri }, range: moved, context };
    assert.deepEqual(await editor.request("textDocument/codeAction", asked), []);
    await editor.end();
  });

  test("that fix all change nothing in what the program does", async () => {
    const editor = await opened(FAULTY);
    const [all, ...more] = await actionsAt(editor, FAULTY, "import", ["source.fixAll"]);
    assert.deepEqual(more, []);
    assert.equal(all?.kind, "source.fixAll.inlayer");
    const unwrapped = FAULTY.replace("layers.TimeDistributed(layers.Dense(5))", "layers.Dense(5)").replace(
      "layers.TimeDistributed(layers.Dense(7))",
      "layers.Dense(7)",
    );
    assert.equal(await applied(editor, FAULTY, all), unwrapped);
    await editor.end();
  });

  test("of an older text are refused, and there are none where nothing is wrong", async () => {
    const editor = await opened(FAULTY);
    const [fix] = await actionsAt(editor, FAULTY, "activaton");
    assert.deepEqual(await actionsAt(editor, FAULTY, "keras.Input"), []);
    assert.deepEqual(await actionsAt(editor, FAULTY, "activaton", ["refactor"]), []);
    await editor.change(uri, MODEL);
    await assert.rejects(editor.request("codeAction/resolve", fix), { code: -32801 });
    await editor.end();
  });
});

describe("over a model", () => {
  test("stand lenses with the server's own commands", async () => {
    const editor = await opened(MODEL);
    const lenses = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command, command?.arguments]),
      [
        ["▶ Run forward", "inlayer.server.forward", [uri, 0]],
        ["Summary", "inlayer.server.summary", [uri, 0]],
        ["6,794 params", "inlayer.server.summary", [uri, 0]],
      ],
    );
    assert.deepEqual(lenses[0]?.range.start, startOf(MODEL, "keras.Sequential"));
    for (const { command } of lenses) {
      assert.ok(editor.result.capabilities.executeCommandProvider?.commands.includes(command?.command ?? ""));
    }
    await editor.end();
  });

  test("or Inlayer's own client's", async () => {
    const editor = await openEditor().initialize(COMPLETE, { initializationOptions: { client: "inlayer" } });
    await editor.open(uri, MODEL);
    const lenses = await editor.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ["inlayer.runForward", "inlayer.showSummary", "inlayer.showArchitecture", "inlayer.showSummary"],
    );
    await editor.end();
  });
});

const execute = <R>(editor: Editor, command: string, ...args: unknown[]) =>
  editor.request<R>("workspace/executeCommand", { command, arguments: args });

describe("commands", () => {
  test("list the models, and print Keras's table of one", async () => {
    const editor = await opened(MODEL);
    const [model] = await editor.request<ModelEntry[]>("inlayer/models", { uri });
    assert.deepEqual(
      [model?.name, model?.params, model?.inputs, model?.outputs, model?.uri],
      ["model", 6794, ["(None, 10, 5)"], ["(None, 10)"], uri],
    );
    const result = await execute<SummaryResult>(editor, "inlayer.server.summary", uri, 0);
    assert.match(result.text, /Total params: 6,794/);
    assert.deepEqual(await editor.request("inlayer/summary", { uri, model: 0 }), result);
    assert.match(editor.messages.join(), /Total params: 6,794/);
    assert.equal(await execute(editor, "inlayer.server.summary", uri, 1), null);
    await editor.end();
  });

  test("run a model forward", async () => {
    const editor = await opened(MODEL);
    const result = await execute<ForwardResult>(editor, "inlayer.server.forward", uri, 0, 3);
    assert.equal(result.problem, undefined);
    assert.deepEqual(
      result.rows.map(({ type, actual, params, range }) => [type, actual, params, range?.start.line]),
      [
        ["Dense", "(3, 10, 64)", 384, 5],
        ["Flatten", "(3, 640)", 0, 6],
        ["Dense", "(3, 10)", 6410, 7],
      ],
    );
    const own = await editor.request<ForwardResult>("inlayer/forward", { uri, model: 0, batch: 2, seed: 1, run: "a" });
    assert.equal(own.rows.length, 3);
    assert.equal(editor.heard.filter((it) => it === "inlayer/forward/row").length, 3);
    const weights = "file:///project/none.weights.h5";
    const without = await execute<ForwardResult>(editor, "inlayer.server.forward", uri, 0, 2, 0, weights);
    assert.deepEqual([without.problem, without.rows], ["none.weights.h5: it cannot be read.", []]);
    const folder = mkdtempSync(join(tmpdir(), "inlayer-"));
    const file = pathToFileURL(join(folder, "x y.csv")).href;
    const gone = await execute<ForwardResult>(editor, "inlayer.server.forward", uri, 0, 2, 0, "", file);
    assert.deepEqual([gone.problem, gone.rows], ["x y.csv: it cannot be read.", []]);
    writeFileSync(join(folder, "x y.csv"), "1,2\n");
    const table = await execute<ForwardResult>(editor, "inlayer.server.forward", uri, 0, 2, 0, "", file);
    assert.match(table.problem ?? "", /^x y\.csv: an array of \(1, 2\) is no input input_layer of \(1, 10, 5\)\.$/);
    writeFileSync(join(folder, "x.npy"), writtenNpy({ shape: [3, 10, 5], numbers: new Float32Array(150) }));
    const array = pathToFileURL(join(folder, "x.npy")).href;
    const given = await execute<ForwardResult>(editor, "inlayer.server.forward", uri, 0, 2, 0, "", array);
    assert.deepEqual([given.input, given.rows[0]?.statistics?.max], ["given (3, 10, 5)", 0]);
    rmSync(folder, { recursive: true });
    assert.deepEqual(
      own.previews.map(({ shape, kind }) => [shape, kind]),
      [["(2, 10)", "numbers"]],
    );
    const ran = (labels: readonly string[]) => labels.filter((it) => /✓ [\d.]+ ms · /.test(it)).length;
    assert.equal(ran(await editor.labels(uri)), 3);
    await editor.change(uri, `${MODEL}\n`);
    assert.equal(ran(await editor.labels(uri)), 0, "what ran is not what stands there now");
    await editor.end();
  });

  test("write on what a model is called", async () => {
    const text = `import keras
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3)
    def call(self, x):
        return self.dense(x)
net = Net()
`;
    const editor = await opened(text);
    await execute(editor, "inlayer.server.setInputShape", uri, 0, "(None, 4)");
    const [edit] = editor.edits;
    const after = edited(text, editsOf(edit, uri));
    assert.equal(after, text.replace("net = Net()", "net = Net()  # inlayer: input (None, 4)"));
    await assert.rejects(execute(editor, "inlayer.server.setInputShape", uri, 0, "no shape"));
    await editor.change(uri, after);
    assert.ok((await editor.labels(uri)).some((it) => it.includes("(None, 3)")));
    await editor.end();
  });

  test("say why there is nothing", async () => {
    const text = "import keras\nx = undefined_thing(keras.Input((3,)))\n";
    const editor = await opened(text);
    const { text: why } = await execute<{ text: string }>(
      editor,
      "inlayer.server.why",
      uri,
      startOf(text, "undefined"),
    );
    assert.match(why, /undefined_thing/);
    await editor.open("file:///project/plain.py", "x = 1\n");
    const plain = await execute<{ text: string }>(editor, "inlayer.server.why", "file:///project/plain.py");
    assert.match(plain.text, /mentions Keras or TensorFlow/);
    await editor.end();
  });
});

describe("settings", () => {
  test("are heard when they change: hints, lenses, rules", async () => {
    const editor = await opened(MODEL);
    const set = async (inlayer: unknown) => {
      editor.configuration = inlayer;
      const asked = editor.heard.filter((it) => it === "workspace/configuration").length;
      await editor.notify("workspace/didChangeConfiguration", { settings: null });
      await editor.until(() => editor.heard.filter((it) => it === "workspace/configuration").length > asked);
    };
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    await set({ hints: { params: false, dtype: true, kinds: ["layer", "model"] } });
    assert.deepEqual(await editor.labels(uri), [
      "5: → (None, 10, 5) float32",
      "6: → (None, 10, 64) float32",
      "7: → (None, 640) float32",
      "8: → (None, 10) float32",
      "9: Σ (None, 10, 5) → (None, 10) float32",
    ]);
    await set({ hints: { enabled: false }, codeLens: { enabled: false }, rules: { "dense-on-sequence": "error" } });
    assert.deepEqual(await editor.labels(uri), []);
    assert.deepEqual(await editor.request("textDocument/codeLens", { textDocument }), []);
    assert.deepEqual(
      (await editor.pull(uri)).map(({ code, severity }) => [code, severity]),
      [["dense-on-sequence", 1]],
    );
    await set({ rules: { "dense-on-sequence": "off" } });
    assert.deepEqual(await editor.pull(uri), []);
    await editor.end();
  });

  test("come with initialize, or with the change itself, where the editor answers no questions", async () => {
    const editor = await openEditor().initialize({}, { initializationOptions: { hints: { params: false } } });
    await editor.open(uri, MODEL);
    assert.equal((await editor.labels(uri))[1], "6: → (None, 10, 64)");
    await editor.notify("workspace/didChangeConfiguration", { settings: { inlayer: { hints: { params: true } } } });
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    await editor.end();
  });
});
