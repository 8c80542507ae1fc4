/** The order in which a model lists its layers; `test/shapes/tracking.md` holds what the real Keras 3 says of it. */
import assert from "node:assert/strict";
import test from "node:test";
import type { Core } from "../../../core/index.ts";
import { testCore } from "../../programs/told.ts";

const core = await testCore();
const MODEL = `import keras
from keras import layers
class Model(keras.Model):
    def __init__(self):
        super().__init__()
`;
const body = (lines: readonly string[]): string =>
  `${MODEL}${lines.map((it) => `        ${it}\n`).join("")}model = Model()\n`;
function listed(lines: readonly string[], keras: 2 | 3 = 3, by: Core = core): readonly string[] | undefined {
  const file = { path: "main.py", text: body(lines) };
  const { analysis } = by.analyse({ file, answers: new Map(), settings: { keras, facts: true, fixes: false } });
  return analysis.models[0]?.layers.map((it) => it.name);
}
const dense = (name: string, units = 1): string => `layers.Dense(${units}, name="${name}")`;

const LINES = [
  "self.left, self.right = [], []",
  "for i in range(2):",
  `    self.left.append(layers.Dense(1, name=f"left{i}"))`,
  `    self.right.append(layers.Dense(1, name=f"right{i}"))`,
  `self.blocks = [${dense("block0")}]`,
  `self.head = ${dense("head")}`,
  `self.blocks.append(${dense("block1")})`,
];
const ORDER = ["left0", "right0", "left1", "right1", "block0", "head", "block1"];

test("an edit of any line keeps the order, as a fresh analysis has it", async () => {
  assert.deepEqual(listed(LINES), ORDER);
  for (const [i, line] of LINES.entries()) {
    const margin = /^ */.exec(line)?.[0] ?? "";
    const wider = line.replace("Dense(1", "Dense(2").replace("range(2)", "range(3)");
    const more = `${margin}self.more${i} = ${dense(`more${i}`)}`;
    for (const instead of [[wider], [more, line], ...(line.endsWith(":") ? [] : [[line, more], [`${margin}pass`]])]) {
      const edited = LINES.toSpliced(i, 1, ...instead);
      assert.deepEqual(listed(edited), listed(edited, 3, await testCore()), edited.join("\n"));
      assert.deepEqual(listed(LINES), ORDER);
    }
  }
});

test("Keras 2 goes through the attributes as they stand, and one that is set again comes last", () => {
  assert.deepEqual(listed(LINES, 2), ["left0", "left1", "right0", "right1", "block0", "block1", "head"]);
  const lines = [
    "self.late = None",
    `self.first = ${dense("first")}`,
    `self.second = ${dense("replaced")}`,
    `self.gone = ${dense("gone")}`,
    "del self.gone",
    `self.named = {"b": ${dense("b")}, "a": ${dense("a")}}`,
    "shared = []",
    "self.shared = shared",
    `shared.append(${dense("shared")})`,
    `self.second = ${dense("second")}`,
    `self.late = ${dense("late")}`,
    `self.shared += [${dense("added")}]`,
  ];
  // As tf-keras 2.21 lists them.
  assert.deepEqual(listed(lines, 2), ["first", "a", "b", "shared", "added", "second", "late"]);
  assert.deepEqual(listed(lines), ["first", "replaced", "gone", "b", "a", "second", "late", "added"]);
});

test("a list that is longer in one case than in another leaves the count open, and its layers are known", () => {
  const lines = [
    "import os",
    "self.blocks = []",
    'for i in range(int(os.environ["DEPTH"])):',
    `    self.blocks.append(${dense("block")})`,
    "for it in self.blocks:",
    "    it(keras.ops.ones((1, 4)))",
    `self.head = ${dense("head")}`,
  ];
  const file = { path: "main.py", text: body(lines) };
  const { analysis } = core.analyse({ file, answers: new Map(), settings: { keras: 3, facts: true, fixes: false } });
  assert.equal(analysis.models[0]?.params, undefined);
  assert.deepEqual(analysis.diagnostics, []);
});
