import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeAction } from "vscode-languageserver/node";
import { COMPLETE, type Editor, edited, editsOf, endOf, openEditor, startOf } from "./editor.ts";

const uri = "file:///project/model.py";
/** No rule knows why two sizes differ; to make the one as the other is what mends it. */
const TEXT = `import keras
from keras import layers

mean = layers.Dense(2)(keras.Input((8,)))
spread = layers.Dense(3)(keras.Input((8,)))
shift = layers.Lambda(lambda t: t[0] * t[1])([mean, spread])
`;
const REFRESH = "workspace/diagnostic/refresh";

const marked = async (editor: Editor): Promise<string[]> =>
  (await editor.pull(uri)).map(({ range }) => `${range.start.line + 1}:${range.start.character + 1}`);
const CRASH = ["6:33"];
const CAUSE = ["5:10"];

const settled = async (): Promise<Editor> => {
  const editor = await openEditor().initialize();
  await editor.open(uri, TEXT);
  assert.deepEqual(await marked(editor), CRASH);
  await editor.until(() => editor.heard.includes(REFRESH));
  assert.deepEqual(await marked(editor), CAUSE);
  return editor;
};
const fixAt = async (editor: Editor, text: string, part: string): Promise<CodeAction | undefined> => {
  const range = { start: startOf(text, part), end: endOf(text, part) };
  const context = { diagnostics: [], only: ["quickfix"] };
  const [first] = await editor.request<CodeAction[]>("textDocument/codeAction", {
    ...{ textDocument: { uri }, range, context },
  });
  return first;
};
const fixed = async (editor: Editor, text: string, action: CodeAction | undefined): Promise<string> => {
  const { edit } = await editor.request<CodeAction>("codeAction/resolve", action);
  return edited(text, editsOf(edit, uri));
};

describe("a finding whose cause only a search finds", () => {
  test("is told where it comes to light, and where it is to blame once nobody types", async () => {
    const editor = await settled();
    const [found] = await editor.pull(uri);
    assert.equal(found?.relatedInformation?.[0]?.message, "it comes to light here");
    await editor.end();
  });

  test("stays where it is blamed while somebody types elsewhere, and no longer", async () => {
    const editor = await settled();
    await editor.change(uri, `# a comment\n${TEXT}`);
    assert.deepEqual(await marked(editor), ["6:10"]);
    await editor.change(uri, `# a comment\n${TEXT}x =`);
    assert.deepEqual(await marked(editor), ["6:10"]);
    await editor.change(uri, `# a comment\n${TEXT.replace("Dense(3)", "Dense(4)")}`);
    assert.deepEqual(await marked(editor), ["7:33"]);
    await editor.end();
  });

  test("has its fix at either place, at every moment", async () => {
    const editor = await settled();
    const mended = TEXT.replace("Dense(3)", "Dense(2)");
    assert.equal(await fixed(editor, TEXT, await fixAt(editor, TEXT, "layers.Dense(3)")), mended);
    // Blamed as before, and searched anew.
    const longer = `${TEXT}# the end\n`;
    await editor.change(uri, longer);
    const action = await fixAt(editor, longer, "layers.Dense(3)");
    assert.equal(await fixed(editor, longer, action), `${mended}# the end\n`);
    await editor.end();
  });

  test("still has the fix that was offered before it was blamed elsewhere", async () => {
    const editor = await openEditor().initialize();
    await editor.open(uri, TEXT);
    const action = await fixAt(editor, TEXT, "t[0] * t[1]");
    await editor.until(() => editor.heard.includes(REFRESH));
    assert.deepEqual(await marked(editor), CAUSE);
    assert.equal(await fixed(editor, TEXT, action), TEXT.replace("Dense(3)", "Dense(2)"));
    await editor.end();
  });

  test("is silenced at either place", async () => {
    for (const line of ["[mean, spread])", "spread = layers.Dense(3)(keras.Input((8,)))"]) {
      const editor = await openEditor().initialize();
      await editor.open(uri, TEXT.replace(line, `${line}  # inlayer: ignore[incompatible-shapes]`));
      const silenced = async () => (await editor.pull(uri)).length === 0;
      if (!(await silenced())) await editor.until(() => editor.heard.includes(REFRESH));
      assert.ok(await silenced(), line);
      await editor.end();
    }
  });

  test("is told anew to an editor that asks for nothing", async () => {
    const { diagnostic: _, ...textDocument } = COMPLETE.textDocument ?? {};
    const editor = await openEditor().initialize({ ...COMPLETE, textDocument });
    await editor.open(uri, TEXT);
    const line = () => editor.told.get(uri)?.diagnostics[0]?.range.start.line;
    await editor.until(() => line() === 5);
    await editor.until(() => line() === 4);
    await editor.end();
  });
});
