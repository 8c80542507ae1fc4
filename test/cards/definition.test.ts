import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, openCore } from "../core/open.ts";

const core = await openCore();
const HEAD = "import keras\nfrom keras import layers\n";

/** The text at the definition of what the expression calls that a program has last. */
function definition(program: string, expression: string): string | undefined {
  const text = HEAD + program;
  analyse(core, text);
  const start = text.lastIndexOf(expression);
  const found = core.definition("main.py", { start, end: start + expression.length });
  return found && text.slice(found.span.start, found.span.end);
}

test("a helper leads to its first line", () =>
  assert.equal(
    definition(
      "def block(x, n):\n    return layers.Dense(n)(x)\n\ny = block(keras.Input((4,)), 3)\n",
      "block(keras.Input((4,)), 3)",
    ),
    "def block(x, n):",
  ));
test("a layer leads to where it is made, on its own line too", () => {
  assert.equal(
    definition("d = layers.Dense(3)\ny = d(keras.Input((4,)))\n", "d(keras.Input((4,)))"),
    "layers.Dense(3)",
  );
  assert.equal(
    definition("y = layers.Dense(3)(keras.Input((4,)))\n", "layers.Dense(3)(keras.Input((4,)))"),
    "layers.Dense(3)",
  );
});
test("an attribute of a model of one's own leads there, and the class to its first line", () => {
  const program = `class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.scores = layers.Dense(4)

    def call(self, x):
        return self.scores(x)

net = Net()
y = net(keras.Input((3,)))
`;
  assert.equal(definition(program, "self.scores(x)"), "layers.Dense(4)");
  assert.equal(definition(program, "Net()"), "class Net(keras.Model):");
  assert.equal(definition(program, "net(keras.Input((3,)))"), "Net()");
});
test("what is Keras's leads nowhere", () => {
  assert.equal(definition("x = keras.Input((4,))\n", "keras.Input((4,))"), undefined);
  assert.equal(definition("m = keras.Sequential([layers.Dense(3)])\n", "layers.Dense(3)"), undefined);
});
