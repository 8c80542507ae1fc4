import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { FileModels, WorkspaceFiles } from "../../server/protocol/messages.ts";
import { folder } from "../workspace/folder.ts";
import { COMPLETE, openEditor } from "./editor.ts";
import { MODEL } from "./programs.ts";

const OWN = { initializationOptions: { client: "inlayer" } };
const BLOCKS =
  "import keras\n\ndef make(n):\n    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(n)])\n";
const CELLS = {
  cells: [
    { cell_type: "markdown", source: "# A model", metadata: {} },
    { cell_type: "code", source: "import keras\n", outputs: [], metadata: {} },
    { cell_type: "code", source: `${BLOCKS.replace("import keras\n", "")}m = make(3)\n`, outputs: [], metadata: {} },
  ],
  ...{ metadata: { language_info: { name: "python" } }, nbformat: 4, nbformat_minor: 5 },
};

const told = ({ models }: FileModels) =>
  models.map(({ name, params, place }) => [name, params, place?.range.start.line]);

describe("the models of a workspace", () => {
  test("are those of its files, open or not; what names Keras comes first", async (t) => {
    const root = folder(t, {
      "a.py": "print(1)\n",
      "uses.py": "from blocks import make\nmodel = make(7)\n",
      "blocks.py": BLOCKS,
      "model.py": MODEL,
      "venv/lib/python3.12/site-packages/keras/a.py": "import keras\n",
    });
    const uriOf = (name: string) => pathToFileURL(join(root, name)).href;
    const editor = await openEditor().initialize(COMPLETE, { ...OWN, rootUri: pathToFileURL(root).href });
    const { naming, others } = await editor.request<WorkspaceFiles>("inlayer/models/workspace", {});
    assert.deepEqual(naming, [uriOf("blocks.py"), uriOf("model.py")]);
    assert.deepEqual(others, [uriOf("a.py"), uriOf("uses.py")]);
    const read = (name: string) => editor.request<FileModels | null>("inlayer/models/file", { uri: uriOf(name) });

    assert.equal(await read("a.py"), null);
    assert.equal(await read("nowhere.py"), null);
    const model = await read("model.py");
    assert.ok(model);
    assert.deepEqual(told(model), [["model", 6794, 3]]);
    const uses = await read("uses.py");
    assert.ok(uses);
    assert.deepEqual(uses.models[0]?.params, 35);
    assert.deepEqual(uses.reads, [uriOf("uses.py"), uriOf("blocks.py")]);
    const [layer] = uses.models[0]?.layers ?? [];
    assert.equal(layer?.place?.uri, uriOf("blocks.py"));

    // Once it is open the editor's text counts.
    await editor.open(uriOf("model.py"), MODEL.replace("Dense(10)", "Dense(1)"));
    const open = await read("model.py");
    assert.deepEqual(open && told(open), [["model", 384 + 641, 3]]);
    assert.ok(editor.heard.includes("inlayer/analysed"));
    await editor.close(uriOf("model.py"));
    const closed = await read("model.py");
    assert.deepEqual(closed && told(closed), [["model", 6794, 3]]);
    await editor.end();
  });

  test("stand in the cells of a notebook that is not open", async (t) => {
    const root = folder(t, { "n.ipynb": JSON.stringify(CELLS) });
    const uri = pathToFileURL(join(root, "n.ipynb")).href;
    const editor = await openEditor().initialize(COMPLETE, { ...OWN, rootUri: pathToFileURL(root).href });
    const found = await editor.request<FileModels | null>("inlayer/models/file", { uri });
    const [model] = found?.models ?? [];
    assert.equal(model?.params, 15);
    assert.deepEqual([model?.place?.uri, model?.place?.cell], [uri, 2]);
    await editor.end();
  });

  test("tell the memory for the batch that is set", async (t) => {
    const root = folder(t, { "m.py": "" });
    writeFileSync(join(root, "m.py"), `${BLOCKS}m = make(3)\n`);
    const uri = pathToFileURL(join(root, "m.py")).href;
    const options = { initializationOptions: { client: "inlayer", inlayer: { batchSize: 8 } } };
    const editor = openEditor();
    editor.configuration = { batchSize: 8 };
    await editor.initialize(COMPLETE, { ...options, rootUri: pathToFileURL(root).href });
    const found = await editor.request<FileModels | null>("inlayer/models/file", { uri });
    assert.equal(found?.models[0]?.memory?.batch, 8);
    await editor.end();
  });
});
