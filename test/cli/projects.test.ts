import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { openCore } from "../core/open.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer } from "./stub.ts";

const core = await openCore();
/** An error and a hint; Keras 2 has no `keras.ops`. */
const MODEL = `from keras import Input, layers
layers.Dense(3)(Input((4, 5)))
layers.Reshape((10, 16))(Input((16, 3)))
`;
const table = (...lines: string[]) => ["[tool.inlayer]", ...lines, ""].join("\n");

async function told(cwd: string, ...args: string[]) {
  const { code, out, err } = await inlayer(cwd, core, ["check", ...args, "--format", "github"]);
  const found = [...out.matchAll(/^::(\w+) file=([^,]*),.*\((.*?)\)::/gm)].map(([, level, file, rule]) => [
    file,
    level,
    rule,
  ]);
  return { code, err, found: found.map((it) => it.join(" ")) };
}

describe("a project's own settings", () => {
  test("say what is told and what fails, and what is said with the command goes over them", async (t) => {
    const root = folder(t, {
      "pyproject.toml": table('severity = "error"', "[tool.inlayer.rules]", 'bad-reshape = "warning"'),
      "a.py": MODEL,
    });
    assert.deepEqual(await told(root, "a.py"), { code: 0, err: "", found: [] });
    assert.deepEqual((await told(root, "a.py", "--severity", "warning")).found, ["a.py warning bad-reshape"]);
    const set = await told(root, "a.py", "--rule", "bad-reshape=error");
    assert.deepEqual([set.code, set.found], [1, ["a.py error bad-reshape"]]);
    const failing = folder(t, { "pyproject.toml": table('fail-on = "hint"'), "a.py": MODEL.replace(/.*\n$/, "") });
    assert.equal((await told(failing, "a.py", "--rule", "bad-reshape=off")).code, 1);
    assert.equal((await told(failing, "a.py", "--rule", "bad-reshape=off", "--fail-on", "warning")).code, 0);
  });
  test("are each root's own", async (t) => {
    const root = folder(t, {
      "old/pyproject.toml": table("keras = 2"),
      "old/a.py": "from keras import layers\nlayers.LSTM(3, implementation=2, time_major=True)\n",
      "new/pyproject.toml": table("keras = 3", "rules.unknown-argument = 'warning'"),
      "new/a.py": "from keras import layers\nlayers.LSTM(3, implementation=2, time_major=True)\n",
    });
    const { code, found } = await told(root, "old", "new");
    assert.equal(code, found.some((it) => it.includes("error")) ? 1 : 0);
    assert.ok(
      found.every((it) => it.startsWith("new/")),
      found.join("\n"),
    );
    assert.ok(found.length > 0);
  });
  test("leave files out where they are found, and with --force-exclude where they are named", async (t) => {
    const root = folder(t, {
      "pyproject.toml": table('exclude = ["old"]'),
      "old/a.py": MODEL,
      "b.py": MODEL,
    });
    const files = ({ found }: Awaited<ReturnType<typeof told>>) => [...new Set(found.map((it) => it.split(" ")[0]))];
    assert.deepEqual(files(await told(root, ".")), ["b.py"]);
    assert.deepEqual(files(await told(root, "old/a.py")), ["old/a.py"]);
    assert.deepEqual(files(await told(root, "old/a.py", "b.py", "--force-exclude")), ["b.py"]);
    assert.equal((await told(root, "old/a.py", "--force-exclude")).code, 0);
  });
  test("name their baseline from their own folder", async (t) => {
    const root = folder(t, { "p/pyproject.toml": table('baseline = "known.json"'), "p/a.py": MODEL });
    const { code, err } = await inlayer(root, core, ["check", "p", "--write-baseline"]);
    assert.deepEqual([code, err], [0, "inlayer: p/known.json knows 2 of 1 file\n"]);
    assert.deepEqual(await told(root, "p"), { code: 0, err: "", found: [] });
  });
  test("that cannot be read are bad usage, with the file and the key", async (t) => {
    const root = folder(t, { "p/pyproject.toml": table('kears = "2"', "severity = 1"), "p/a.py": MODEL, "b.py": "" });
    const { code, out, err } = await inlayer(root, core, ["check", "p", "b.py"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.deepEqual(err.split("\n"), [
      "inlayer: p/pyproject.toml: [tool.inlayer] has no key 'kears'; " +
        "there is keras, severity, fail-on, exclude, baseline, rules",
      'inlayer: p/pyproject.toml: [tool.inlayer] severity is "error", "warning", "information", "hint", not 1',
      "",
    ]);
  });
});
