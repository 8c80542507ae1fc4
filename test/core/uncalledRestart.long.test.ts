import assert from "node:assert/strict";
import { test } from "node:test";
import type { Core } from "../../core/index.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { edited } from "./edited.ts";
import { analyse, openCore } from "./open.ts";

/** What is read by itself is read after an edit as it is read in the text alone. */

const LAYERS = `import keras
from keras import layers


class Attention(layers.Layer):
    def __init__(self, units, heads=4):
        super().__init__()
        self.out = layers.Dense(units)

    def call(self, x):
        return self.out(x)

    def get_config(self):
        return {"units": layers.Dense(3)(keras.Input((4,)))}


class Encoder(keras.Model):
    def __init__(self, depth=2):
        super().__init__()
        self.blocks = [Attention(32) for _ in range(depth)]

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return x
`;

async function agrees(core: Core, text: string, modules?: Readonly<Record<string, string>>): Promise<void> {
  assert.deepEqual(analyse(core, text, modules), analyse(await openCore(), text, modules), text);
}

test("what another reading comes to call is no longer read by itself, and is again", async () => {
  const core = await openCore();
  const without = LAYERS.replace("x = block(x)", "pass");
  for (const text of [without, LAYERS, without, LAYERS]) await agrees(core, text);
});

test("a parameter has the name and the default that it has now", async () => {
  const core = await openCore();
  for (const parameter of ["heads=4", "eads=4", "heads=5", "heads", "heads=True", "heads=4"])
    await agrees(core, LAYERS.replace("heads=4", parameter));
});

test("an object of the class is used as soon as the module has one, and the first of several", async () => {
  const core = await openCore();
  const made = (...lines: readonly string[]): string => `${LAYERS}\n\n${lines.join("\n")}\n`;
  await agrees(core, made());
  await agrees(core, made("b = Attention(7)"));
  await agrees(core, made("a = Attention(8)", "b = Attention(7)"));
  await agrees(core, made("b = Attention(7)", "a = Attention(8)"));
});

test("what a comment says of the input is heard when it comes, changes and goes", async () => {
  const core = await openCore();
  const alone = LAYERS.slice(0, LAYERS.indexOf("class Encoder"));
  const said = (comment: string): string => alone.replace("call(self, x):", `call(self, x):${comment}`);
  for (const shape of ["(None, 8)", "(None, 9)"]) {
    await agrees(core, said(`  # inlayer: input ${shape}`));
    await agrees(core, said(""));
  }
});

test("a function in a branch that does not run is read as it stands", async () => {
  const core = await openCore();
  const branch = (units: number): string =>
    `from keras import layers\nif False:\n    def head(x):\n        y = x\n        return layers.Dense(${units})(y)\n`;
  for (const units of [3, 4, 3]) await agrees(core, branch(units));
});

test("a module that only functions import is nobody's reading", async () => {
  const core = await openCore();
  const modules = { parts: "import keras\nhead = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n" };
  const text = (first: string): string => `import keras
def one(units):
    ${first}
    x = keras.Input((units,))
    return keras.Model(x, keras.layers.Dense(units)(x))
def two():
    import parts
    x = keras.Input((4,))
    return keras.Model(x, parts.head(x))
`;
  for (const first of ["import parts", "parts = None", "import parts"]) await agrees(core, text(first), modules);
});

const SEED = chosenSeed();
const MIXED = `${LAYERS}

def block(x, filters, pool=True, kernel=(3, 3)):
    channels = x.shape[-1]
    y = layers.Conv2D(filters * 2, kernel, padding="same")(x)
    if pool:
        y = layers.MaxPooling2D()(y)
    return layers.Dense(channels)(y)


def build(shape, classes=10, flat=None):
    height, width, depth = shape
    inputs = keras.Input(shape)
    x = block(inputs, 16)
    x = layers.Flatten()(x) if flat else layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(classes)(x))


encoder = Encoder(1)
`;

test(`after edits, functions that nobody calls are read as in the text alone (SEED=${SEED})`, async () => {
  const next = randomSource(SEED);
  const core = await openCore();
  let text = MIXED;
  for (let i = 0; i < 60; i++) {
    text = next() < 0.3 ? MIXED : edited(text, next);
    await agrees(core, text);
  }
});
