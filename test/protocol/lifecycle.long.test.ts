import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { describe, test } from "node:test";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { Core } from "../../core/index.ts";
import { openCore } from "../core/open.ts";
import { folder } from "../workspace/folder.ts";
import { bundleProgram } from "./bundle.ts";
import { COMPLETE, Editor, openEditor } from "./editor.ts";
import { MODEL, MODEL_LABELS } from "./programs.ts";

const uri = "file:///project/model.py";

/** A program that keeps its cache in `home`. */
function start(home: string, ...args: readonly string[]): { readonly child: ChildProcess; readonly editor: Editor } {
  const env = { ...process.env, XDG_CACHE_HOME: home, LOCALAPPDATA: home };
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const reader = new StreamMessageReader(child.stdout);
  return { child, editor: new Editor(createMessageConnection(reader, new StreamMessageWriter(child.stdin))) };
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on("exit", resolve));

describe("a process that serves", () => {
  test("inlayer lsp --stdio lives from initialize to exit, and again out of its cache", async (t) => {
    const home = folder(t, {});
    const program = await bundleProgram(home, "cli");
    for (const round of ["first", "second"]) {
      const { child, editor } = start(home, program, "lsp", "--stdio");
      await editor.initialize();
      assert.equal(editor.result.serverInfo?.name, "inlayer", round);
      await editor.open(uri, MODEL);
      assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
      await editor.connection.sendRequest("shutdown");
      const end = ended(child);
      await editor.notify("exit", undefined);
      assert.equal(await end, 0);
      assert.deepEqual(editor.messages, []);
    }
  });

  test("the server ends with 1 when the editor is gone without a word", async (t) => {
    const home = folder(t, {});
    const { child, editor } = start(home, await bundleProgram(home, "server"), "--stdio");
    await editor.initialize({});
    const end = ended(child);
    child.stdin?.end();
    assert.equal(await end, 1);
  });
});

describe("an editor may do foolish things", () => {
  test("such as asking of files that are not open", async () => {
    const editor = await openEditor().initialize();
    const textDocument = { uri: "file:///nowhere.py" };
    const position = { line: 3, character: 99 };
    assert.deepEqual(await editor.hints(textDocument.uri), []);
    assert.equal(await editor.request("textDocument/hover", { textDocument, position }), null);
    assert.deepEqual(await editor.pull(textDocument.uri), []);
    assert.deepEqual(await editor.request("textDocument/codeLens", { textDocument }), []);
    assert.deepEqual(await editor.request("inlayer/models", textDocument), []);
    assert.equal(await editor.request("inlayer/summary", { ...textDocument, model: 0 }), null);
    assert.equal(await editor.request("workspace/executeCommand", { command: "inlayer.server.nonsense" }), null);
    assert.equal(await editor.request("workspace/executeCommand", { command: "inlayer.server.summary" }), null);
    await editor.end();
  });

  test("such as asking far outside the text, and closing what is not open", async () => {
    const editor = await openEditor().initialize();
    await editor.close("file:///nowhere.py");
    await editor.change("file:///nowhere.py", "x = 1");
    await editor.open(uri, MODEL);
    assert.equal(await editor.hover(uri, { line: 999, character: 999 }), "");
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    await editor.close(uri);
    assert.deepEqual(await editor.labels(uri), []);
    await editor.end();
  });

  test("such as sending what is no configuration", async () => {
    const initializationOptions = {
      inlayer: { hints: { kinds: 7, params: "yes" }, keras: "2", python: [], rules: [1] },
    };
    const editor = await openEditor().initialize({}, { initializationOptions });
    await editor.notify("workspace/didChangeConfiguration", { settings: null });
    await editor.notify("workspace/didChangeConfiguration", { settings: { inlayer: 3 } });
    await editor.open(uri, MODEL);
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    await editor.end();
  });
});

test("a fault in one request is logged and answered, and the next one works", async () => {
  let broken = true;
  const core = await openCore();
  const faulty: Core = Object.assign(Object.create(core) as Core, {
    card(path: string, offset: number) {
      if (broken) throw new Error("the card fell down");
      return core.card(path, offset);
    },
  });
  const editor = await openEditor({ createCore: async () => faulty }).initialize(COMPLETE);
  await editor.open(uri, MODEL);
  assert.equal(await editor.hover(uri, { line: 5, character: 12 }), "");
  assert.match(editor.messages.join(), /hover failed, please report this: Error: the card fell down/);
  broken = false;
  assert.match(await editor.hover(uri, { line: 5, character: 12 }), /Dense/);
  await editor.end();
});

test("what an analysis takes is made ready ahead for Inlayer's own client, which starts none in vain", async () => {
  for (const client of ["inlayer", "another"]) {
    let tries = 0;
    const createCore = async () => {
      tries++;
      return openCore();
    };
    const editor = await openEditor({ createCore }).initialize(COMPLETE, { initializationOptions: { client } });
    await editor.pull(uri);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(tries, client === "inlayer" ? 1 : 0, client);
    await editor.end();
  }
});

test("a core that cannot be loaded is asked for again", async () => {
  let tries = 0;
  const createCore = async () => {
    if (++tries === 1) throw new Error("no bytes");
    return openCore();
  };
  const editor = await openEditor({ createCore }).initialize();
  await editor.open(uri, MODEL);
  assert.deepEqual(await editor.labels(uri), []);
  assert.match(editor.messages.join(), /failed, please report this: Error: no bytes/);
  await editor.change(uri, MODEL);
  assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
  await editor.end();
});
