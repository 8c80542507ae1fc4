import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { describe } from "node:test";
import { Ajv } from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Log, Result } from "sarif";
import { escapeData, escapeProperty } from "../../server/cli/formats/github.ts";
import { parseOptions } from "../../server/cli/options.ts";
import { slashed } from "../../server/cli/slashed.ts";
import { openCore } from "../core/open.ts";
import { folder } from "../workspace/folder.ts";
import { inlayer, stubCore } from "./stub.ts";

const schemaFile = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// Its own dialect, draft 4, differs in what it does not use but for the name of the schema.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as Record<string, unknown>;
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile<Log>(schema);

const core = await openCore();
const HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n";
const RESHAPE = `${HEAD}x = layers.Dense(10)(keras.Input((20, 5)))\ny = layers.Reshape((7, 7))(x)\n`;
const BATCH = `${HEAD}model = keras.Sequential([layers.Flatten(input_shape=(32, 10, 5))])
model.predict(np.zeros((32, 10, 5)))
`;
const notebook = (...cells: string[]) =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: "code", source })),
    metadata: { kernelspec: { language: "python" } },
  });
const NOTEBOOK = notebook(HEAD, "\nx = keras.Input((16, 3))\nlayers.Reshape((10, 16))(x)\n");
/** Says what a text says behind `say:`, of its first character. */
const speaking = stubCore(({ text }) => ({
  diagnostics: [...text.matchAll(/say:(.*)/gs)].map(({ 1: message = "" }) => ({
    ...{ code: "a-code", severity: "error" as const, message, related: [], fixes: [], span: { start: 0, end: 1 } },
  })),
}));

async function sarif(root: string, ...paths: string[]) {
  const { code, out } = await inlayer(root, core, ["check", ...paths, "--format", "sarif"], {
    rulePage: async (code) => `# ${code}\n`,
  });
  const log: unknown = JSON.parse(out);
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
  const [run] = log.runs;
  assert.ok(run);
  return { code, run, results: run.results ?? [] };
}
const found = (results: readonly Result[], code: string): Result => {
  const result = results.find(({ ruleId }) => ruleId === code);
  assert.ok(result, `no ${code}`);
  return result;
};

describe("SARIF", () => {
  test("has each diagnostic with its rule, its page, its places and its repairs", async (t) => {
    const root = folder(t, { "nets/a b.py": BATCH });
    const { code, run, results } = await sarif(root, "nets");
    assert.equal(code, 1);
    const result = found(results, "batch-in-input-shape");
    assert.equal(result.level, "error");
    const rule = run.tool.driver.rules?.[result.ruleIndex ?? -1];
    assert.deepEqual(
      [rule?.id, rule?.help?.markdown, rule?.defaultConfiguration?.level],
      ["batch-in-input-shape", "# batch-in-input-shape\n", "error"],
    );
    assert.equal(run.columnKind, "utf16CodeUnits");
    const [place] = result.locations ?? [];
    assert.deepEqual(place?.physicalLocation, {
      artifactLocation: { uri: "nets/a%20b.py", uriBaseId: "%SRCROOT%" },
      region: { startLine: 4, startColumn: 42, endLine: 4, endColumn: 65 },
    });
    assert.equal(result.relatedLocations?.[0]?.physicalLocation?.region?.startLine, 5);
    const flow = result.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    assert.deepEqual(
      flow.map(({ location }) => location?.physicalLocation?.region?.startLine),
      [4, 5],
    );
    const [change] = result.fixes?.[0]?.artifactChanges[0]?.replacements ?? [];
    assert.equal(change?.insertedContent?.text, "input_shape=(10, 5)");
  });
  test("says a notebook's cell in the message, and no edits, which would be of the cell", async (t) => {
    const { results } = await sarif(folder(t, { "n.ipynb": NOTEBOOK }), "n.ipynb");
    const result = found(results, "bad-reshape");
    assert.match(result.message.text ?? "", /^cell 1, line 3, column 16: \(16, 3\), 48 elements/);
    const [place] = result.locations ?? [];
    assert.deepEqual(place?.physicalLocation?.region, { startLine: 1 });
    assert.deepEqual(place?.logicalLocations, [{ name: "cell 1", kind: "module" }]);
    assert.equal(result.fixes, undefined);
  });
  test("keeps a result's fingerprint when its line moves", async (t) => {
    const root = folder(t, { "a.py": RESHAPE, "moved/a.py": `# a line\n${RESHAPE}` });
    const printed = async (cwd: string) => found((await sarif(cwd, "a.py")).results, "bad-reshape").partialFingerprints;
    assert.deepEqual(await printed(root), await printed(join(root, "moved")));
  });
  test("tells what could not be read", async (t) => {
    const { code, run } = await sarif(folder(t, { "a.py": "\0" }), "a.py");
    assert.equal(code, 2);
    const [invocation] = run.invocations ?? [];
    assert.deepEqual([invocation?.executionSuccessful, invocation?.exitCode], [false, 2]);
    assert.match(invocation?.toolExecutionNotifications?.[0]?.message.text ?? "", /binary|text/);
  });
  test("has absolute paths as URIs of files", async (t) => {
    const root = folder(t, { "a.py": RESHAPE });
    const { results } = await sarif(root, join(root, "a.py"));
    assert.match(results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "", /^file:\/\/\/.*\/a\.py$/);
  });
});

