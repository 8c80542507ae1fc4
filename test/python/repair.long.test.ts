import assert from "node:assert/strict";
import { test } from "node:test";
import type { Statement } from "../../core/python/syntax.ts";
import { printBlock } from "./ast.ts";
import { GRAMMAR, SAMPLES, testParser } from "./parse.ts";
import { flatten, isCompound } from "./statements.ts";

const parser = await testParser();

/** The text of each broken statement, its lines joined by `⏎`. */
function brokenIn(text: string): string[] {
  const module = parser.open(text).module;
  return flatten(module)
    .filter(({ statement }) => statement.kind === "BrokenStatement")
    .map(({ at, statement }) => text.slice(at, at + statement.span.end).replace(/\s*\n\s*/g, "⏎"));
}

/** What is written between two good lines, and what of it must be broken. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["x = Dense(", ["x = Dense("]],
  ["x = Dense(10, activation='relu", ["x = Dense(10, activation='relu"]],
  ["x = Dense(10, activation=", ["x = Dense(10, activation="]],
  ["x = [Dense(1),", ["x = [Dense(1),"]],
  ["x = {'a': [1, 2", ["x = {'a': [1, 2"]],
  ['x = f"{y', ['x = f"{y']],
  ['x = f"{y:>', ['x = f"{y:>']],
  ['print(f"{x")', ['print(f"{x")']],
  ["x = '", ["x = '"]],
  ["x = y.", ["x = y."]],
  ["x = ", ["x ="]],
  ["x = Dense(3))", ["x = Dense(3))"]],
  ["x = 3 +", ["x = 3 +"]],
  ["from keras.layers import (Dense,", ["from keras.layers import (Dense,"]],
  ["from keras import", ["from keras import"]],
  ["if x", ["if x"]],
  ["if x:", ["if x:"]],
  ["for i in range(3:", ["for i in range(3:"]],
  ["def f(x)", ["def f(x)"]],
  ["def f(x", ["def f(x"]],
  ["def f(x)\n    y = x\n    return y", ["def f(x)⏎y = x⏎return y"]],
  [
    "class A(keras.Model\n    def call(self, x):\n        return x",
    ["class A(keras.Model⏎def call(self, x):⏎return x"],
  ],
  ["@tf.function(", ["@tf.function("]],
  ["x = Dense(\ny = [\nz = (", ["x = Dense(", "y = [", "z = ("]],
  ["x = Sequential([\n    Dense(1)\n    Dense(2),\n])", ["x = Sequential([⏎Dense(1)⏎Dense(2),⏎])"]],
  [
    "x = Sequential([\n    Dense(1, activation='relu),\n    Dense(2),\n])",
    ["x = Sequential([⏎Dense(1, activation='relu),⏎Dense(2),⏎])"],
  ],
  ["x = Sequential([\n    Dense(1,\n    Dense(2),\n])", ["x = Sequential([⏎Dense(1,⏎Dense(2),⏎])"]],
  ["x = 1\n    y = 2", ["y = 2"]],
  ["if x:\n        y = 1\n    z = 2", ["z = 2"]],
  ["else:\n    y = 1", ["else:⏎y = 1"]],
  ["if x:\n    y = 1\nelif\n    z = 2\nelse:\n    w = 3", ["elif⏎z = 2"]],
  ["try:\n    y = 1\nexcept (A, B\n    z = 2\nfinally:\n    w = 3", ["except (A, B⏎z = 2"]],
  ["match x:\n    case 1:\n        y = 1\n    case [\n    case _:\n        z = 1", ["case ["]],
  ['print "x"', ['print "x"']],
  ["print x, y", ["print x, y"]],
  ["exec 'x = 1'", ["exec 'x = 1'"]],
  ["x <> y", ["x <> y"]],
  ["x = 0777", ["x = 0777"]],
  ["x = 10L", ["x = 10L"]],
  ["raise A, 'b'", ["raise A, 'b'"]],
  ["x = `y`", ["x = `y`"]],
  ["f(a=1, 2)", ["f(a=1, 2)"]],
  ["def f(a=1, b): pass", ["def f(a=1, b): pass"]],
  ["x = 'a' b'c'", ["x = 'a' b'c'"]],
  ["x = 1\0", ["x = 1\0"]],
  ["x = 1; y = = 2; z = 3", ["x = 1; y = = 2; z = 3"]],
  ["??", ["??"]],
  ["type X[T] = list[T]", []],
  ["def f[T: int](x: T) -> T: return x", []],
  ["class A[T](B): pass", []],
  ["x = f'{d['k']}{f'{f'{1}'}'}'", []],
  ["x = f'''{\n    y  # comment\n}'''", []],
  ["x = type(y).z = print", []],
];

for (const [written, expected] of CASES) {
  test(`only this is lost: ${JSON.stringify(written)}`, () => {
    const before = "a = Input((3,))\nwith a:\n    b = f(a)\n";
    const after = "c = g(b)\ndef h(x):\n    return [\n        x, c]\n";
    assert.deepEqual(brokenIn(`${before + written}\n${after}`), expected);
    const good = JSON.stringify(printBlock(parser.open(before + after).module, 0));
    const around = flatten(parser.open(`${before + written}\n${after}`).module).filter(({ at }) => {
      return at < before.length || at > before.length + written.length;
    });
    const moved = around.map(({ at, statement }) => ({
      at: at < before.length ? at : at - written.length - 1,
      statement,
    }));
    const kinds = (all: readonly { at: number; statement: Statement }[]) =>
      all.map(({ at, statement }) => `${at} ${statement.kind} ${statement.span.end}`);
    assert.deepEqual(kinds(moved), kinds(flatten(parser.open(before + after).module)), good);
  });
}

test("an open triple quote costs its own line, and the strings after it stay strings", () => {
  const before = 'def f(x):\n    """What f does to x."""\n    return Dense(1)(x)\n';
  const after =
    'def g(x):\n    """\n    What g does, and why.\n    """\n    y = f(x)\n    return y\nz = g(Input((3,)))\n';
  assert.deepEqual(brokenIn(`${before}"""\n${after}`), ['"""']);
  assert.deepEqual(brokenIn(`${before}x = """Half a sentence\n${after}`), ['x = """Half a sentence']);
  assert.deepEqual(brokenIn(`${before}${after}s = '''`), ["s = '''"]);
});

test("names say what a broken statement may change, binds what it may bind", () => {
  const statementOf = (text: string) => parser.open(text).module.entries[0]?.statement;
  const cases: readonly (readonly [string, string[], string[]])[] = [
    ["x = Dense(units, name='n'", ["x", "Dense", "units", "name"], ["x"]],
    ["model.add(Dense(", ["model", "Dense"], []],
    ["from keras.layers import (Dense, ", ["keras", "Dense"], ["Dense"]],
    ["from keras import layers as", ["keras", "layers"], []],
    ["import keras.", ["keras"], []],
    ["x = y = a + (", ["x", "y", "a"], ["x", "y"]],
    ["for a in b", ["a", "b"], ["a"]],
    ["for i in range(", ["i", "range"], ["i"]],
    ["def f(x)", ["f", "x"], ["f"]],
    ["x = f'{a} {b", ["x", "f", "a", "b"], ["x"]],
    ["if x == y", ["x", "y"], []],
    ["if (n := f(x)", ["n", "f", "x"], ["n"]],
  ];
  for (const [text, names, binds] of cases) {
    const statement = statementOf(text);
    assert.ok(statement?.kind === "BrokenStatement", text);
    assert.deepEqual([statement.names, statement.binds], [names, binds], text);
  }
});

test("what a broken statement may change is told by how it is used", () => {
  const statementOf = (text: string) => parser.open(text).module.entries[0]?.statement;
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["model.add(Dense(", ["model.add called", "Dense called"]],
    ["self.a.b = Dense(units", ["self.a.b set", "Dense called", "units given"]],
    ["x = f(sizes[0], self.sizes", ["f called", "self.sizes given"]],
    ["sizes[0] = (", ["sizes given"]],
    ["x = a().b(", ["a called"]],
  ];
  for (const [text, expected] of cases) {
    const statement = statementOf(text);
    assert.ok(statement?.kind === "BrokenStatement", text);
    assert.deepEqual(
      statement.uses.map((use) => `${use.path.join(".")} ${use.as}`),
      expected,
      text,
    );
  }
});

test("a broken statement may leave its block", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["return (", { by: "return", certainly: true }],
    ["raise ValueError(", { by: "raise", certainly: true }],
    ["for i in range(3\n    return i", { by: "return", certainly: false }],
    ["x = yield (", { by: "yield", certainly: false }],
    ["def f(x\n    return x", undefined],
    ["returned = (", undefined],
  ];
  for (const [text, expected] of cases) {
    const statement = parser.open(text).module.entries[0]?.statement;
    assert.ok(statement?.kind === "BrokenStatement", text);
    assert.deepEqual(statement.leaves, expected, text);
  }
});

test("while a file is typed, every finished line keeps its tree", () => {
  let total = 0;
  let kept = 0;
  for (const { text } of [...SAMPLES, GRAMMAR]) {
    const whole = flatten(parser.open(text).module).filter(({ statement }) => !isCompound(statement));
    const document = parser.open("");
    for (let length = 1; length <= text.length; length++) {
      document.update(text.slice(0, length));
      const now = new Map(flatten(document.module).map(({ at, statement }) => [at, statement]));
      const lineStart = text.lastIndexOf("\n", length - 1) + 1;
      for (const { at, statement } of whole) {
        if (at + statement.span.end > lineStart) continue;
        total++;
        const found = now.get(at);
        if (found?.kind === statement.kind && found.span.end === statement.span.end) kept++;
      }
    }
  }
  console.log(`kept ${kept} of ${total}: ${((kept / total) * 100).toFixed(2)} %`);
  assert.ok(kept / total >= 0.99);
});

test("while a line is typed in the middle of a file, the others keep their trees", () => {
  let total = 0;
  let kept = 0;
  for (const { text } of SAMPLES) {
    const whole = flatten(parser.open(text).module).filter(({ statement }) => !isCompound(statement));
    const document = parser.open(text);
    for (const own of whole) {
      const end = own.at + own.statement.span.end;
      for (let typed = own.at; typed < end; typed += 3) {
        document.update(text.slice(0, typed) + text.slice(end));
        const now = new Map(flatten(document.module).map(({ at, statement }) => [at, statement]));
        for (const { at, statement } of whole) {
          if (at === own.at) continue;
          total++;
          const found = now.get(at < own.at ? at : at - end + typed);
          if (found?.kind === statement.kind && found.span.end === statement.span.end) kept++;
        }
      }
    }
  }
  console.log(`kept ${kept} of ${total}: ${((kept / total) * 100).toFixed(2)} %`);
  assert.ok(kept / total >= 0.99);
});
