import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { files, isWritten, linesWith, type TextFile, withoutComments } from "./files.ts";

const COLUMNS = 120;
const own = files.filter((file) => !isWritten(file));
/** Tables of questions and the rows of Markdown's tables cannot break. */
const isTable = ({ path }: TextFile): boolean => path.endsWith(".txt");
const isRow = (line: string): boolean => line.startsWith("| ");
/** What VS Code shows of the manifest is a string of JSON. */
const isShown = (line: string): boolean => /^ +"(?:description|markdownDescription)": /.test(line);
const typescript = own.filter(({ path }) => path.endsWith(".ts"));

const all = (list: readonly TextFile[], isWrong: (line: string) => boolean, text = (file: TextFile) => file.text) =>
  list.flatMap((file) => linesWith(file, text(file), isWrong));
const code = ({ text }: TextFile): string =>
  withoutComments(text).replace(/"(?:\\.|[^"\\\n])*"|\/(?![/*])(?:\\.|[^/\\\n])+\//g, '""');

const HOSTS = new Set([
  ...["keras.io", "www.tensorflow.org", "numpy.org", "onnx.ai", "docs.python.org", "peps.python.org", "arxiv.org"],
  ...[
    "github.com",
    "json-schema.org",
    "www.w3.org",
    "nodejs.org",
    "code.visualstudio.com",
    "keepachangelog.com",
    "semver.org",
    "www.eclipse.org",
    "www.apache.org",
    "pre-commit.com",
    "json.schemastore.org",
  ],
  // This machine: where the tests serve VS Code.
  ...["127.0.0.1"],
]);
const unknownHosts = (line: string): readonly string[] =>
  [...line.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = ""]) => host).filter((host) => !HOSTS.has(host));

describe("every file", () => {
  it(`has lines of at most ${COLUMNS} columns`, () => {
    assert.deepEqual(
      all(
        own.filter((file) => !isTable(file)),
        (line) => [...line].length > COLUMNS && !isRow(line) && !isShown(line),
      ),
      [],
    );
  });
  it("ends its lines with a line feed, the last one too, and has no blanks at their ends", () => {
    assert.deepEqual(
      own.filter(({ text }) => /\r|[^\n]$/.test(text.slice(-2)) || text.includes("\r\n")).map((it) => it.path),
      [],
    );
    assert.deepEqual(
      all(own, (line) => /[ \t]$/.test(line)),
      [],
    );
  });
  it("names no path of one machine", () => {
    assert.deepEqual(
      all(own, (line) => /(^|[\s"'`(=])\/(home|root|tmp|work|Users|mnt)\/\w/.test(line)),
      [],
    );
  });
  it("links only to places that this list knows", () => {
    const hosts = own.flatMap((file) => linesWith(file, file.text, (line) => unknownHosts(line).length > 0));
    assert.deepEqual(hosts, []);
  });
});

describe("TypeScript", () => {
  it("has no any and no bare !: the linter refuses them", () => {
    const biome = JSON.parse(own.find(({ path }) => path === "biome.json")?.text ?? "{}");
    const { style, suspicious } = biome.linter.rules;
    assert.equal(suspicious.noExplicitAny, "error");
    assert.equal(style.noNonNullAssertion, "error");
  });
  it("says why where it silences the compiler or the linter", () => {
    const silenced = new RegExp(`@${"ts"}-(ignore|nocheck|expect-error)|biome-${"ignore"}`);
    assert.deepEqual(
      all(typescript, (line) => silenced.test(line) && !/:\s*\S+|—/.test(line.replace(silenced, ""))),
      [],
    );
  });
  it("skips no test and times none", () => {
    const tests = typescript.filter(({ path }) => path.endsWith(".test.ts") && !path.startsWith("test/tidy/"));
    assert.deepEqual(
      all(tests, (line) => /\b(it|describe|test)\.(skip|only|todo)\b|\bskip: true/.test(line), code),
      [],
    );
    assert.deepEqual(
      all(tests, (line) => /performance\.now/.test(line), code),
      [],
    );
  });
});
