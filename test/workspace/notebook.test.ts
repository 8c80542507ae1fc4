import assert from "node:assert/strict";
import test from "node:test";
import { notebookDocument } from "../../server/workspace/document.ts";
import { hideMagics } from "../../server/workspace/magics.ts";
import { readNotebook } from "../../server/workspace/notebook.ts";

const code = (source: string | string[]) => ({ cell_type: "code", source, outputs: [], metadata: {} });
const markdown = { cell_type: "markdown", source: ["# Title"], metadata: {} };
const version4 = (...cells: readonly object[]) => JSON.stringify({ nbformat: 4, metadata: {}, cells });

test("the code cells are one text; cells count among all", () => {
  const notebook = readNotebook(version4(markdown, code(["a = 1\n", "b = 2"]), markdown, code("c = a")));
  assert.deepEqual(notebook, {
    text: "a = 1\nb = 2\nc = a",
    cells: [
      { index: 1, start: 0, text: "a = 1\nb = 2" },
      { index: 3, start: 12, text: "c = a" },
    ],
  });
});

test("positions are within the cell", () => {
  const notebook = readNotebook(version4(markdown, code("a = 1\nb = 2"), code(""), code("c = a")));
  assert.ok("cells" in notebook);
  const document = notebookDocument("/n.ipynb", notebook.text, notebook.cells);
  assert.deepEqual(document.positionAt(0), { cell: 1, line: 1, column: 1 });
  assert.deepEqual(document.positionAt(7), { cell: 1, line: 2, column: 2 });
  assert.deepEqual(document.positionAt(11), { cell: 1, line: 2, column: 6 });
  assert.deepEqual(document.positionAt(12), { cell: 2, line: 1, column: 1 });
  assert.deepEqual(document.positionAt(13), { cell: 3, line: 1, column: 1 });
  assert.deepEqual(document.positionAt(99), { cell: 3, line: 1, column: 6 });
});

test("nbformat 3 keeps its cells in worksheets and calls the source input", () => {
  const cells = [markdown, { cell_type: "code", language: "python", input: ["a = 1"] }];
  assert.deepEqual(readNotebook(JSON.stringify({ nbformat: 3, metadata: {}, worksheets: [{ cells }] })), {
    text: "a = 1",
    cells: [{ index: 1, start: 0, text: "a = 1" }],
  });
});

test("what is no notebook of Python says so", () => {
  assert.deepEqual(readNotebook("{"), { problem: "it is not a notebook: its JSON is broken" });
  assert.deepEqual(readNotebook("[]"), { problem: "it is not a notebook: it has no cells" });
  assert.deepEqual(readNotebook('{"cells": 3}'), { problem: "it is not a notebook: it has no cells" });
  const broken = readNotebook(version4({ cell_type: "code", source: 3 }));
  assert.deepEqual(broken, { problem: "it is not a notebook: cell 0 has no source" });
  const julia = JSON.stringify({ metadata: { kernelspec: { language: "julia" } }, cells: [] });
  assert.deepEqual(readNotebook(julia), { problem: "its cells are julia, not Python", foreign: true });
  assert.deepEqual(readNotebook(version4()), { text: "", cells: [] });
});

test("IPython's syntax becomes Python of the same length", () => {
  const hidden: readonly [string, string][] = [
    ["%matplotlib inline\nx = 1", "#matplotlib inline\nx = 1"],
    ["!pip install keras\r\nx = 1", "#pip install keras\r\nx = 1"],
    ["!pip install \\\n  keras\nx = 1", "#pip install \\\n# keras\nx = 1"],
    ["?model", "#model"],
    ["model.fit??\nx = 1", "#odel.fit??\nx = 1"],
    ["files = !ls -l", "files = _#s -l"],
    ["t = %timeit -o f()", "t = _#imeit -o f()"],
    ["if x:\n    !ls\n    %cd a\ny = 1", "if x:\n    0#s\n    0#d a\ny = 1"],
    ["%time model = build()", "0   ; model = build()"],
    ["%%time\nmodel = build()", "#%time\nmodel = build()"],
    ["%%cache -d caches\nx = 1", "#%cache -d caches\nx = 1"],
    ["%%timeit\nx = 1", "#%timeit\n# = 1"],
    ["%%bash\nls\n\nrm x", "#%bash\n#s\n\n#m x"],
    ["%%writefile a.py\nx = 1\n", "##writefile a.py\n# = 1\n".replace("##", "#%")],
  ];
  for (const [cell, expected] of hidden) {
    assert.equal(hideMagics(cell), expected);
    assert.equal(expected.length, cell.length);
  }
});

test("Python that looks like it stays", () => {
  const kept = [
    "x = ('%d'\n     % y)",
    "x = 5 \\\n  % 3",
    "s = '''\n!ls\n%magic\nwhat?\n'''",
    's = """a \\"""\n!ls\n"""',
    "f(\n  a,\n  # a comment ) (\n  '(',\n  b)\nx %= 3\nx != y",
    "print('a?')\n# why?\ns = 'x # y'",
    "m = a @ b\nx = y if z else w",
    "",
    "\n\n",
  ];
  for (const cell of kept) assert.equal(hideMagics(cell), cell);
});
