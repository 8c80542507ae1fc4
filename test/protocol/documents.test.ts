import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { folder } from "../workspace/folder.ts";
import { COMPLETE, EVERYWHERE, endOf, openEditor, startOf, without } from "./editor.ts";
import { MODEL, MODEL_LABELS } from "./programs.ts";

const uri = "file:///project/model.py";

describe("a file's edits", () => {
  test("are applied one after the other, and answers are of the text as it stands", async () => {
    const editor = await openEditor().initialize();
    await editor.open(uri, MODEL);
    const start = startOf(MODEL, "64");
    // Typed without waiting: 6, 64, 641, and a line above.
    void editor.change(uri, "", { start, end: endOf(MODEL, "64") });
    for (const [i, digit] of ["3", "2", "1"].entries()) {
      const at = { line: start.line, character: start.character + i };
      void editor.change(uri, digit, { start: at, end: at });
    }
    void editor.change(uri, "# a line\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    assert.deepEqual(await editor.labels(uri), [
      "6: → (None, 10, 5)",
      "7: → (None, 10, 321) · 1,926 params",
      "8: → (None, 3210)",
      "9: → (None, 10) · 32,110 params",
      "10: Σ 34,036 params · (None, 10, 5) → (None, 10)",
    ]);
    await editor.end();
  });

  test("that break a statement cost its own hints only", async () => {
    const text = `${MODEL}other = layers.Dense(3)(keras.Input((4,)))\nlast = layers.Dense(2)(keras.Input((6,)))\n`;
    const editor = await openEditor().initialize();
    await editor.open(uri, text);
    const all = await editor.labels(uri);
    assert.deepEqual(all, [...MODEL_LABELS, "10: → (None, 3) · 15 params", "11: → (None, 2) · 14 params"]);
    await editor.change(uri, "layers.Dense(", {
      start: startOf(text, "layers.Dense(3)"),
      end: { line: 9, character: 99 },
    });
    assert.deepEqual(await editor.labels(uri), [...MODEL_LABELS, "11: → (None, 2) · 14 params"]);
    await editor.end();
  });

  test("are seen while an analysis runs: the request for the old text gets the new text's answer", async () => {
    const editor = await openEditor().initialize();
    const long =
      MODEL + Array.from({ length: 300 }, (_, i) => `x${i} = layers.Dense(${i + 1})(keras.Input((3,)))\n`).join("");
    await editor.open(uri, long);
    const asked = editor.labels(uri);
    await editor.change(uri, MODEL);
    assert.deepEqual(await asked, MODEL_LABELS);
    await editor.end();
  });

  test("with carriage returns keep their columns", async () => {
    const editor = await openEditor().initialize();
    await editor.open(uri, MODEL.replaceAll("\n", "\r\n"));
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    const [hint] = await editor.hints(uri);
    assert.deepEqual(hint?.position, endOf(MODEL, "keras.Input((10, 5)),"));
    await editor.end();
  });
});

test("a request that is cancelled is answered at once, as cancelled", async () => {
  let release = () => {};
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  const editor = await openEditor({ breathe: () => waiting }).initialize();
  await editor.open(uri, MODEL);
  const cancel = new CancellationTokenSource();
  const params = { textDocument: { uri }, range: EVERYWHERE };
  const asked = editor.connection.sendRequest("textDocument/inlayHint", params, cancel.token);
  cancel.cancel();
  await assert.rejects(asked, { code: -32800 });
  release();
  assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
  await editor.end();
});

test("edits at random lead to what a new reading of the text leads to", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 2 ** 31) * limit);
  };
  const pieces = [
    "",
    "",
    "(",
    ")",
    "\n",
    "    ",
    "4",
    "'",
    "x = ",
    "layers.Dense(3)(x)",
    "# ",
    '"""',
    "[",
    "\r\n",
    "def f():",
  ];
  const editor = await openEditor().initialize();
  let text = MODEL;
  await editor.open(uri, text);
  for (let i = 0; i < 60; i++) {
    const lines = text.split("\n");
    const line = below(lines.length);
    const character = below((lines[line]?.replace("\r", "").length ?? 0) + 1);
    const removed = Math.min(below(3), (lines[line]?.replace("\r", "").length ?? 0) - character);
    const piece = pieces[below(pieces.length)] ?? "";
    const at = lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0) + character;
    text = text.slice(0, at) + piece + text.slice(at + removed);
    void editor.change(uri, piece, { start: { line, character }, end: { line, character: character + removed } });
    if (below(3) === 0) await editor.hints(uri);
  }
  const fresh = await openEditor().initialize();
  await fresh.open("file:///project/fresh.py", text);
  assert.deepEqual(await editor.labels(uri), await fresh.labels("file:///project/fresh.py"), text);
  const messages = (of: typeof editor) => of.pull(of === editor ? uri : "file:///project/fresh.py");
  assert.deepEqual(
    (await messages(editor)).map(({ range, code }) => ({ range, code })),
    (await messages(fresh)).map(({ range, code }) => ({ range, code })),
    text,
  );
  await Promise.all([editor.end(), fresh.end()]);
});

