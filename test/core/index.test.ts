import assert from "node:assert/strict";
import { test } from "node:test";
import { missingKey, printShape } from "../../core/index.ts";
import { openCore } from "./open.ts";

const core = await openCore();

const names = Array.from({ length: 25 }, (_, i) => `Block${i}`);
const block = (i: number): string => `from keras import layers
class Block${i}(layers.Layer):
    def call(self, x):
        return layers.Dense(${i})(x)
`;
const registered = (i: number): string =>
  `from yard.registry import register\n${block(i).replace("class", "@register\nclass")}`;
const imports = names.map((name, i) => `from zoo.block${i} import ${name} as ${name}`);
/** As packages are that nobody generated: without `as`, with modules of its own, and with some lines of its own. */
const mixed = `import os
from garden import common
${names.map((name, i) => `from garden.block${i} import ${name}`).join("\n")}
from garden.common import NAME, Base
__version__ = "1.0"
TITLE = NAME + __version__
if common.IS_LARGE:
    from garden.block7 import Block7 as Largest
`;
const files: Readonly<Record<string, string>> = {
  "garden/__init__.py": mixed,
  "garden/common.py": "IS_LARGE = True\nNAME = 'garden '\nBase = object\n",
  ...Object.fromEntries(names.map((_, i) => [`garden/block${i}.py`, block(i)])),
  "yard/__init__.py": names.map((name, i) => `from yard.block${i} import ${name}\n`).join(""),
  "yard/registry.py": `KNOWN, LISTED = {}, []
def register(cls):
    KNOWN[cls.__name__] = cls
    LISTED.append(cls)
    return cls
`,
  ...Object.fromEntries(names.map((_, i) => [`yard/block${i}.py`, registered(i)])),
  "zoo/__init__.py": ['"""Where everything is."""', ...imports, ""].join("\n"),
  ...Object.fromEntries(names.map((_, i) => [`zoo/block${i}.py`, block(i)])),
};

/** The last hint's shape, and the files that were read for it. */
function read(text: string): { readonly shape: string; readonly asked: readonly string[] } {
  const answers = new Map<string, { path: string; text: string } | null>();
  const asked = new Set<string>();
  for (;;) {
    const project = { file: { path: "main.py", text }, answers, settings: { keras: "auto", fixes: false } as const };
    const { analysis, missing } = core.analyse(project);
    const open = missing.filter((it) => !answers.has(missingKey(it)));
    if (open.length === 0) {
      const outputs = analysis.hints.at(-1)?.contexts[0]?.outputs;
      return {
        shape: outputs !== undefined && "shape" in outputs ? printShape(outputs.shape) : "?",
        asked: [...asked],
      };
    }
    for (const it of open) {
      const stem = it.kind === "module" ? it.name.replaceAll(".", "/") : "";
      const path = [`${stem}/__init__.py`, `${stem}.py`].find((name) => files[name] !== undefined);
      if (path !== undefined) asked.add(path);
      answers.set(missingKey(it), path === undefined ? null : { path, text: files[path] ?? "" });
    }
  }
}
const program = (start: string, name: string): string => `import keras
${start}
x = keras.Input((4,))
y = ${name}()(x)
`;

test("of a package's index no more is read than a program uses", () => {
  const { shape, asked } = read(program("import zoo", "zoo.Block7"));
  assert.equal(shape, "(None, 7)");
  assert.deepEqual(asked, ["zoo/__init__.py", "zoo/block7.py"]);
  assert.equal(read(program("from zoo import Block3", "Block3")).shape, "(None, 3)");
  assert.equal(read(program("from zoo import Block5 as Other", "Other")).shape, "(None, 5)");
});

test("an index has every name for a star import, and after an edit", () => {
  assert.equal(read(program("from zoo import *", "Block9")).shape, "(None, 9)");
  assert.equal(read(program("import zoo", "zoo.Block8")).shape, "(None, 8)");
  assert.equal(read(program("import zoo\nz = 1", "zoo.Block8")).shape, "(None, 8)");
});

test("what such a file uses itself is read, and what it only passes on when it is asked for", () => {
  const { shape, asked } = read(program("import garden", "garden.Block3"));
  assert.equal(shape, "(None, 3)");
  assert.deepEqual(asked, ["garden/__init__.py", "garden/common.py", "garden/block7.py", "garden/block3.py"]);
  assert.equal(read(program("import garden", "garden.Largest")).shape, "(None, 7)");
  const lengths = "from garden import TITLE\nclass Own(keras.layers.Layer):\n    def call(self, x):\n";
  const dense = "        return keras.layers.Dense(len(TITLE))(x)";
  assert.equal(read(program(lengths + dense, "Own")).shape, "(None, 10)");
  assert.equal(read(program("from garden import *", "Block9")).shape, "(None, 9)");
});

test("a registry has what the modules enter that a program does not name", () => {
  const start = "from yard import Block2\nfrom yard.registry import KNOWN, LISTED";
  assert.equal(read(program(start, "Block2")).asked.length, 3);
  assert.equal(read(program(start, "KNOWN['Block5']")).shape, "(None, 5)");
  assert.equal(read(program(start, "KNOWN.get('Block6', Block2)")).shape, "(None, 6)");
  assert.equal(read(program(start, "(Block2 if 'Block7' not in KNOWN else KNOWN['Block3'])")).shape, "(None, 3)");
  assert.equal(read(program(start, "LISTED[24]")).shape, "(None, 24)");
});
