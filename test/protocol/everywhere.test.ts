import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { CodeAction } from "vscode-languageserver/node";
import type { SummaryResult } from "../../server/protocol/messages.ts";
import { folder } from "../workspace/folder.ts";
import { edited, editsOf, endOf, openEditor, startOf } from "./editor.ts";
import { MODEL, MODEL_LABELS } from "./programs.ts";

const uri = "file:///project/model.py";

describe("several roots", () => {
  test("each have their own modules of one name", async (t) => {
    const model = "from blocks import head\nimport keras\ny = head(keras.Input((4,)))\n";
    const blocks = (units: number) => `from keras import layers\ndef head(x):\n    return layers.Dense(${units})(x)\n`;
    const roots = [3, 5].map((units) => folder(t, { "model.py": model, "blocks.py": blocks(units) }));
    const [first = "", second = ""] = roots.map((root) => pathToFileURL(root).href);
    const editor = await openEditor().initialize(undefined, { rootUri: first });
    const event = { added: [{ uri: second, name: "second" }], removed: [] };
    await editor.notify("workspace/didChangeWorkspaceFolders", { event });
    const uris = [first, second].map((root) => `${root}/model.py`);
    for (const it of uris) await editor.open(it, model);
    // What is imported may arrive after the first answer: then the editor is told to ask again.
    const lastOf = async (root: number, expected: string) => {
      for (;;) {
        const label = (await editor.labels(uris[root] ?? "")).at(-1);
        if (label?.includes("(None, ")) return assert.equal(label, expected);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await lastOf(0, "3: → (None, 3)");
    await lastOf(1, "3: → (None, 5)");
    // An edit in one of them is none in the other.
    const other = `${second}/blocks.py`;
    await editor.open(other, blocks(7));
    await lastOf(1, "3: → (None, 7)");
    await lastOf(0, "3: → (None, 3)");
    await editor.end();
  });
});

describe("a text that was never saved", () => {
  test("has all that a file has, and several of them are several", async () => {
    const editor = await openEditor().initialize();
    const [one, two] = ["untitled:Untitled-1", "untitled:Untitled-2"];
    await editor.open(one, MODEL);
    await editor.open(two, MODEL.replaceAll("64", "32"));
    assert.deepEqual(await editor.labels(one), MODEL_LABELS);
    assert.equal((await editor.labels(two))[1], "6: → (None, 10, 32) · 192 params");
    const params = { command: "inlayer.server.summary", arguments: [two, 0] };
    const { text } = await editor.request<SummaryResult>("workspace/executeCommand", params);
    assert.match(text, /│ dense \(Dense\) +│ \(None, 10, 32\) +│ +192 │/);
    const place = { start: startOf(MODEL, "keras.Seq"), end: startOf(MODEL, "keras.Seq") };
    const context = { diagnostics: [], only: ["refactor"], triggerKind: 1 };
    const asked = { textDocument: { uri: two }, range: place, context };
    const [functional] = await editor.request<CodeAction[]>("textDocument/codeAction", asked);
    const { edit } = await editor.request<CodeAction>("codeAction/resolve", functional);
    assert.match(edited(MODEL, editsOf(edit, two)), /^model = keras.Model\(inputs, outputs\)$/m);
    await editor.end();
  });
  test("may import what only the disk has: of that nothing is claimed", async () => {
    const editor = await openEditor().initialize();
    await editor.open("untitled:Untitled-1", "import keras\nfrom blocks import head\ny = head(keras.Input((4,)))\n");
    assert.deepEqual(await editor.labels("untitled:Untitled-1"), []);
    await editor.end();
  });
});

describe("characters of two units, and carriage returns", () => {
  const text = [
    "import keras",
    'name = "𝄞😀"; x = keras.Input((4,), name="𝒳")  # 😀',
    'y = keras.layers.Dense(3, name="😀", activaton="relu")(x)',
    "model = keras.Model(x, y)",
    "",
  ].join("\r\n");

  test("are counted as the protocol counts", async () => {
    const editor = await openEditor().initialize();
    await editor.open(uri, text);
    const lines = text.split("\r\n");
    const hints = await editor.hints(uri);
    assert.deepEqual(
      hints.map(({ position }) => [position.line, position.character]),
      [1, 2, 3].map((line) => [line, lines[line]?.length]),
    );
    const [fault] = await editor.pull(uri);
    assert.deepEqual(fault?.range, { start: startOf(text, "activaton"), end: endOf(text, 'activaton="relu"') });
    await editor.end();
  });
  test("stand where they stood after an edit of ours", async () => {
    const editor = await openEditor().initialize();
    await editor.open(uri, text);
    const at = { start: startOf(text, "activaton"), end: startOf(text, "activaton") };
    const asked = { textDocument: { uri }, range: at, context: { diagnostics: [] } };
    const [fix] = await editor.request<CodeAction[]>("textDocument/codeAction", asked);
    const mended = await editor.request<CodeAction>("codeAction/resolve", fix);
    const after = edited(text, editsOf(mended.edit, uri));
    assert.equal(after, text.replace("activaton", "activation"));
    await editor.change(uri, after);
    const only = { diagnostics: [], only: ["refactor.rewrite.comments"] };
    const place = { start: startOf(after, "model"), end: startOf(after, "model") };
    const [comments] = await editor.request<CodeAction[]>("textDocument/codeAction", {
      ...{ textDocument: { uri }, range: place, context: only },
    });
    const { edit } = await editor.request<CodeAction>("codeAction/resolve", comments);
    assert.equal(edited(after, editsOf(edit, uri)), after.replace("(x)\r\n", "(x)  # (None, 3)\r\n"));
    await editor.end();
  });
});

describe("a file of 10,000 lines", () => {
  const blocks = 1_250;
  const block = (i: number) => [
    `def block_${i}(x):`,
    `    x = layers.Dense(${(i % 7) + 1})(x)`,
    "    return layers.ReLU()(x)",
    "",
    "",
    `x_${i} = keras.Input((${(i % 5) + 1},))`,
    `y_${i} = block_${i}(x_${i})`,
    "",
  ];
  const text = [
    ...["import keras", "from keras import layers"],
    ...Array.from({ length: blocks }, (_, i) => block(i)).flat(),
  ].join("\n");

  test("is read to its end, and an edit in its middle changes what depends on it", async () => {
    assert.ok(text.split("\n").length >= 10_000);
    const editor = await openEditor().initialize();
    await editor.open(uri, text);
    const before = await editor.labels(uri);
    assert.equal(before.length, 4 * blocks);
    const last = blocks - 1;
    assert.equal(before.at(-1), `${2 + 8 * last + 7}: → (None, ${(last % 7) + 1})`);
    assert.deepEqual(await editor.pull(uri), []);
    const at = { line: 2 + 8 * 600 + 1, character: "    x = layers.Dense(".length };
    await editor.change(uri, "4", { start: at, end: at });
    const after = await editor.labels(uri);
    const changed = after.flatMap((label, i) => (label === before[i] ? [] : [label]));
    assert.deepEqual(changed, ["4804: → (None, 46) · 92 params", "4805: → (None, 46)", "4809: → (None, 46)"]);
    await editor.end();
  });
});
