import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./python.ts";

/** Programs that would run for ever, or fill the memory: each ends within the bound on steps, and says why. */

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + "1" + close.repeat(depth);
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** What is there after each program: the value of `x`, or the beginning of the reason why it is not known. */
const PROGRAMS: readonly (readonly [name: string, text: string, x: string])[] = [
  ["a sum of 3,000 parts", `x = ${"1 + ".repeat(3000)}1`, "?"],
  ["3,000 operands, none known", `import random\nu = random.random()\nx = ${"u and ".repeat(3000)}1`, "?"],
  ["brackets, 3,000 deep", `y = ${deep("[", "]", 3000)}\nx = 2`, "2"],
  [
    "a helper that calls itself twice, 40 deep",
    "def f(n): return 1 if n == 0 else f(n-1) + f(n-1)\nx = f(40)",
    "1099511627776",
  ],
  ["the same without an end", "def f(n): return f(n - 1) + f(n - 1)\nx = f(40)", "? calls inside calls"],
  [
    "helpers in a chain, each twice",
    `def f0(): return 1\n${lines(40, (i) => `def f${i + 1}(): return f${i}() + f${i}()`)}\nx = f40()`,
    "1099511627776",
  ],
  [
    "two functions that call each other",
    "def a(n): return b(n + 1)\ndef b(n): return a(n + 1)\nx = a(0)",
    "? calls inside calls",
  ],
  [
    "a list that holds itself",
    "a = [1]\na.append(a)\nimport copy\nb = copy.deepcopy(a)\ny = a == a, repr(a), sorted([a, a])\nx = len(b)",
    "2",
  ],
  [
    "a dictionary that holds itself",
    "d = {}\nd['d'] = d\nd[1] = [d, (d,)]\ne = {**d}\ny = d == e, str(d)\nx = len(e)",
    "2",
  ],
  [
    "tuples of tuples, 60 deep",
    `a = (1,)\n${"a = (a, a)\n".repeat(60)}b = {a: 1}\ny = hash(a), repr(a), a == a\nx = len(a)`,
    "2",
  ],
  ["a list that grows while it is gone through", "a = [1]\nfor v in a: a.append(v)\nx = a", "?"],
  ["a list that doubles", "a = [1]\nfor i in range(100): a.extend(a)\nx = len(a)", "?"],
  ["a text that doubles", `a = "ab"\n${"a += a\n".repeat(60)}x = len(a)`, "?"],
  [
    "gigantic numbers, texts and lists",
    'a = 2 ** 10**9\nb = "a" * 10**9\nc = [0] * 10**9\nd = list(range(10**9))\nx = 3',
    "3",
  ],
  ["a generator without an end", "def g():\n    while True: yield 1\na = list(g())\nx = next(g())", "1"],
  ["a generator of itself", "def g(n):\n    yield n\n    yield from g(n + 1)\nx = next(g(0))", "0"],
  ["an attribute that asks for itself", "class A:\n    def __getattr__(self, n): return self.y\na = A().z\nx = 4", "4"],
  ["equality by itself", "class A:\n    def __eq__(self, o): return self == o\na = A() == A()\nx = 4", "4"],
  ["iteration by itself", "class A:\n    def __iter__(self): return iter(self)\na = list(A())\nx = 4", "4"],
  ["a property of itself", "class A:\n    @property\n    def p(self): return self.p\na = A().p\nx = 4", "4"],
  ["a text of itself", 'class A:\n    def __repr__(self): return f"{self}"\na = str(A())\nx = 4', "4"],
  ["an instance that makes another", "class A:\n    def __init__(self): self.a = A()\na = A()\nx = 4", "4"],
  ["a class of itself", "class A(A): pass\nclass B: pass\nclass B(B): v = 4\nx = B().v", "4"],
  [
    "decorators that give themselves",
    "def d(f): return d\n@d\ndef g(): pass\ny = g(1)\nz = (lambda v: v(v))(lambda v: v(v))\nx = 4",
    "4",
  ],
  ["a loop without an end", "x = 0\nwhile True: x += 1", "?"],
  [
    "loops within loops",
    `${lines(40, (i) => `${" ".repeat(i)}for i${i} in range(10):`)}\n${" ".repeat(40)}pass\nx = 4`,
    "",
  ],
  [
    "a chain of 1,000 branches",
    `import random\nu = random.random()\nif u: x = 0\n${lines(1000, (i) => `elif u == ${i}: x = 0`)}`,
    "0",
  ],
  ["a statement of a megabyte", `a = [${"1, ".repeat(400_000)}]\nx = 4`, "4"],
];

for (const [name, text, expected] of PROGRAMS) {
  test(name, () => {
    const ran = run(`${text}\n`);
    assert.ok(ran.text("x").startsWith(expected), ran.text("x"));
    const { steps, limits } = ran.machine;
    assert.ok(steps <= 2 * limits.steps, `${steps} steps`);
  });
}

test("a recursion on conditions that nobody knows ends before the bound", () => {
  const body = "    return f(i, j - 1) + f(i - 1, j) + f(i - 1, j - 1)";
  for (const end of ["    if i < u or j < u: return 0", "    if i < u:\n        return 0\n    elif j < u: return 1"]) {
    const { machine, text } = run(`import random\nu = random.random()\ndef f(i, j):\n${end}\n${body}\nx = f(30, 30)\n`);
    assert.ok(text("x").startsWith("?"), text("x"));
    assert.ok(machine.steps < 20_000, `${machine.steps} steps`);
  }
});

test("heavy loops within loops, and costly items that a class gives, share one allowance", () => {
  const work = "    s = 0\n    for a in range(40): s = s + a * 2 + v * 3\n    return s";
  const nested = `for i in range(45):\n for j in range(60):\n  for k in range(9): x = f([i, j, k])\n`;
  const given =
    "class G:\n  def __iter__(self): return self\n  def __next__(self): return [f([i]) for i in range(12)]\n";
  for (const text of [nested, `${given}for e in range(30):\n  for x in G(): pass\n`]) {
    const { steps } = run(`import random\nv = random.random()\ndef f(n):\n${work}\n${text}`).machine;
    assert.ok(steps < 300_000, `${steps} steps`);
  }
});
