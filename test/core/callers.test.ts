import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Analysis } from "../../core/index.ts";
import { analyse, openCore } from "./open.ts";

const told = (analysis: Analysis, text: string) =>
  analysis.diagnostics.map(({ code, span, related }) => ({
    code,
    at: text.slice(span.start, span.end),
    related: related.map(({ location, message }) => `${location.path}: ${message}`),
  }));

describe("a fault inside a function", async () => {
  const core = await openCore();

  it("names the call that led to it", () => {
    const text = `import keras
def head(x):
    return keras.layers.Reshape((7, 3))(x)
y = head(keras.Input((20,)))
`;
    const { diagnostics } = analyse(core, text);
    const related = diagnostics[0]?.related.map((it) => [text.slice(it.location.span.start, it.location.span.end)]);
    assert.equal(diagnostics[0]?.code, "bad-reshape");
    assert.deepEqual(related?.at(-1), ["head(keras.Input((20,)))"]);
  });

  const blocks = `import keras
def head(x):
    return keras.layers.Reshape((7, 3))(x)
`;
  it("of another file stands at the call, and says where it happens", () => {
    const text = `import keras
from blocks import head
y = head(keras.Input((21,)))
z = head(keras.Input((20,)))
w = head(keras.Input((22,)))
`;
    assert.deepEqual(told(analyse(core, text, { blocks }), text), [
      {
        code: "bad-reshape",
        at: "head(keras.Input((20,)))",
        related: ["blocks.py: it happens here", "main.py: its input (None, 20) is made here"],
      },
      {
        code: "bad-reshape",
        at: "head(keras.Input((22,)))",
        related: ["blocks.py: it happens here", "main.py: its input (None, 22) is made here"],
      },
    ]);
  });

  it("of another file that this one does not lead to is not told here", () => {
    const faulty = `${blocks}\nbad = head(keras.Input((20,)))\n`;
    const text = "import keras\nfrom blocks import head\ny = head(keras.Input((21,)))\n";
    assert.deepEqual(told(analyse(core, text, { blocks: faulty }), text), []);
  });
});
