import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { strToU8, zipSync } from "fflate";
import { printShape } from "../../core/index.ts";
import { analyseFile } from "../../server/workspace/analyse.ts";
import { readText } from "../../server/workspace/architecture.ts";
import { diskFileSystem as disk } from "../../server/workspace/disk.ts";
import { readDocument } from "../../server/workspace/document.ts";
import { interpreterAt, readEnvironment } from "../../server/workspace/environment.ts";
import { projectResolver } from "../../server/workspace/modules.ts";
import { pinsIn } from "../../server/workspace/pins.ts";
import { testCore } from "../programs/told.ts";
import { folder } from "./folder.ts";

test("what is installed in the project's own environment comes before what it requires", async (t) => {
  const packages = ".venv/lib/python3.10/site-packages";
  const root = folder(t, {
    ".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.10.12\n",
    [`${packages}/keras-2.10.0.dist-info/METADATA`]: "",
    [`${packages}/keras_tuner-1.4.7.dist-info/METADATA`]: "",
    [`${packages}/tensorflow_cpu-2.10.1.dist-info/METADATA`]: "",
    "requirements.txt": "keras==3.4.0\n",
  });
  const { keras, tensorflow, installed } = await readEnvironment(disk, root);
  assert.deepEqual({ keras, tensorflow, installed }, { keras: "2.10.0", tensorflow: "2.10.1", installed: true });
});

test("an interpreter's environment is looked at first", async (t) => {
  const root = folder(t, {
    "here/.venv/lib/python3.11/site-packages/keras-2.15.0.dist-info/METADATA": "",
    "conda/bin/python": "",
    "conda/lib/python3.12/site-packages/keras/src/version.py": '__version__ = "3.7.0"\n',
  });
  assert.equal((await readEnvironment(disk, join(root, "here"))).keras, "2.15.0");
  assert.equal((await readEnvironment(disk, join(root, "here"), join(root, "conda/bin/python"))).keras, "3.7.0");
});

test("an interpreter is named from the project's root, from the user's folder, or from anywhere", () => {
  const at = (said: string) => interpreterAt({ ...disk, home: "/people/me" }, "/project", said);
  assert.equal(at(""), undefined);
  assert.equal(at(".venv/bin/python"), "/project/.venv/bin/python");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is written so
  assert.equal(at("${workspaceFolder}/env/bin/python"), "/project/env/bin/python");
  assert.equal(at("~/envs/a/bin/python"), "/people/me/envs/a/bin/python");
  assert.equal(at("/opt/conda/bin/python"), "/opt/conda/bin/python");
});

test("keras.json in the user's folder says what Keras begins with", async (t) => {
  const program = `import keras
x = keras.layers.Conv2D(4, 3)(keras.Input((3, 32, 32)))
keras.config.set_image_data_format("channels_last")
import keras.layers
y = keras.layers.Conv2D(4, 3)(keras.Input((3, 32, 32)))
`;
  const cases: readonly (readonly [string | undefined, readonly string[]])[] = [
    [undefined, ["(None, 1, 30, 4) float32", "(None, 1, 30, 4) float32"]],
    [
      '{"image_data_format": "channels_first", "floatx": "float64"}',
      ["(None, 4, 30, 30) float64", "(None, 1, 30, 4) float64"],
    ],
    ["{", ["(None, 1, 30, 4) float32", "(None, 1, 30, 4) float32"]],
  ];
  for (const [json, expected] of cases) {
    const home = folder(t, { "main.py": program, ...(json === undefined ? {} : { ".keras/keras.json": json }) });
    const path = join(home, "main.py");
    const document = await readDocument(disk, path);
    assert.ok(!("problem" in document));
    const resolve = projectResolver({ ...disk, home }, path, home);
    const settings = { keras: 3, facts: true, fixes: false } as const;
    const { analysis } = await analyseFile(await testCore(), document, resolve, settings);
    const calls = analysis.hints.filter(({ span }) =>
      program.slice(span.start, span.end).startsWith("keras.layers.Conv2D(4, 3)("),
    );
    const printed = calls.map(({ contexts: [context] }) => {
      const output = [context?.outputs ?? []].flat()[0];
      return output && `${printShape(output.shape)} ${output.dtype}`;
    });
    assert.deepEqual(printed, expected, json);
  }
});