describe("GitHub's workflow commands", () => {
  test("are a line each, at the place", async (t) => {
    const root = folder(t, { "a.py": RESHAPE });
    const { code, out } = await inlayer(root, core, ["check", "a.py", "--format", "github"]);
    assert.equal(code, 1);
    const [hint, error, ...none] = out.split("\n");
    assert.match(hint ?? "", /^::notice file=a\.py,line=4,endLine=4,col=5,endColumn=\d+,title=inlayer \(dense-on-/);
    assert.match(
      error ?? "",
      /^::error file=a\.py,line=5,endLine=5,col=20,endColumn=26,title=inlayer \(bad-reshape\)::\(20, 10\), 200 /,
    );
    assert.deepEqual(none, [""]);
  });
  test("are escaped as the runner reads them", async (t) => {
    assert.equal(escapeData("100%\r\na: b, c"), "100%25%0D%0Aa: b, c");
    assert.equal(escapeProperty("50%: a,b\n"), "50%25%3A a%2Cb%0A");
    const root = folder(t, { "a,b%.py": "say:one\ntwo 5%\n::error::three" });
    const { out } = await inlayer(root, speaking, ["check", ".", "--format", "github"]);
    assert.equal(
      out,
      "::error file=a%2Cb%25.py,line=1,endLine=1,col=1,endColumn=2,title=inlayer (a-code)::" +
        "one%0Atwo 5%25%0A::error::three\n",
    );
  });
  test("name a notebook's cell in words", async (t) => {
    const root = folder(t, { "n.ipynb": NOTEBOOK });
    const { out } = await inlayer(root, core, ["check", "n.ipynb", "--format", "github"]);
    assert.match(
      out,
      /^::error file=n\.ipynb,line=1,title=inlayer \(bad-reshape\)::cell 1, line 3, column 16: \(16, 3\)/m,
    );
  });
  test("tell what could not be read", async (t) => {
    const { code, out, err } = await inlayer(folder(t, { "a.py": "\0" }), core, [
      "check",
      "a.py",
      "--format",
      "github",
    ]);
    assert.equal(code, 2);
    assert.match(out, /^::error file=a\.py,title=inlayer::/);
    assert.match(err, /^inlayer: a\.py: /);
  });
});

interface Suite {
  readonly "@name": string;
  readonly "@tests": string;
  readonly "@failures": string;
  readonly testcase: readonly Readonly<Record<string, unknown>>[];
}
async function junit(root: string, args: readonly string[], using = core): Promise<readonly Suite[]> {
  const { out } = await inlayer(root, using, ["check", ...args, "--format", "junit"]);
  assert.equal(XMLValidator.validate(out), true);
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false, trimValues: false },
    isArray: (name) => name === "testsuite" || name === "testcase",
  });
  return (parser.parse(out) as { testsuites: { testsuite?: readonly Suite[] } }).testsuites.testsuite ?? [];
}

