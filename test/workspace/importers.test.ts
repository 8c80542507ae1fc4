import assert from "node:assert/strict";
import { join, relative } from "node:path";
import test, { type TestContext } from "node:test";
import { printShape } from "../../core/index.ts";
import { analyseFile } from "../../server/workspace/analyse.ts";
import { diskFileSystem as disk } from "../../server/workspace/disk.ts";
import { readDocument } from "../../server/workspace/document.ts";
import { Importers } from "../../server/workspace/importers.ts";
import { projectResolver } from "../../server/workspace/modules.ts";
import { testCore } from "../programs/told.ts";
import { folder } from "./folder.ts";

const importersIn = (root: string): Importers =>
  new Importers(disk, root, (from, name) => projectResolver(disk, from, root)({ kind: "module", from, name }, false));

test("programs that import a file, also through packages and modules; what people run comes first", async (t) => {
  const root = folder(t, {
    "models/__init__.py": "from .unet import UNet\n",
    "models/unet.py": "class UNet: ...\n",
    "factory.py": "from models.unet import UNet\n",
    "train.py": "from models import UNet\n",
    "scripts/predict.py": "import factory\n",
    "other/unet.py": "",
    "other/run.py": "import unet\n",
    "tests/test_unet.py": "from models.unet import UNet\n",
    "check_test.py": "import models.unet\n",
    "node_modules/x.py": "import models.unet\n",
  });
  const of = async (file: string) => (await importersIn(root).of(join(root, file))).map((it) => relative(root, it));
  assert.deepEqual(await of("models/unet.py"), ["scripts/predict.py", "train.py", "factory.py"]);
  assert.deepEqual(await of("train.py"), []);
});

async function hintsOf(t: TestContext, files: Readonly<Record<string, string>>, file: string) {
  const root = folder(t, files);
  const path = join(root, file);
  const document = await readDocument(disk, path);
  assert.ok(!("problem" in document));
  const importers = importersIn(root);
  const resolve = projectResolver(disk, path, root, { importers });
  const { analysis } = await analyseFile(await testCore(), document, resolve, {
    keras: 3,
    facts: true,
    fixes: false,
  });
  const hints = analysis.hints.map(({ span, contexts }) => [
    document.text.slice(span.start, span.end),
    ...contexts.map(({ outputs, callers }) => [
      "shape" in outputs ? printShape(outputs.shape) : "",
      ...callers.map((it) => relative(root, it.path)),
    ]),
  ]);
  return { hints, analysis, root };
}

const MODEL = `import keras
from keras import layers


class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.flat = layers.Flatten()
        self.out = layers.Dense(units)

    def call(self, x):
        return self.out(self.flat(x))


def head(x, units):
    return layers.Dense(units)(x)


ran = __name__
if __name__ == "__main__":
    head(keras.Input((1,)), 1)
`;

test("a class has the shapes of the program that calls it, whose own faults are not this file's", async (t) => {
  const { hints, analysis } = await hintsOf(
    t,
    {
      "net/__init__.py": "",
      "net/model.py": MODEL.replace("head(keras.Input((1,)), 1)", "pass"),
      "net/common.py": "UNITS = 3\n",
      "run/common.py": "UNITS = 7\n",
      "run/train.py": `import keras
from net.model import Net, head
from common import UNITS

if __name__ == "__main__":
    net = Net(UNITS)
    net(keras.ops.zeros((8, 5, 2)))
    keras.layers.Dense(4)(keras.layers.Dense(3)(keras.Input(())))
`,
    },
    "net/model.py",
  );
  const of = (text: string) => hints.find(([it]) => it === text);
  assert.deepEqual(of("layers.Dense(units)"), ["layers.Dense(units)", ["(8, 7)", "run/train.py"]]);
  assert.deepEqual(of("self.out(self.flat(x))"), ["self.out(self.flat(x))", ["(8, 7)", "run/train.py"]]);
  // What it does not call is read by itself.
  assert.deepEqual(of("layers.Dense(units)(x)"), ["layers.Dense(units)(x)", ["(..., units)"]]);
  assert.deepEqual(analysis.models, []);
  assert.deepEqual(analysis.diagnostics, []);
});

test("what certainly goes wrong here in that program is said here", async (t) => {
  const { analysis, root } = await hintsOf(
    t,
    {
      "model.py": `import keras\n\n\ndef head(x):\n    return keras.layers.add([x, keras.layers.Dense(3)(x)])\n`,
      "train.py": `import keras\nimport model\n\nmodel.head(keras.Input((5,)))\n`,
    },
    "model.py",
  );
  const [fault, ...others] = analysis.diagnostics;
  assert.equal(fault?.code, "incompatible-shapes");
  assert.deepEqual(others, []);
  const related = fault.related.map(({ location }) => relative(root, location.path));
  assert.ok(related.includes("train.py"), related.join());
});

test("a file that calls all that it defines asks for nobody", async (t) => {
  const root = folder(t, {
    "model.py": MODEL.replace("units)(x)", "units)(x)\n\n\nhead(keras.Input((2,)), 3); Net(2)(keras.Input((2, 2)))"),
  });
  const path = join(root, "model.py");
  const document = await readDocument(disk, path);
  assert.ok(!("problem" in document));
  const kinds: string[] = [];
  const resolve = projectResolver(disk, path, root);
  const asked: typeof resolve = (missing) => {
    kinds.push(missing.kind);
    return resolve(missing);
  };
  await analyseFile(await testCore(), document, asked, { keras: 3, facts: true, fixes: false });
  assert.ok(!kinds.includes("importers"), kinds.join());
});
