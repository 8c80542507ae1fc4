import assert from "node:assert/strict";
import { test } from "node:test";
import { type Core, missingKey, printShape } from "../../core/index.ts";
import { analyse, openCore, projectOf } from "./open.ts";

test("a function keeps its text whatever identities the modules around it have", async () => {
  const core = await openCore();
  const modules = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`part${i}`, `value = ${i}\n`]));
  const imports = Object.keys(modules).map((name) => `import ${name}\n`);
  const functions = Array.from({ length: 150 }, (_, i) => `def f${i}(): return ${i}\n`);
  const calls = Array.from({ length: 150 }, (_, i) => `keras.Input((f${i}(), ))\n`);
  const { hints } = analyse(core, ["import keras\n", ...functions, ...imports, ...calls].join(""), modules);
  assert.equal(hints.length, calls.length);
});

/** The last size of each `keras.Input` of the program. */
function sizes(core: Core, text: string, modules: Readonly<Record<string, string>>): readonly string[] {
  core.forget("main.py");
  const project = projectOf(`import keras\n${text}`, modules);
  const absent = core.analyse(project).missing.map((it) => [missingKey(it), null] as const);
  const answers = new Map([...project.answers, ...absent]);
  const { hints } = core.analyse({ ...project, answers }).analysis;
  return hints.map(({ contexts: [first] }) => {
    const [output] = [first?.outputs ?? []].flat();
    return output === undefined ? "" : printShape(output.shape).replace(/^\(None, |,?\)$/g, "");
  });
}

/** As Python prints it for the same modules. */
const IMPORTS: readonly (readonly [string, string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    "a star import brings what __all__ lists, and nothing else",
    "n = 1\nfrom parts import *\nkeras.Input((n, _h))",
    { parts: "__all__ = ['_h']\nn = 3\n_h = 4\n" },
    ["1, 4"],
  ],
  [
    "__all__ may name modules of the package",
    "from parts import *\nkeras.Input((a.n,))",
    { parts: "__all__ = ['a']\n", "parts.a": "n = 3\n" },
    ["3"],
  ],
  [
    "a lacking name raises where that is caught",
    "try:\n  from parts import q\nexcept ImportError:\n  q = 6\nkeras.Input((q,))",
    { parts: "n = 3\n" },
    ["6"],
  ],
  [
    "what else may be installed may be there or not",
    "try:\n  import elsewhere\n  q = 1\nexcept ImportError:\n  q = 2\nkeras.Input((q,))",
    {},
    ["?"],
  ],
  [
    "what Inlayer knows is there",
    "try:\n  import numpy\n  q = 1\nexcept ImportError:\n  q = 2\nkeras.Input((q,))",
    {},
    ["1"],
  ],
  [
    "a package's own name goes before its module's",
    "import parts.net as net\nkeras.Input((net(2),))",
    { parts: "from parts.net import net\n", "parts.net": "def net(x): return x + 5\n" },
    ["7"],
  ],
  [
    "a module may find its names by a function",
    "import parts\nkeras.Input((parts.n,))",
    { parts: "def __getattr__(name):\n  return len(name)\n" },
    ["1"],
  ],
  [
    "a module is imported by a name that is computed",
    "import importlib\n" +
      "keras.Input((importlib.import_module(f'parts.{'a'}').n, importlib.import_module('.a', 'parts').n))",
    { parts: "", "parts.a": "n = 3\n" },
    ["3, 3"],
  ],
  [
    "a module that is loaded again is not known",
    "import parts, importlib\nparts.n = 5\nimportlib.reload(parts)\nkeras.Input((parts.n,))",
    { parts: "n = 3\n" },
    ["?"],
  ],
];
for (const [name, text, modules, expected] of IMPORTS) {
  test(`${name}`, async () => assert.deepEqual(sizes(await openCore(), `${text}\n`, modules), expected));
}

test("a package that a module in it asks for begins before it, whoever is imported first", async () => {
  const files: Readonly<Record<string, readonly [path: string, text: string]>> = {
    parts: ["/parts/__init__.py", "limit = 4\nfrom parts.b import Other\n"],
    "parts.a": ["/parts/a.py", "from parts import limit\nclass Net:\n  size = limit\n"],
    "parts.b": ["/parts/b.py", "from .a import Net\nclass Other(Net):\n  size = Net.size + 1\n"],
    ".a": ["/parts/a.py", "from parts import limit\nclass Net:\n  size = limit\n"],
  };
  const paths = ["/main.py", ...Object.values(files).map(([path]) => path)];
  const answers = Object.entries(files).flatMap(([name, [path, text]]) =>
    paths.map((from) => [`module ${name} from ${from}`, { path, text }] as const),
  );
  const text = "import keras\nfrom parts.a import Net\nfrom parts import Other\nkeras.Input((Net.size, Other.size))\n";
  const project = { ...projectOf(text), file: { path: "/main.py", text }, answers: new Map(answers) };
  const { hints } = (await openCore()).analyse(project).analysis;
  const [output] = [hints[0]?.contexts[0]?.outputs ?? []].flat();
  assert.equal(output && printShape(output.shape), "(None, 4, 5)");
});

test("a file that a module of its own imports is shown as it stands, not as it was when that was read", async () => {
  const core = await openCore();
  const program = (size: number) => `# ${"-".repeat(size)}\nimport keras\nimport part\nkeras.Input((${size},))\n`;
  const project = projectOf(program(3), { part: "import main\n" });
  const before = [["module main from part.py", { path: "main.py", text: program(3) }]] as const;
  const answers = new Map([...project.answers, ...before]);
  for (const size of [3, 40]) {
    const text = program(size);
    const { hints } = core.analyse({ ...project, file: { path: "main.py", text }, answers }).analysis;
    assert.deepEqual(
      hints.map(({ span }) => text.slice(span.start, span.end)),
      [`keras.Input((${size},))`],
    );
  }
});

test("what an analysis asked that was dropped half way is asked by the next", async () => {
  const core = await openCore();
  const project = projectOf(`from blocks import block\n${"x = 1\n".repeat(50)}`);
  const run = core.analyseInSlices(project, () => true);
  for (let i = 0; i < 4; i++) assert.equal(run.next().done, false);
  const asked = core.analyse(project).missing.map(missingKey);
  assert.deepEqual(asked, ["module blocks from main.py", "module blocks.block from main.py"]);
});

test("what raises while it is made is no model", async () => {
  const core = await openCore();
  const text = `import keras
class Model(keras.Model):
  def __init__(self, size):
    super().__init__()
    if size < 1: raise ValueError(size)
    self.dense = keras.layers.Dense(size)
  def call(self, x):
    return self.dense(x)
try:
  model = Model(0)
except ValueError:
  model = Model(2)
model(keras.Input((3,)))
`;
  const { models } = analyse(core, text);
  assert.deepEqual(
    models.map((it) => it.params),
    [8],
  );
});