describe("JUnit's XML", () => {
  test("has a suite for each file: what fails is a failure, what is told passes, as a clean file does", async (t) => {
    const root = folder(t, { "a.py": RESHAPE, "clean.py": "" });
    const [first, clean, ...others] = await junit(root, ["a.py", "clean.py"]);
    assert.deepEqual([first?.["@name"], first?.["@tests"], first?.["@failures"], others.length], ["a.py", "2", "1", 0]);
    const [hint, error] = first?.testcase ?? [];
    assert.equal(hint?.["@name"], "dense-on-sequence, line 4, column 5");
    assert.ok("system-out" in (hint ?? {}) && !("failure" in (hint ?? {})));
    assert.deepEqual([error?.["@file"], error?.["@line"]], ["a.py", "5"]);
    const failure = error?.["failure"] as Readonly<Record<string, string>>;
    assert.equal(failure["@type"], "bad-reshape");
    assert.match(
      failure["#text"] ?? "",
      /a\.py:5:20: error\[bad-reshape\]: .*\n\ny = layers\.Reshape\(\(7, 7\)\)\(x\)$/s,
    );
    assert.deepEqual([clean?.["@tests"], clean?.["@failures"]], ["1", "0"]);
    assert.equal((await junit(root, ["a.py", "--fail-on", "hint"]))[0]?.["@failures"], "2");
    assert.equal((await junit(root, ["a.py", "--severity", "warning"]))[0]?.["@tests"], "1");
  });
  test("survives whatever stands in a name and in a message", async (t) => {
    const said = "<b> & \"q\" 'a' ]]> \x07\x1b[2J";
    const root = folder(t, { "a&<b>.py": `say:${said}` });
    const [suite] = await junit(root, ["."], speaking);
    assert.equal(suite?.["@name"], "a&<b>.py");
    const failure = suite?.testcase[0]?.["failure"] as Readonly<Record<string, string>>;
    assert.equal(failure["@message"], "<b> & \"q\" 'a' ]]> ␇␛[2J");
  });
  test("names a notebook's cell, and what could not be read", async (t) => {
    const root = folder(t, { "n.ipynb": NOTEBOOK, "z.py": "\0" });
    const [cells, unread] = await junit(root, ["n.ipynb", "z.py"]);
    assert.equal(cells?.testcase[0]?.["@name"], "bad-reshape, cell 1, line 3, column 16");
    assert.equal(cells?.testcase[0]?.["@line"], undefined);
    assert.ok(unread?.testcase[0]?.["error"]);
  });
});

test("a concise report is a line for each diagnostic, and the totals", async (t) => {
  const root = folder(t, { "a.py": RESHAPE, "n.ipynb": NOTEBOOK, "z.py": "say:one\ntwo" });
  const { out } = await inlayer(root, core, ["check", "a.py", "n.ipynb", "--format", "concise"]);
  const [hint, error, cell, totals] = out.split("\n");
  assert.match(hint ?? "", /^a\.py:4:5: hint\[dense-on-sequence\]: Dense /);
  assert.match(error ?? "", /^a\.py:5:20: error\[bad-reshape\]: /);
  assert.match(cell ?? "", /^n\.ipynb:cell 1:3:16: error\[bad-reshape\]: /);
  assert.match(totals ?? "", /^2 files · 2 errors · 1 hint/);
  assert.match(
    (await inlayer(root, speaking, ["check", "z.py", "--format", "concise"])).out,
    /a-code\]: one two\n1 file/,
  );
});

test("the hook for pre-commit is a check that this version understands", () => {
  const hook = readFileSync(new URL("../../.pre-commit-hooks.yaml", import.meta.url), "utf8");
  const [program, ...args] = (/^ {2}entry: (.*)$/m.exec(hook)?.[1] ?? "").split(" ");
  assert.equal(program, "inlayer");
  assert.equal(parseOptions([...args, "a.py"]).command, "check");
});

test("reports have paths with slashes, on Windows too", () => {
  assert.equal(slashed("src\\nets\\a.py", "\\"), "src/nets/a.py");
  assert.equal(slashed("src/a\\b.py", "/"), "src/a\\b.py", "elsewhere it is a part of the name");
});
