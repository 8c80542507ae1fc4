import assert from "node:assert/strict";
import test, { describe } from "node:test";
import { diskFileSystem } from "../../server/workspace/disk.ts";
import { readTable } from "../../server/workspace/projectTable.ts";
import { exclusion, ProjectTables, projectSettings } from "../../server/workspace/projectTables.ts";
import { folder } from "./folder.ts";

const problemsOf = (lines: string) => readTable(`[tool.inlayer]\n${lines}\n`)?.problems;

describe("[tool.inlayer] in a pyproject.toml", () => {
  test("says what a project wants", () => {
    const toml = `
[project]
name = "nets"

[tool.inlayer]
keras = 2
severity = "warning"
fail-on = "warning"
exclude = ["old/", "*_pb2.py"]
baseline = "inlayer-baseline.json"

[tool.inlayer.rules]
dense-on-sequence = "off"
memory = "hint"
`;
    assert.deepEqual(readTable(toml), {
      table: {
        keras: 2,
        severity: "warning",
        failOn: "warning",
        exclude: ["old/", "*_pb2.py"],
        baseline: "inlayer-baseline.json",
        rules: { "dense-on-sequence": "off", memory: "hint" },
      },
      problems: [],
    });
  });
  test("is nobody's who does not say it", () => {
    assert.equal(readTable('[project]\nname = "nets"\n'), undefined);
    assert.equal(readTable('[project]\ndependencies = ["inlayer"]\n'), undefined);
    assert.equal(readTable("[tool.other]\nthis is not TOML\n"), undefined, "what is wrong elsewhere is not ours");
  });
  test("names the key that is unknown, or of another form", () => {
    assert.deepEqual(problemsOf('sevrity = "error"'), [
      "[tool.inlayer] has no key 'sevrity'; there is keras, severity, fail-on, exclude, baseline, rules",
    ]);
    assert.deepEqual(problemsOf("keras = 4"), ['[tool.inlayer] keras is "auto", 2 or 3, not 4']);
    assert.deepEqual(problemsOf('severity = "loud"'), [
      '[tool.inlayer] severity is "error", "warning", "information", "hint", not "loud"',
    ]);
    assert.deepEqual(problemsOf('exclude = "old"'), ['[tool.inlayer] exclude is a list of patterns, not "old"']);
    assert.deepEqual(problemsOf("exclude = [1]"), ["[tool.inlayer] exclude is a list of patterns, not [1]"]);
    assert.deepEqual(problemsOf("baseline = 1979-05-27"), ['[tool.inlayer] baseline is a path, not "1979-05-27"']);
    assert.deepEqual(problemsOf('rules = "off"'), ['[tool.inlayer] rules is a table, not "off"']);
    assert.deepEqual(problemsOf('rules.memry = "off"\nrules.memory = true'), [
      "[tool.inlayer.rules] there is no rule 'memry'; docs/rules has a page of each",
      '[tool.inlayer.rules] memory is "error", "warning", "information", "hint" or "off", not true',
    ]);
    assert.deepEqual(readTable("[tool]\ninlayer = 3\n")?.problems, ["tool.inlayer is a table, not 3"]);
  });
  test("tells where it is no TOML", () => {
    assert.deepEqual(problemsOf("keras = "), ["line 2, column 9: it is not TOML: invalid value"]);
  });
  test("holds as far as it is right", () => {
    assert.deepEqual(readTable('[tool.inlayer]\nkeras = "3"\nseverity = 1\n')?.table, { keras: 3 });
  });
});

describe("the settings of projects", () => {
  test("are those of the nearest pyproject.toml upwards that has any", async (t) => {
    const root = folder(t, {
      "pyproject.toml": "[tool.inlayer]\nkeras = 2\n",
      "a/pyproject.toml": "[tool.inlayer]\nkeras = 3\n",
      "a/deep/er/model.py": "",
      "b/pyproject.toml": "[project]\n",
      "b/model.py": "",
    });
    const tables = new ProjectTables(diskFileSystem);
    const kerasOf = async (name: string) => (await tables.above(`${root}/${name}`))?.table.keras;
    assert.equal(await kerasOf("a/deep/er"), 3);
    assert.equal(await kerasOf("b"), 2);
    assert.equal(await kerasOf("."), 2);
  });
  test("leave files out as a .gitignore does, and silence them", () => {
    const found = {
      ...{ file: "/p/pyproject.toml", folder: "/p", problems: [] },
      table: { rules: { memory: "hint" as const } },
      excludes: exclusion("/p", ["old/", "*_pb2.py", "!kept_pb2.py", "/top.py"]),
    };
    const excluded = ["old/a.py", "x/old/b.py", "m_pb2.py", "kept_pb2.py", "top.py", "x/top.py", "older/a.py"].filter(
      (it) => found.excludes(`/p/${it}`),
    );
    assert.deepEqual(excluded, ["old/a.py", "x/old/b.py", "m_pb2.py", "top.py"]);
    const base = { keras: "auto", severities: { memory: "error", "data-shape": "off" } } as const;
    const severities = (path: string) => projectSettings(base, found, path).severities;
    assert.deepEqual(severities("/p/a.py"), { memory: "hint", "data-shape": "off" });
    assert.equal(severities("/p/top.py")?.["bad-reshape"], "off");
    assert.equal(projectSettings(base, undefined, "/p/top.py"), base);
  });
});
