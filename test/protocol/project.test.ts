import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { folder } from "../workspace/folder.ts";
import { openEditor } from "./editor.ts";

const TEXT =
  "from keras import Input, layers\nlayers.Dense(3)(Input((4, 5)))\nlayers.Reshape((10, 16))(Input((16, 3)))\n";
const table = (...lines: string[]) => ["[tool.inlayer]", ...lines, ""].join("\n");

describe("a project's [tool.inlayer]", () => {
  test("holds in the editor as in a check, before what the editor says, and as soon as it is written", async (t) => {
    const root = folder(t, {
      "pyproject.toml": table('rules.bad-reshape = "warning"'),
      "a.py": TEXT,
    });
    const [uri, toml] = ["a.py", "pyproject.toml"].map((it) => pathToFileURL(join(root, it)).href) as [string, string];
    const initializationOptions = { rules: { "bad-reshape": "off", "dense-on-sequence": "information" } };
    const editor = await openEditor().initialize(undefined, { initializationOptions });
    await editor.open(uri, TEXT);
    const told = async () => (await editor.pull(uri)).map(({ code, severity }) => `${String(code)} ${severity}`);
    // Where files are slow to read, the first answer does not wait for them.
    const tells = async (expected: readonly string[], message?: string) => {
      for (let i = 0; i < 100 && !isDeepStrictEqual(await told(), expected); i++) await setTimeout(50);
      assert.deepEqual(await told(), expected, message);
    };
    await tells(["dense-on-sequence 3", "bad-reshape 2"]);
    const write = (text: string) => {
      writeFileSync(join(root, "pyproject.toml"), text);
      return editor.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: toml, type: 2 }] });
    };
    await write(table('severity = "information"'));
    await tells(["dense-on-sequence 3"]);
    await write(table('exclude = ["a.py"]'));
    await tells([]);
    assert.equal((await editor.labels(uri)).length, 2, "an excluded file keeps its hints");
    assert.deepEqual(editor.messages, []);
    await write(table('severty = "hint"', 'rules.bad-reshape = "hint"'));
    await tells(["dense-on-sequence 3", "bad-reshape 4"], "what is right holds");
    await editor.until(() => editor.messages.length > 0);
    assert.deepEqual(editor.messages, [
      `Inlayer: ${toml}: [tool.inlayer] has no key 'severty'; ` +
        "there is keras, severity, fail-on, exclude, baseline, rules",
    ]);
    await editor.end();
  });
});
