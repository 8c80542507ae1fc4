import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CodeAction, ConfigurationTarget, commands, Position, Range, WorkspaceEdit, workspace } from "vscode";
import { diagnosticsOf, eventually, hintsOf, hintsWhen, hoverOver, lensesOf, open } from "./support.ts";

const DENSE = 14;

async function faults() {
  const document = await open("digits.py");
  const found = await eventually(
    () => diagnosticsOf(document),
    (list) => list.length === 2,
  );
  return { document, found };
}

async function setting(key: string, value: unknown): Promise<void> {
  await workspace.getConfiguration("inlayer").update(key, value, ConfigurationTarget.Global);
}

describe("hints", () => {
  it("stand at the ends of lines", async () => {
    const document = await open("digits.py");
    const hints = await hintsWhen(document, DENSE, /650/);
    assert.equal(hints[11], "→ (None, 28, 28, 1)");
    assert.equal(hints[DENSE], "→ (None, 5, 5, 10) · 650 params");
    assert.match(hints[15] ?? "", /^Σ 19,466 params · \(None, 28, 28, 1\) → \(None, 5, 5, 10\)$/);
    assert.equal(hints[1], undefined);
  });
  it("follow the text", async () => {
    const document = await open("text.py");
    await hintsWhen(document, 11, /\(None, 5\)/);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(new Position(10, 21), new Position(10, 22)), "7");
    await workspace.applyEdit(edit);
    const hints = await hintsWhen(document, 11, /\(None, 7\)/);
    assert.match(hints[11] ?? "", /\(None, 7\) · 455 params/);
    await commands.executeCommand("workbench.action.files.revert");
  });
  it("follow the settings", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, DENSE, /650/);
    await setting("hints.params", false);
    assert.equal((await hintsWhen(document, DENSE, /10\)$/))[DENSE], "→ (None, 5, 5, 10)");
    await setting("hints.params", undefined);
    assert.match((await hintsWhen(document, DENSE, /650/))[DENSE] ?? "", /650 params/);
  });
  it("can be turned off and on", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, DENSE, /650/);
    await commands.executeCommand("inlayer.toggleHints");
    const none = await eventually(
      () => hintsOf(document),
      (hints) => Object.keys(hints).length === 0,
    );
    assert.deepEqual(none, {});
    await commands.executeCommand("inlayer.toggleHints");
    assert.match((await hintsWhen(document, DENSE, /650/))[DENSE] ?? "", /650/);
  });
});

describe("hover", () => {
  it("is the card of a layer", async () => {
    const document = await open("digits.py");
    await hintsWhen(document, DENSE, /650/);
    const card = await hoverOver(document, "Dense");
    assert.match(card, /650/);
    assert.match(card, /\(None, 5, 5, 10\)/);
  });
});

describe("diagnostics", () => {
  it("have a code with its page, and the places that show it", async () => {
    const { found } = await faults();
    const codes = found.map(({ code }) => (typeof code === "object" ? code.value : code)).sort();
    assert.deepEqual(codes, ["label-shape"]);
    assert.ok(found.every(({ relatedInformation }) => (relatedInformation?.length ?? 0) > 0));
  });
  it("are gone once a fix is applied", async () => {
    const { document, found } = await faults();
    const range = found.find(({ code }) => JSON.stringify(code).includes("label-shape"))?.range;
    assert.ok(range);
    const actions = await commands.executeCommand<readonly CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
      "quickfix",
      5,
    );
    const flatten = actions.find(({ title }) => title.startsWith("Insert Flatten()"));
    assert.equal(flatten?.title, "Insert Flatten() → (None, 10), 16,010 params");
    assert.ok(flatten.edit);
    await workspace.applyEdit(flatten.edit);
    const left = await eventually(
      () => diagnosticsOf(document),
      (list) => list.length === 0,
    );
    assert.deepEqual(left, []);
    await commands.executeCommand("workbench.action.files.revert");
  });
});

describe("code lens", () => {
  it("offers to run a model and to show its summary", async () => {
    const document = await open("digits.py");
    const lenses = await eventually(
      () => lensesOf(document),
      (list) => list.some(({ command }) => /Run/.test(command?.title ?? "")),
    );
    const titles = lenses.map(({ command }) => command?.title ?? "").join(" | ");
    assert.match(titles, /Run forward/i);
    assert.match(titles, /Summary/);
    assert.match(titles, /19,466 params/);
  });
});
