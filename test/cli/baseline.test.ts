import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { describe } from "node:test";
import type { Severity } from "../../core/index.ts";
import { compare } from "../../server/cli/baseline.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, stubCore } from "./stub.ts";

/** Has a diagnostic wherever a text says how grave one is. */
const strict = stubCore(({ text }) => ({
  diagnostics: [...text.matchAll(/error|warning|hint/g)].map(({ 0: word, index }) => ({
    ...{ code: `a-${word}`, severity: word as Severity, message: "m", related: [], fixes: [] },
    span: { start: index, end: index + word.length },
  })),
}));
type Told = readonly { readonly path: string; readonly diagnostics: readonly { readonly line: number }[] }[];
const told = (out: string) =>
  (JSON.parse(out) as { files: Told }).files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ line }) => `${path}:${line}`),
  );
const JSON_OF = ["--format", "json", "--baseline", "known.json"];

describe("a baseline", () => {
  test("knows what was found when it was written, and tells only what is new", async (t) => {
    const root = folder(t, { "a.py": "x = error\ny = error\n", "b.py": "z = warning\n" });
    const written = await inlayer(root, strict, ["check", ".", "--baseline", "known.json", "--write-baseline"]);
    assert.deepEqual(written, { code: 0, out: "", err: "inlayer: known.json knows 3 of 2 files\n" });
    assert.equal(
      readFileSync(join(root, "known.json"), "utf8"),
      `{
  "version": 1,
  "known": [
    {"path":"a.py","code":"a-error","line":"x = error"},
    {"path":"a.py","code":"a-error","line":"y = error"},
    {"path":"b.py","code":"a-warning","line":"z = warning"}
  ]
}
`,
    );
    const quiet = await inlayer(root, strict, ["check", ".", ...JSON_OF]);
    assert.deepEqual([quiet.code, quiet.err, told(quiet.out)], [0, "", []]);
    const text = await inlayer(root, strict, ["check", ".", "--baseline", "known.json"]);
    assert.match(text.out, /2 files · nothing to report · 3 in the baseline\n$/);
    writeFileSync(join(root, "a.py"), "x = error\ny = error\nnew = error\n");
    const fresh = await inlayer(root, strict, ["check", ".", ...JSON_OF]);
    assert.deepEqual([fresh.code, fresh.err, told(fresh.out)], [1, "", ["a.py:3"]]);
  });
  test("survives lines that move, and are indented otherwise", async (t) => {
    const root = folder(t, { "a.py": "x = error\n" });
    await inlayer(root, strict, ["check", ".", "--baseline", "known.json", "--write-baseline"]);
    writeFileSync(join(root, "a.py"), "import keras\r\n\r\nif x:\r\n    x =  error\r\n");
    const { code, err } = await inlayer(root, strict, ["check", ".", ...JSON_OF]);
    assert.deepEqual([code, err], [0, ""]);
  });
  test("counts what looks the same", async (t) => {
    const root = folder(t, { "a.py": "x = error\nx = error\n" });
    await inlayer(root, strict, ["check", ".", "--baseline", "known.json", "--write-baseline"]);
    assert.match(readFileSync(join(root, "known.json"), "utf8"), /"line":"x = error","count":2}/);
    writeFileSync(join(root, "a.py"), "x = error\nx = error\nx = error\n");
    assert.deepEqual(told((await inlayer(root, strict, ["check", ".", ...JSON_OF])).out), ["a.py:3"]);
    writeFileSync(join(root, "a.py"), "x = error\n");
    const { code, err } = await inlayer(root, strict, ["check", ".", ...JSON_OF]);
    assert.equal(code, 0);
    assert.equal(
      err,
      "inlayer: known.json knows what is not found any more; --write-baseline takes it out\n" +
        "  a.py: a-error: x = error\n",
    );
  });
  test("says what it knows in vain, of files that are gone too, and is written without it", async (t) => {
    const root = folder(t, { "a.py": "x = error\n", "b.py": "y = error\n", "c.py": "z = error\n" });
    await inlayer(root, strict, ["check", ".", "--baseline", "known.json", "--write-baseline"]);
    writeFileSync(join(root, "a.py"), "x = 1\n");
    rmSync(join(root, "b.py"));
    const { code, err } = await inlayer(root, strict, ["check", "a.py", ...JSON_OF]);
    assert.equal(code, 0);
    assert.deepEqual(err.split("\n").slice(1, -1), [
      "  a.py: a-error: x = error",
      "  b.py: there is no such file any more",
    ]);
    await inlayer(root, strict, ["check", "a.py", "--baseline", "known.json", "--write-baseline"]);
    const { known } = JSON.parse(readFileSync(join(root, "known.json"), "utf8")) as { known: unknown };
    assert.deepEqual(
      known,
      [{ path: "c.py", code: "a-error", line: "z = error" }],
      "of a file that was not read it stays",
    );
  });
  test("has paths from its own folder, so it holds wherever a check starts", async (t) => {
    const root = folder(t, { "src/nets/a.py": "x = error\n", "ci/": "" });
    await inlayer(root, strict, ["check", "src", "--baseline", "ci/known.json", "--write-baseline"]);
    assert.match(readFileSync(join(root, "ci/known.json"), "utf8"), /"path":"\.\.\/src\/nets\/a\.py"/);
    const { code } = await inlayer(join(root, "src"), strict, ["check", "nets", "--baseline", "../ci/known.json"]);
    assert.equal(code, 0);
  });
  test("that is none, or is not there, is bad usage", async (t) => {
    const root = folder(t, { "a.py": "", "list.json": "[1]" });
    const err = async (...args: string[]) => {
      const { code, err, out } = await inlayer(root, strict, ["check", "a.py", ...args]);
      assert.deepEqual([code, out], [2, ""]);
      return err;
    };
    assert.equal(await err("--baseline", "list.json"), "inlayer: list.json: it is not a baseline of Inlayer\n");
    const missing = "inlayer: no.json: no such baseline; --write-baseline makes it\n";
    assert.equal(await err("--baseline", "no.json"), missing);
    assert.match(await err("--write-baseline"), /--write-baseline needs --baseline FILE/);
  });
  test("takes of several that look alike the first ones", () => {
    const found = [1, 2, 3].map((n) => ({ code: "c", n }));
    const { fresh, known, stale } = compare(found, () => " x ", [{ code: "c", line: "x", count: 2 }]);
    assert.deepEqual([fresh, known, stale], [[{ code: "c", n: 3 }], 2, []]);
  });
});

describe("severities", () => {
  const root = (t: test.TestContext) => folder(t, { "w.py": "warning", "h.py": "hint", "e.py": "error" });
  test("from --fail-on upwards fail a check", async (t) => {
    const at = root(t);
    const code = async (...args: string[]) => (await inlayer(at, strict, ["check", ...args])).code;
    assert.equal(await code("w.py", "h.py"), 0);
    assert.equal(await code("w.py", "--fail-on", "warning"), 1);
    assert.equal(await code("h.py", "--fail-on", "warning"), 0);
    assert.equal(await code("h.py", "--fail-on", "hint"), 1);
    assert.equal(await code("e.py", "--fail-on", "error"), 1);
    assert.equal(await code("e.py", "--fail-on", "never"), 2);
  });
});
