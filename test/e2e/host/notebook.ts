import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { window, workspace } from "vscode";
import { hintsWhen, hoverOver, lensesOf, uriOf } from "./support.ts";

describe("a notebook", () => {
  it("is one module: each cell has its hints, its hover and its lenses", async () => {
    const notebook = await workspace.openNotebookDocument(uriOf("notebook.ipynb"));
    await window.showNotebookDocument(notebook);
    const [, , sequence, model] = notebook.getCells().map(({ document }) => document);
    assert.ok(sequence && model);
    const hints = await hintsWhen(sequence, 2, /64/);
    assert.equal(hints[2], "→ (None, 10, 64) · 17,920 params");
    assert.match((await hintsWhen(model, 2, /Σ/))[2] ?? "", /\(None, 10, 5\) → \(None, 3\)/);
    assert.match(await hoverOver(model, "Dense"), /195/);
    assert.ok((await lensesOf(model)).length > 0);
  });
});
