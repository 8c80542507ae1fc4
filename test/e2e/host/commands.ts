import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { commands, env, Selection, window, workspace } from "vscode";
import { eventually, extension, hintsWhen, open } from "./support.ts";

const visibleText = (scheme: string): string =>
  window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme)?.document.getText() ?? "";

describe("commands", () => {
  it("are all there", async () => {
    const { contributes } = extension().packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });
  it("show Keras's summary of a model", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, 14, /650/);
    await commands.executeCommand("inlayer.showSummary", document.uri.toString(), 0);
    const text = await eventually(
      () => visibleText("inlayer-summary"),
      (it) => it !== "",
    );
    assert.match(text, /Model: "functional/);
    assert.match(text, /Total params: 19,466/);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
  it("write an input shape that the analysis reads", async () => {
    const document = await open("own_model.py");
    const before = document.getText();
    await commands.executeCommand("inlayer.setInputShape", document.uri.toString(), 0, "(None, 16)");
    await eventually(
      () => document.getText(),
      (text) => text !== before,
    );
    assert.match(document.getText(), /\(None, 16\)/);
    const line =
      document
        .getText()
        .split("\n")
        .findIndex((text) => text.startsWith("classifier =")) + 1;
    const hints = await hintsWhen(document, line, /params/);
    assert.match(hints[line] ?? "", /676 params · \(None, 16\) → \(None, 4\)/);
    await commands.executeCommand("workbench.action.files.revert");
  });
  it("copy a report of a wrong hint", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, 14, /650/);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(13, 0, 13, 0);
    // It waits for an answer to its message; the clipboard is written before.
    void commands.executeCommand("inlayer.reportWrongHint");
    const report = await eventually(
      () => env.clipboard.readText(),
      (text) => text.includes("What Inlayer says"),
    );
    assert.match(report, /→ \(None, 5, 5, 10\) · 650 params/);
    assert.match(report, /model\.fit\(images, labels\)/);
    assert.match(report, /Inlayer \d+\.\d+/);
  });
  it("restart the server, and the hints come back", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, 14, /650/);
    await commands.executeCommand("inlayer.restartServer");
    assert.match((await hintsWhen(document, 14, /650/))[14] ?? "", /650/);
    assert.equal(
      workspace.textDocuments.some(({ isClosed }) => isClosed),
      false,
    );
  });
});
