import assert from "node:assert/strict";
import { test } from "node:test";
import type { Statement } from "../../core/python/syntax.ts";
import { chosenSeed, randomSource } from "../random.ts";
import { asText, testParser } from "./parse.ts";

const SEED = chosenSeed(7);

const parser = await testParser();

function first(text: string): Statement | undefined {
  return parser.open(text).module.entries[0]?.statement;
}

/** Parses, edits in the middle, edits back: no exception, and the tree of a fresh parse. */
function survives(text: string): void {
  const document = parser.open(text);
  const fresh = asText(document.module);
  const middle = text.length >> 1;
  document.update(`${text.slice(0, middle)}x${text.slice(middle)}`);
  document.update(text);
  assert.equal(asText(document.module), fresh);
  document.close();
}

const MANY = 3000;
const TEXTS: Readonly<Record<string, string>> = {
  empty: "",
  "only a line break": "\n",
  "only blanks": " \t\f ",
  "nested parentheses": `x = ${"(".repeat(10_000)}${")".repeat(10_000)}\ny = 1\n`,
  "parentheses that open": `x = ${"(".repeat(10_000)}\ny = 1\n`,
  "brackets that do not match": `${"(".repeat(10_000)}${"]".repeat(10_000)}\n`,
  "a sum of many terms": `x = ${"a + ".repeat(5000)}a\n`,
  "a chain of many calls": `x${".a()".repeat(5000)}\n`,
  "many nots": `x = ${"not ".repeat(MANY)}y\n`,
  "many lambdas": `x = ${"lambda: ".repeat(MANY)}y\n`,
  "many powers": `x = ${"a ** ".repeat(MANY)}a\n`,
  "many conditions": `x = ${"a if b else ".repeat(MANY)}c\n`,
  "many operators that regroup": `x = ${"a & b ^ ".repeat(MANY)}c\n`,
  "f-strings in f-strings": `${"f'{".repeat(MANY)}${"}'".repeat(MANY)}\n`,
  "many branches": `if a:\n  b\n${"elif c:\n  d\n".repeat(MANY)}`,
  "many broken branches": `if a:\n  b\n${"elif c:\n  d\nelif (\n  e\n".repeat(MANY)}`,
  "many handlers": `try:\n  a\n${"except b:\n  c\n".repeat(MANY)}`,
  "many broken cases": `match a:\n${"  case b\n".repeat(MANY)}`,
  "many decorators": "@a\n".repeat(MANY),
  "ever deeper": Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}if x:\n`).join(""),
  "ever less deep": Array.from({ length: 500 }, (_, depth) => `${" ".repeat(500 - depth)}x\n`).join(""),
  "many open calls": "x = f(\n".repeat(MANY),
  "many open f-strings": "x = f'''{\n".repeat(MANY),
  "many open strings": "x = '''\n".repeat(MANY + 1),
  "many continuations": "x = \\\n".repeat(MANY),
  "many semicolons": "a;".repeat(MANY),
  "one long number": "1".repeat(20_000),
  "null bytes": "x = 1\0\ny = '\0'\nz = 2\n",
  "lone surrogates": "x = '\ud800'\ny\udc00 = 2\nz = 3\n",
  "line breaks of all kinds": "x = 1\ry = 2\r\nif x:\r  z\n\u2028 w\v\n",
};

for (const [name, text] of Object.entries(TEXTS)) test(`survives ${name}`, () => survives(text));

test(`survives random characters and tokens (seed ${SEED})`, () => {
  const random = randomSource(SEED);
  const tokens =
    '( ) [ ] { } \' " \'\'\' """ f\' f""" \\ # : , . = == := * ** @ -> ; if elif else for while try except'.split(" ");
  tokens.push(
    ..."finally with def class lambda match case x 1 not in is await async \n \n \n \r\n \r \t".split(/ /),
    " ",
    "    ",
  );
  for (let round = 0; round < 300; round++) {
    const limit = [128, 256, 65_536][round % 3] ?? 128;
    const characters = Array.from({ length: 200 }, () => String.fromCharCode(Math.floor(random() * limit)));
    const words = Array.from({ length: 200 }, () => tokens[Math.floor(random() * tokens.length)] ?? "");
    survives(characters.join(""));
    survives(words.join(round % 2 === 0 ? " " : ""));
  }
});

test("a text of 50,000 lines is read whole, and an update touches one of them", () => {
  const line = "x = layers.Dense(10)(x)\n";
  const document = parser.open(line.repeat(50_000));
  const { entries } = document.module;
  assert.equal(entries.length, 50_000);
  document.update(`${line.repeat(25_000)}y = 1\n${line.repeat(25_000)}`);
  const after = document.module.entries;
  assert.equal(after.length, 50_001);
  assert.equal(after[24_999]?.statement, entries[24_999]?.statement);
  assert.equal(after[25_001]?.statement, entries[25_000]?.statement);
  assert.equal(after.at(-1)?.statement, entries.at(-1)?.statement);
});

test("offsets are UTF-16 units behind a byte order mark, umlauts and emoji", () => {
  const text = "\ufeffé = '😀ß'; y = 2  # 😀\nz = 3\n";
  const { entries, comments } = parser.open(text).module;
  const written = entries.map(({ offset, statement }) => text.slice(offset, offset + statement.span.end));
  assert.deepEqual(written, ["é = '😀ß'", "y = 2", "z = 3"]);
  assert.deepEqual(comments, [{ offset: text.indexOf("#"), text: "# 😀" }]);
});

test("all three line breaks end a line; form feeds and tabs indent as in CPython", () => {
  for (const newline of ["\n", "\r\n", "\r"]) {
    const text = ["if a:", "\tb = '''c", "d'''", "\f\te", "        f", "g"].join(newline);
    const [branch, last] = parser.open(text).module.entries.map(({ statement }) => statement);
    assert.ok(branch?.kind === "If" && branch.body.entries.length === 3, JSON.stringify(newline));
    const string = branch.body.entries[0]?.statement;
    assert.ok(string?.kind === "Assign" && string.value.kind === "Constant" && string.value.value.kind === "str");
    assert.equal(string.value.value.value, "c\nd");
    assert.equal(last?.kind, "ExpressionStatement");
  }
});

test("what is nested deeper than any reader could follow is broken, with its names", () => {
  const statement = first(`x = ${"a + ".repeat(1000)}b\n`);
  assert.ok(statement?.kind === "Assign" && statement.value.kind === "BrokenExpression");
  assert.deepEqual([statement.value.reason, statement.value.names], ["nested too deeply", ["a", "b"]]);
  const sum = first(`x = ${"a + ".repeat(300)}b\n`);
  assert.ok(sum?.kind === "Assign" && sum.value.kind === "Binary");
});

test("numbers beyond what a number holds exactly are big integers", () => {
  const values = ["9007199254740991", "9007199254740992", "0xFFFF_FFFF_FFFF_FFFF"].map((text) => first(text));
  const read = values.map(
    (one) => one?.kind === "ExpressionStatement" && one.value.kind === "Constant" && one.value.value,
  );
  assert.deepEqual(read, [
    { kind: "int", value: 9007199254740991 },
    { kind: "int", value: 9007199254740992n },
    { kind: "int", value: 0xffffffffffffffffn },
  ]);
});

test("an f-string keeps its specification and conversion as written", () => {
  const statement = first("f'{a!r:>{w}.2f}{b=}{c:%Y-%m-%d}'");
  assert.ok(statement?.kind === "ExpressionStatement" && statement.value.kind === "FString");
  const parts = statement.value.parts.map((part) => (typeof part === "string" ? part : [part.format, part.conversion]));
  assert.deepEqual(parts, [[">{w}.2f", "r"], "b=", ["", "r"], ["%Y-%m-%d", ""]]);
});
