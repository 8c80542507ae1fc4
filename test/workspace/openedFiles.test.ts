/** What a program reads of the workspace's own files, such as a configuration, is known as its text is. */
import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { printShape } from "../../core/index.ts";
import { analyseFile } from "../../server/workspace/analyse.ts";
import { diskFileSystem as disk } from "../../server/workspace/disk.ts";
import { readDocument } from "../../server/workspace/document.ts";
import { projectResolver } from "../../server/workspace/modules.ts";
import { testCore } from "../programs/told.ts";
import { folder } from "./folder.ts";

const FILES = {
  "config.json": '{"width": 32, "rate": 1.0, "deep": {"units": [4, 9]}, "scale": 2.5e1}',
  "coco.names": "cat\r\ndog\r\nbird",
};

/** The shapes of the Inputs that a program makes, in order. */
async function inputs(t: test.TestContext, program: string): Promise<readonly string[]> {
  const text = `import json\nimport keras\nimport tensorflow as tf\n${program}`;
  const root = folder(t, { ...FILES, "main.py": text });
  const path = join(root, "main.py");
  const document = await readDocument(disk, path);
  assert.ok(!("problem" in document));
  const resolve = projectResolver(disk, path, root);
  const settings = { keras: 3, facts: true, fixes: false } as const;
  const { analysis } = await analyseFile(await testCore(), document, resolve, settings);
  const made = analysis.hints.filter(({ span }) => text.slice(span.start).startsWith("keras.Input("));
  return made.flatMap(({ contexts: [context] }) =>
    [context?.outputs ?? []].flat().map(({ shape }) => printShape(shape)),
  );
}

test("a configuration in JSON", async (t) => {
  const program = `with open("config.json") as file:
    config = json.load(file)
keras.Input((config["width"], config["deep"]["units"][1], int(config["scale"])))
with tf.io.gfile.GFile("./config.json", "r") as file:
    keras.Input((json.loads(file.read())["width"] if isinstance(config["rate"], float) else 0,))
`;
  assert.deepEqual(await inputs(t, program), ["(None, 32, 9, 25)", "(None, 32)"]);
});

test("the names of classes, a line each", async (t) => {
  const program = `names = {}
with open("coco.names", "r") as file:
    for i, name in enumerate(file):
        names[i] = name.strip("\\n")
keras.Input((len(names), len(names[2]), len([it.strip() for it in open("coco.names").readlines()])))
file = open("coco.names")
keras.Input((len(file.read().splitlines()), len(file.read())))
`;
  assert.deepEqual(await inputs(t, program), ["(None, 3, 4, 3)", "(None, 3, ?)"]);
});

test("a file that is not there, or that the program may have written, is known when it runs", async (t) => {
  const program = `keras.Input((len(open("other.names").readlines()),))
with open("out.json", "w") as file:
    json.dump({}, file)
keras.Input((json.load(open("config.json"))["width"],))
`;
  assert.deepEqual(await inputs(t, program), ["(None, ?)", "(None, ?)"]);
});
