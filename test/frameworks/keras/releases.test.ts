/** Programs that ask which release of Keras or TensorFlow there is, and go on by it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { printShape } from "../../../core/index.ts";
import { openCore, projectOf } from "../../core/open.ts";

const ASKING: Readonly<Record<string, string>> = {
  "keras.version()": 'hasattr(keras, "version") and keras.version().startswith("3.")',
  "keras.__version__": 'keras.__version__.split(".")[0] == "3"',
  "the distribution": 'metadata.version("keras") >= "3"',
  "a comparison of versions": 'version.parse(keras.__version__) >= version.parse("3.0")',
};
const programOf = (condition: string): string => `
import keras
from importlib import metadata
from packaging import version
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3 if ${condition} else 2)])
`;

for (const [way, condition] of Object.entries(ASKING)) {
  test(`${way} decides what the program does`, async () => {
    const core = await openCore();
    for (const keras of [2, 3] as const) {
      if (keras === 2 && condition.includes("hasattr")) continue;
      const project = { ...projectOf(programOf(condition)), settings: { keras, fixes: false } };
      const [model] = core.analyse(project).analysis.models;
      assert.deepEqual(model?.outputs?.map(printShape), [`(None, ${keras})`]);
    }
  });
}

test("of another release that is installed nothing is claimed", async () => {
  const core = await openCore();
  const project = projectOf(programOf('keras.__version__ >= "3.5"'));
  const told = { path: "environment", text: '{"keras":"3.4.0","installed":true}' };
  const answers = new Map([...project.answers, ["environment  from main.py", told] as const]);
  const [model] = core.analyse({ ...project, answers }).analysis.models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, ?)"]);
});

test("TensorFlow's release is known by its distribution", async () => {
  const core = await openCore();
  const condition = 'int(metadata.version("tensorflow").split(".")[0]) == 2';
  const [model] = core.analyse(projectOf(programOf(condition))).analysis.models;
  assert.deepEqual(model?.outputs?.map(printShape), ["(None, 3)"]);
});
