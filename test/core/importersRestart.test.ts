import assert from "node:assert/strict";
import { test } from "node:test";
import type { Core, Project } from "../../core/index.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { edited } from "./edited.ts";
import { openCore } from "./open.ts";

const MODEL = `import keras
from keras import layers


class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
        self.out = layers.Dense(3)

    def call(self, x):
        return self.out(self.dense(x))


def build(units):
    return keras.Sequential([keras.Input((4,)), layers.Dense(units), layers.Dense(2)])


if __name__ == "__main__":
    print(build)
`;
const TRAIN = `import keras
from model import Net, build

SIZE = 16
net = Net(SIZE)
if __name__ == "__main__":
    y = net(keras.ops.zeros((8, 5)))
for units in [4, 8]:
    build(units).summary()
`;

/** model.py, which train.py imports. */
const projectOf = (model: string, train: string): Project => ({
  file: { path: "model.py", text: model },
  answers: new Map([
    ["importers  from model.py", { path: "<importers>", text: JSON.stringify(["train.py"]) }],
    ["file train.py from model.py", { path: "train.py", text: train }],
    ["module model from train.py\nin train.py", { path: "model.py", text: model }],
  ]),
  settings: { keras: 3, fixes: false, facts: true },
});

async function agrees(core: Core, model: string, train: string): Promise<void> {
  const project = projectOf(model, train);
  const { analysis } = (await openCore()).analyse(project);
  assert.deepEqual(core.analyse(project).analysis, analysis, `${model}\n# ----\n${train}`);
}

const seed = chosenSeed();
test(`after edits in either file, a file that others call is read as in the texts alone (SEED=${seed})`, async () => {
  const next = randomSource(seed);
  const core = await openCore();
  let [model, train] = [MODEL, TRAIN];
  for (let i = 0; i < 25; i++) {
    if (next() < 0.15) [model, train] = [MODEL, TRAIN];
    else if (next() < 0.5) model = edited(model, next);
    else train = edited(train, next);
    await agrees(core, model, train);
  }
});
