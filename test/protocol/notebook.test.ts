import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeAction, CodeLens } from "vscode-languageserver/node";
import type { ModelEntry } from "../../server/protocol/messages.ts";
import { COMPLETE, type Editor, edited, editsOf, openEditor, startOf, without } from "./editor.ts";

const notebook = "file:///project/deep%20net.ipynb";
const cell = (name: string) => `vscode-notebook-cell:/project/deep%20net.ipynb#${name}`;
const CELLS = {
  a: "%pip install keras\nimport keras\nfrom keras import layers",
  b: "x = keras.Input((10, 5))\ny = layers.TimeDistributed(layers.Dense(4))(x)",
  c: "model = keras.Model(x, layers.Flatten()(y))\nmodel.summary()",
};
type Name = keyof typeof CELLS;
const item = (name: string, text: string) => ({ uri: cell(name), languageId: "python", version: 1, text });

async function opened(names: readonly Name[] = ["a", "b", "c"], capabilities = COMPLETE): Promise<Editor> {
  const editor = await openEditor().initialize(capabilities);
  await editor.notify("notebookDocument/didOpen", {
    notebookDocument: {
      ...{ uri: notebook, notebookType: "jupyter-notebook", version: 1 },
      cells: [{ kind: 1, document: cell("words") }, ...names.map((it) => ({ kind: 2, document: cell(it) }))],
    },
    cellTextDocuments: names.map((it) => item(it, CELLS[it])),
  });
  return editor;
}
const changed = (editor: Editor, cells: object) =>
  editor.notify("notebookDocument/didChange", {
    notebookDocument: { uri: notebook, version: 2 },
    change: { cells },
  });

describe("the cells of a notebook", () => {
  test("are one module, in their order; hints and hovers are each cell's own", async () => {
    const editor = await opened();
    assert.deepEqual(await editor.labels(cell("a")), []);
    assert.deepEqual(await editor.labels(cell("b")), ["1: → (None, 10, 5)", "2: → (None, 10, 4) · 24 params"]);
    assert.deepEqual(await editor.labels(cell("c")), ["1: Σ 24 params · (None, 10, 5) → (None, 40)"]);
    assert.match(await editor.hover(cell("b"), startOf(CELLS.b, "Dense(4)")), /Dense\(units=4\)/);
    await editor.end();
  });

  test("follow edits of a cell, and cells that come, go and move", async () => {
    const editor = await opened();
    const at = startOf(CELLS.b, "4))");
    const range = { start: at, end: { line: at.line, character: at.character + 1 } };
    await changed(editor, {
      textContent: [{ document: { uri: cell("b"), version: 2 }, changes: [{ range, text: "7" }] }],
    });
    assert.deepEqual(await editor.labels(cell("c")), ["1: Σ 42 params · (None, 10, 5) → (None, 70)"]);
    const text = "y = layers.Dense(2)(y)";
    await changed(editor, {
      structure: {
        array: { start: 3, deleteCount: 0, cells: [{ kind: 2, document: cell("n") }] },
        didOpen: [item("n", text)],
      },
    });
    assert.deepEqual(await editor.labels(cell("n")), ["1: → (None, 10, 2) · 16 params"]);
    assert.deepEqual(await editor.labels(cell("c")), ["1: Σ 58 params · (None, 10, 5) → (None, 20)"]);
    // The new cell goes behind the model: nobody closes or opens anything.
    await changed(editor, { structure: { array: { start: 3, deleteCount: 1 } } });
    await changed(editor, {
      structure: { array: { start: 4, deleteCount: 0, cells: [{ kind: 2, document: cell("n") }] } },
    });
    assert.deepEqual(await editor.labels(cell("c")), ["1: Σ 42 params · (None, 10, 5) → (None, 70)"]);
    await changed(editor, { structure: { array: { start: 2, deleteCount: 1 }, didClose: [{ uri: cell("b") }] } });
    assert.deepEqual(await editor.labels(cell("b")), []);
    assert.deepEqual(await editor.labels(cell("c")), ["1: Σ ? → ?"]);
    await editor.end();
  });

  test("are told their diagnostics, for an edit in one changes those of others", async () => {
    const editor = await opened();
    await editor.until(() => editor.told.has(cell("b")));
    const told = () => editor.told.get(cell("b"))?.diagnostics.map(({ code }) => code);
    assert.deepEqual(told(), ["redundant-time-distributed"]);
    assert.deepEqual(await editor.pull(cell("b")), []);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 30 } };
    await changed(editor, {
      textContent: [
        { document: { uri: cell("a"), version: 2 }, changes: [{ range, text: "import keras\nlayers = None" }] },
      ],
    });
    await editor.until(() => told()?.length === 0);
    await editor.notify("notebookDocument/didClose", {
      notebookDocument: { uri: notebook },
      cellTextDocuments: [{ uri: cell("a") }, { uri: cell("b") }, { uri: cell("c") }],
    });
    assert.deepEqual(await editor.labels(cell("c")), []);
    await editor.end();
  });

  test("are mended each, and have the lenses of their models", async () => {
    const editor = await opened();
    const textDocument = { uri: cell("b") };
    const start = startOf(CELLS.b, "layers.Time");
    const params = { textDocument, range: { start, end: start }, context: { diagnostics: [] } };
    const [fix] = await editor.request<CodeAction[]>("textDocument/codeAction", params);
    const { edit } = await editor.request<CodeAction>("codeAction/resolve", fix);
    assert.equal(
      edited(CELLS.b, editsOf(edit, cell("b"))),
      CELLS.b.replace("layers.TimeDistributed(layers.Dense(4))", "layers.Dense(4)"),
    );
    const lenses = (uri: string) => editor.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    assert.deepEqual(await lenses(cell("b")), []);
    const [run] = await lenses(cell("c"));
    assert.deepEqual([run?.range.start.line, run?.command?.arguments], [0, [cell("c"), 0]]);
    const models = await editor.request<ModelEntry[]>("inlayer/models", { uri: cell("a") });
    assert.deepEqual(
      models.map(({ uri, name }) => [uri, name]),
      [[cell("c"), "model"]],
    );
    await editor.end();
  });

  test("are not asked for, where an editor has no notebooks", async () => {
    const editor = await openEditor().initialize(without("notebookDocument"));
    assert.equal(editor.result.capabilities.notebookDocumentSync, undefined);
    await editor.end();
  });
});
