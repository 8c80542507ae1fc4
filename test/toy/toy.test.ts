import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { createCore, type Hint, printShape } from "../../core/index.ts";
import { toy } from "./toy.ts";

const require = createRequire(import.meta.url);
const core = await createCore(
  {
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    python: readFileSync(require.resolve("tree-sitter-python/tree-sitter-python.wasm")),
  },
  [toy],
);

/** `randn(2, 3): (2, 3)`, one a hint. */
function hints(text: string): readonly string[] {
  const { analysis, missing } = core.analyse({
    file: { path: "toy.py", text },
    answers: new Map(),
    settings: { keras: "auto" },
  });
  assert.deepEqual(missing, []);
  assert.deepEqual(analysis.diagnostics, []);
  const shapes = ({ contexts }: Hint) =>
    contexts.map(({ outputs }) => ("shape" in outputs ? printShape(outputs.shape) : "several")).join(" | ");
  return analysis.hints.map((hint) => `${text.slice(hint.span.start, hint.span.end)}: ${shapes(hint)}`);
}

describe("a second framework moves in through the seam", () => {
  it("makes tensors and layers of its own", () => {
    assert.deepEqual(hints("import toy\nx = toy.randn(2, 3)\ny = toy.Linear(4)(x)\n"), [
      "toy.randn(2, 3): (2, 3)",
      "toy.Linear(4)(x): (2, 4)",
    ]);
  });
  it("gets Python's helpers, loops and contexts without knowing them", () => {
    const text = `from toy import Linear, randn

def stack(x, sizes):
    for size in sizes:
        x = Linear(size)(x)
    return x

a = stack(randn(7, 1), [8, 16])
b = stack(randn(5, 1), (32,))
`;
    const said = hints(text);
    assert.ok(said.includes("Linear(size)(x): (7, 8) | (7, 16) | (5, 32)"), said.join("\n"));
    assert.ok(said.includes("stack(randn(7, 1), [8, 16]): (7, 16)"), said.join("\n"));
  });
  it("is subclassed by Python's own rules", () => {
    const text = `import toy

class Twice(toy.Linear):
    def __init__(self, units):
        super().__init__(units * 2)

    def __call__(self, x):
        return super().__call__(super().__call__(x))

y = Twice(3)(toy.randn(2, 5))
`;
    const said = hints(text);
    assert.ok(said.includes("Twice(3)(toy.randn(2, 5)): (2, 6)"), said.join("\n"));
  });
  it("leaves a name that it has not unknown", () => {
    assert.deepEqual(hints("import toy\nx = toy.zeros(2)\n"), []);
  });
});