test("requirements are read in the forms that people write", () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ["numpy\ntensorflow==2.12.0\n", undefined, "2.12.0"],
    ["tensorflow-gpu>=2.4,<2.16  # old\n", undefined, "2.15"],
    ["keras>=2.4\n", ">2.4", undefined],
    ["# keras==2.0\nkeras-tuner==1.4\nkeras_cv\n", undefined, undefined],
    ['[tool.poetry.dependencies]\nkeras = "^2.9"\n', "2.9", undefined],
    ['dependencies = ["keras~=3.3", "tensorflow[and-cuda]==2.17.1"]\n', "3.3", "2.17.1"],
    ["dependencies:\n  - tensorflow=2.10\n  - pip:\n    - keras<3\n", "2.999", "2.10"],
    ['[[package]]\nname = "keras"\nversion = "3.6.0"\n', "3.6.0", undefined],
    ['{"default": {"keras": {"hashes": [], "version": "==2.8.0"}}}', "2.8.0", undefined],
    ['install_requires=["tensorflow>=2.16"]', undefined, ">2.16"],
  ];
  for (const [text, keras, tensorflow] of cases) assert.deepEqual(pinsIn(text), { keras, tensorflow }, text);
});

test("requirements of another name count where one alone tells", async (t) => {
  const one = folder(t, { "requirements_python3.6.txt": "keras==2.2.4\n", "requirements-docs.txt": "sphinx\n" });
  assert.equal((await readEnvironment(disk, one)).keras, "2.2.4");
  const two = folder(t, { "requirements_old.txt": "keras==2.2.4\n", "requirements_new.txt": "keras==3.4.0\n" });
  assert.equal((await readEnvironment(disk, two)).keras, undefined);
});

test("a library of layers is found among the installed packages, Keras itself is not", async (t) => {
  const packages = "venv/lib/python3.11/site-packages";
  const root = folder(t, {
    [`${packages}/blocks/__init__.py`]: "from .core import Block\n",
    [`${packages}/blocks/core.py`]: "class Block: pass\n",
    [`${packages}/keras/__init__.py`]: "",
    [`${packages}/keras/src/__init__.py`]: "",
    [`${packages}/keras/src/applications/__init__.py`]: "models = 1\n",
    "main.py": "",
  });
  const resolve = projectResolver(disk, join(root, "main.py"), root);
  const find = async (name: string, installed?: boolean) =>
    (await resolve({ kind: "module", from: join(root, "main.py"), name }, installed))?.text ?? null;
  assert.equal(await find("blocks"), "from .core import Block\n");
  assert.equal(await find("blocks.core"), "class Block: pass\n");
  assert.equal(await find("blocks", false), null);
  assert.equal(await find("keras"), null);
  assert.equal(await find("keras.src.applications"), "models = 1\n", "but for what is in no signature");
});

/** A zip archive with one file in it. */
const zip = (name: string, text: string): Uint8Array => zipSync({ [name]: strToU8(text) });

test("of a saved model its architecture is read, of another file its text", async (t) => {
  const root = folder(t, {
    "model.keras": zip("config.json", '{"class_name": "Sequential"}'),
    "notes.txt": "text",
    "weights.h5": "no HDF5",
  });
  assert.equal(await readText(disk, join(root, "model.keras")), '{"class_name": "Sequential"}');
  assert.equal(await readText(disk, join(root, "notes.txt")), "text");
  assert.equal(await readText(disk, join(root, "weights.h5")), undefined);
  const resolve = projectResolver(disk, join(root, "main.py"), root);
  const open = async (name: string) => (await resolve({ kind: "model", from: join(root, "main.py"), name }))?.text;
  assert.equal(await open("./notes.txt"), "text");
  assert.equal(await open("../notes.txt"), undefined, "nothing outside of the project");
  assert.equal(await open("/etc/hostname"), undefined);
});