test("what is not Python is left alone", async () => {
  const editor = await openEditor().initialize();
  const textDocument = { uri: "file:///project/notes.md", languageId: "markdown", version: 1, text: MODEL };
  await editor.notify("textDocument/didOpen", { textDocument });
  assert.deepEqual(await editor.labels(textDocument.uri), []);
  await editor.end();
});

test("a text that was never saved is read like any other", async () => {
  const editor = await openEditor().initialize();
  await editor.open("untitled:Untitled-1", MODEL);
  assert.deepEqual(await editor.labels("untitled:Untitled-1"), MODEL_LABELS);
  await editor.end();
});

const BLOCKS = "from keras import layers\n\n\ndef block(x, units):\n    return layers.Dense(units)(x)\n";
const MAIN = "import keras\nfrom blocks import block\n\nx = block(keras.Input((4,)), 3)\n";

/** What is read takes its time, and then the editor is told to ask again: what it shows in the end. */
async function shows(editor: ReturnType<typeof openEditor>, file: string, expected: readonly string[]): Promise<void> {
  let labels = await editor.labels(file);
  for (let i = 0; i < 100 && labels.join() !== expected.join(); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    labels = await editor.labels(file);
  }
  assert.deepEqual(labels, expected);
}

describe("imports", () => {
  test("are read from the disk, from what is open instead, and again when it changes", async (t) => {
    const root = folder(t, { "blocks.py": BLOCKS, "main.py": MAIN });
    const [main, blocks] = ["main.py", "blocks.py"].map((name) => pathToFileURL(join(root, name)).href) as [
      string,
      string,
    ];
    const editor = await openEditor().initialize(COMPLETE, { rootUri: pathToFileURL(root).href });
    await editor.open(main, MAIN);
    await shows(editor, main, ["4: → (None, 3)"]);
    await editor.open(blocks, BLOCKS);
    // What nothing in a file calls has the shapes of the program that does.
    await shows(editor, blocks, ["5: → (None, 3) · 15 params"]);
    await editor.change(blocks, "(units * 2)", { start: startOf(BLOCKS, "(units)"), end: endOf(BLOCKS, "(units)") });
    await editor.until(() => editor.heard.includes("workspace/inlayHint/refresh"));
    await shows(editor, main, ["4: → (None, 6)"]);
    await editor.close(blocks);
    await shows(editor, main, ["4: → (None, 3)"]);
    writeFileSync(join(root, "blocks.py"), BLOCKS.replace("(units)", "(units * 3)"));
    await editor.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: blocks, type: 2 }] });
    await shows(editor, main, ["4: → (None, 9)"]);
    rmSync(join(root, "blocks.py"));
    await editor.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: blocks, type: 3 }] });
    await shows(editor, main, []);
    await editor.end();
  });

  test("tell a file by whom it is called, also once those say something else", async (t) => {
    const root = folder(t, { "blocks.py": BLOCKS, "main.py": "import keras\n" });
    const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
    const editor = await openEditor().initialize(COMPLETE, { rootUri: pathToFileURL(root).href });
    await editor.open(uriOf("blocks.py"), BLOCKS);
    await shows(editor, uriOf("blocks.py"), ["5: → (..., units)"]);
    await editor.open(uriOf("main.py"), "import keras\n");
    await editor.change(uriOf("main.py"), MAIN);
    await shows(editor, uriOf("blocks.py"), ["5: → (None, 3) · 15 params"]);
    await editor.change(uriOf("main.py"), MAIN.replace("3", "8"));
    await shows(editor, uriOf("blocks.py"), ["5: → (None, 8) · 40 params"]);
    await editor.change(uriOf("main.py"), "import keras\n");
    await shows(editor, uriOf("blocks.py"), ["5: → (..., units)"]);
    await editor.end();
  });

  test("renew an open file exactly where they change what it says, at any distance", async (t) => {
    const files = {
      "sizes.py": "UNITS = 3\nOTHER = 4\n\n\ndef unused():\n    return 1\n",
      "blocks.py": "import keras\nimport sizes\n\n\ndef block(x):\n    return keras.layers.Dense(sizes.UNITS)(x)\n",
      "main.py": "import keras\nfrom blocks import block\n\ny = block(keras.Input((2,)))\n",
    };
    const root = folder(t, files);
    const [sizes, main] = ["sizes.py", "main.py"].map((name) => pathToFileURL(join(root, name)).href) as [
      string,
      string,
    ];
    const editor = await openEditor().initialize(COMPLETE, { rootUri: pathToFileURL(root).href });
    await editor.open(main, files["main.py"]);
    await editor.open(sizes, files["sizes.py"]);
    while ((await editor.labels(main))[0] === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    const before = await editor.labels(main);
    assert.match(before.at(-1) ?? "", /\(None, 3\)/);
    const refreshes = () => editor.heard.filter((it) => it === "workspace/inlayHint/refresh").length;
    // What came late in the beginning is told by then.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const told = refreshes();
    const top = { line: 0, character: 0 };
    await editor.change(sizes, "# a line above\n", { start: top, end: top });
    await editor.change(sizes, "5", { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } });
    await editor.change(sizes, "2", { start: { line: 6, character: 11 }, end: { line: 6, character: 12 } });
    assert.deepEqual(await editor.labels(main), before);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(refreshes(), told);
    await editor.change(sizes, "7", { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } });
    await editor.until(() => refreshes() > told);
    assert.match((await editor.labels(main)).at(-1) ?? "", /\(None, 7\)/);
    await editor.end();
  });

  test("are read again after each save, where the editor cannot watch files", async (t) => {
    const root = folder(t, { "blocks.py": BLOCKS, "main.py": MAIN });
    const main = pathToFileURL(join(root, "main.py")).href;
    const editor = await openEditor().initialize(without("workspace.didChangeWatchedFiles"));
    await editor.open(main, MAIN);
    await shows(editor, main, ["4: → (None, 3)"]);
    writeFileSync(join(root, "blocks.py"), BLOCKS.replace("(units)", "(units * 3)"));
    await editor.notify("textDocument/didSave", { textDocument: { uri: main } });
    await shows(editor, main, ["4: → (None, 9)"]);
    await editor.end();
  });

  test("are followed from a file that never says Keras itself; one that leads nowhere costs nothing", async (t) => {
    const root = folder(t, {
      "nets/__init__.py": "from .small import model\n",
      "nets/small.py": MODEL,
      "tools.py": "import os\n",
    });
    const at = (name: string) => pathToFileURL(join(root, name)).href;
    let loaded = 0;
    const { openCore } = await import("../core/open.ts");
    const createCore = () => {
      loaded++;
      return openCore();
    };
    const editor = await openEditor({ createCore }).initialize(COMPLETE);
    await editor.open(at("plain.py"), "import tools\nimport numpy as np\n\nx = np.zeros((3, 4))\n");
    assert.deepEqual(await editor.labels(at("plain.py")), []);
    assert.equal(loaded, 0);
    const user = "from nets import model\nimport numpy as np\n\ny = model.predict(np.zeros((8, 10, 5)))\n";
    await editor.open(at("use.py"), user);
    assert.deepEqual(await editor.labels(at("use.py")), ["4: → (8, 10) float32"]);
    assert.equal(loaded, 1);
    await editor.end();
  });

  test("that take long do not keep the rest waiting", async () => {
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { uriPaths } = await import("../../server/workspace/uris.ts");
    const files = {
      ...uriPaths,
      kind: async (path: string) => (path.endsWith("/blocks.py") ? ("file" as const) : undefined),
      read: async () => {
        await arrival;
        return new TextEncoder().encode(BLOCKS);
      },
    };
    const editor = await openEditor({ files }).initialize();
    await editor.open(uri, `${MAIN}z = keras.Input((7,))\n`);
    assert.deepEqual(await editor.labels(uri), ["5: → (None, 7)"]);
    const position = { line: 3, character: 6 };
    const why = await editor.request<{ text: string }>("inlayer/why", { uri, position });
    assert.match(why.text, /is not read yet/);
    arrive();
    await editor.until(() => editor.heard.includes("workspace/inlayHint/refresh"));
    assert.deepEqual(await editor.labels(uri), ["4: → (None, 3)", "5: → (None, 7)"]);
    await editor.end();
  });
});
