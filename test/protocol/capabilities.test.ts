import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ClientCapabilities, CodeAction, Command, InlayHint } from "vscode-languageserver/node";
import { COMPLETE, type Editor, edited, editsOf, openEditor, startOf, without } from "./editor.ts";
import { FAULTY, MODEL, MODEL_LABELS } from "./programs.ts";

const uri = "file:///project/model.py";

async function opened(capabilities: ClientCapabilities, text = FAULTY): Promise<Editor> {
  const editor = await openEditor().initialize(capabilities);
  await editor.open(uri, text);
  return editor;
}
const actions = (editor: Editor) => {
  const start = startOf(FAULTY, "activaton");
  const context = { diagnostics: [] };
  return editor.request<(CodeAction & Command)[]>("textDocument/codeAction", {
    ...{ textDocument: { uri }, range: { start, end: start }, context },
  });
};
const MENDED = FAULTY.replace("activaton", "activation");

describe("an editor that lacks a capability", () => {
  test("of any kind still gets hints, hovers, lenses and actions", async () => {
    const paths = [
      ...Object.keys(COMPLETE.workspace ?? {}).map((it) => `workspace.${it}`),
      ...Object.keys(COMPLETE.textDocument ?? {}).map((it) => `textDocument.${it}`),
      ...Object.keys(COMPLETE.textDocument?.codeAction ?? {}).map((it) => `textDocument.codeAction.${it}`),
      ...Object.keys(COMPLETE.textDocument?.publishDiagnostics ?? {}).map(
        (it) => `textDocument.publishDiagnostics.${it}`,
      ),
      ...["workspace", "textDocument", "notebookDocument"],
    ];
    for (const path of paths) {
      const editor = await opened(without(path), MODEL);
      assert.deepEqual(await editor.labels(uri), MODEL_LABELS, path);
      assert.match(await editor.hover(uri, startOf(MODEL, "Dense(64)")), /384/, path);
      assert.equal(
        (await editor.request<unknown[]>("textDocument/codeLens", { textDocument: { uri } })).length,
        3,
        path,
      );
      await editor.change(uri, FAULTY);
      assert.ok((await actions(editor)).length > 0, path);
      assert.deepEqual(editor.messages, [], path);
      await editor.end();
    }
  });

  test("to ask for diagnostics is told them", async () => {
    const editor = await opened(without("textDocument.diagnostic"));
    await editor.until(() => editor.told.has(uri));
    const codes = () => editor.told.get(uri)?.diagnostics.map(({ code }) => code);
    assert.ok(codes()?.includes("unknown-argument"));
    await editor.change(uri, MENDED);
    await editor.until(() => !codes()?.includes("unknown-argument"));
    assert.equal(editor.result.capabilities.diagnosticProvider, undefined);
    await editor.close(uri);
    await editor.until(() => codes()?.length === 0);
    await editor.end();
  });

  test("to show pages, tags and related places is spared them", async () => {
    const editor = await opened(without("textDocument.publishDiagnostics"));
    for (const diagnostic of await editor.pull(uri)) {
      const { codeDescription, tags, relatedInformation } = diagnostic;
      assert.deepEqual([codeDescription, tags, relatedInformation], [undefined, undefined, undefined]);
    }
    await editor.end();
  });

  test("to show Markdown gets plain text", async () => {
    const editor = await opened(without("textDocument.hover.contentFormat"));
    const card = await editor.hover(uri, startOf(FAULTY, "Dense(5)"));
    assert.match(card, /Dense\(units=5\)/);
    assert.doesNotMatch(card, /[`*]/);
    await editor.end();
  });

  test("to resolve gets hints with their tooltips and actions with their edits", async () => {
    const lacking = without("textDocument.codeAction.resolveSupport", without("textDocument.inlayHint.resolveSupport"));
    const editor = await opened(lacking);
    const hints: InlayHint[] = await editor.hints(uri);
    assert.ok(hints.every(({ data }) => data === undefined));
    assert.match(JSON.stringify(hints[1]?.tooltip), /In this call:/);
    const [fix] = await actions(editor);
    assert.equal(edited(FAULTY, editsOf(fix?.edit, uri)), MENDED);
    await editor.end();
  });

  test("to take edits of versions gets plain ones", async () => {
    const editor = await opened(without("workspace.workspaceEdit"));
    const [fix] = await actions(editor);
    const { edit } = await editor.request<CodeAction>("codeAction/resolve", fix);
    assert.deepEqual(Object.keys(edit ?? {}), ["changes"]);
    assert.equal(edited(FAULTY, editsOf(edit, uri)), MENDED);
    await editor.end();
  });

  test("to know actions but as commands gets commands that edit", async () => {
    const editor = await opened(without("textDocument.codeAction.codeActionLiteralSupport"));
    const [fix] = await actions(editor);
    await editor.request("workspace/executeCommand", { command: fix?.command, arguments: fix?.arguments });
    assert.equal(edited(FAULTY, editsOf(editor.edits[0], uri)), MENDED);
    await editor.end();
  });

  test("to prefer an action is not told which", async () => {
    const editor = await opened(without("textDocument.codeAction.isPreferredSupport"));
    assert.ok((await actions(editor)).every((it) => !("isPreferred" in it)));
    await editor.end();
  });

  test("to be asked to refresh is never asked, nor for what else it does not know", async () => {
    const editor = await opened({}, MODEL);
    await editor.open("file:///project/other.py", "x = 1\n");
    await editor.notify("workspace/didChangeConfiguration", { settings: { inlayer: { keras: { version: "2" } } } });
    await editor.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: "file:///project/b.py", type: 1 }] });
    assert.deepEqual(await editor.labels(uri), MODEL_LABELS);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(
      [...new Set(editor.heard)].filter((it) => it !== "textDocument/publishDiagnostics"),
      [],
    );
    await editor.end();
  });
});
