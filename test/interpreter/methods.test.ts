import assert from "node:assert/strict";
import { test } from "node:test";
import { int, reasonOf } from "../../core/interpreter/values.ts";
import { printDim, symbol } from "../../core/tensor/dim.ts";
import { type Ran, run, runWith } from "./python.ts";

const reason = (ran: Ran, name: string): string | undefined => reasonOf(ran.value(name));
function size(ran: Ran, name: string): string {
  const value = ran.value(name);
  return value.kind === "int" ? printDim(value.size) : value.kind;
}

test("sizes that are formulas stay formulas through functions of numbers", () => {
  const ran = runWith(
    { n: int(symbol("n", { min: 1 })) },
    "a = int(n) * 2\nb = max(n, 1)\nc = min(n, n + 3)\nd = len(range(n))\ne = abs(-n)\n" +
      "f = sum([n, n, 1])\ng = round(n)\n" +
      "h = len(range(0, n, 2))\ni, j = divmod(n, 2)\nk = max(n, 8)",
  );
  assert.deepEqual(Object.fromEntries([..."abcdefghijk"].map((name) => [name, size(ran, name)])), {
    a: "n * 2",
    b: "n",
    c: "n",
    d: "n",
    e: "n",
    f: "n * 2 + 1",
    g: "n",
    h: "(n + 1) // 2",
    i: "n // 2",
    j: "n % 2",
    k: "max(n, 8)",
  });
});

test("an unknown says why, through every function it passes", () => {
  const ran = run(
    [
      "import os, random, sys, json, argparse",
      "a = int(os.environ['UNITS']) * 2",
      "b = [random.getrandbits(3)][0]",
      "c = len(os.listdir('data'))",
      "d = int(sys.argv[1])",
      "e = json.load(open('config.json'))['units']",
      "p = argparse.ArgumentParser()",
      "p.add_argument('--units', type=int, required=True)",
      "f = p.parse_args().units",
      "g = '%d' % b",
      "h = len()",
      "i = 'a'.join()",
    ].join("\n"),
  );
  assert.deepEqual(Object.fromEntries([..."abcdefghi"].map((name) => [name, reason(ran, name)])), {
    a: "an environment variable",
    b: "a random number",
    c: "the files there are not known",
    d: "an argument of the command line",
    e: "config.json is not in the workspace: what it holds is known when it runs",
    f: "an argument of the command line",
    g: "a random number",
    h: "len: no value is given for value",
    i: "str.join: no value is given for iterable",
  });
});

test("defaults of the command line are the values, but not what the program passes itself", () => {
  const ran = run(
    [
      "import argparse",
      "from absl import flags",
      "p = argparse.ArgumentParser()",
      "p.add_argument('--units', type=int, default=64)",
      "p.add_argument('path')",
      "a = p.parse_args()",
      "b = p.parse_args(['--units', '5', 'x']).units",
      "n, rest = p.parse_known_args()",
      "flags.DEFINE_integer('depth', 3, 'how deep')",
      "RATE = flags.DEFINE_float('rate', 0.5, 'h')",
      "c, d, e, f, g = a.units, flags.FLAGS.depth, RATE.value, flags.FLAGS.rate, n.units",
    ].join("\n"),
  );
  assert.deepEqual(["c", "d", "e", "f", "g"].map(ran.text), ["64", "3", "0.5", "0.5", "64"]);
  assert.equal(reason(ran, "b"), "arguments that the program gives itself");
});

test("the main function that absl runs is run", () => {
  const ran = run("from absl import app\nseen = []\ndef main(argv):\n  seen.append(5)\napp.run(main)");
  assert.equal(ran.text("seen"), "[5]");
});

test("the order of a set is not known, but what it holds is", () => {
  const ran = run("s = {'b', 'a'}\na = sorted(s)\nb = list(s)\nc = len(b)");
  assert.deepEqual(["a", "c"].map(ran.text), ["['a', 'b']", "2"]);
  assert.match(ran.text("b"), /^\? /);
});

test("lists that hold themselves, deep nests and shared parts end", () => {
  const ran = run(
    "a = []\na.append(a)\nb = str(a)\nc = a == a\nd = [1]\nfor i in range(60): d = [d, d]\ne = str(d)\nf = d == d\n" +
      "g = {}\ng['g'] = g\nh = repr(g)\nimport copy\nk = copy.deepcopy(a)\nl = k[0] is k",
  );
  for (const name of ["b", "e", "h"]) assert.match(ran.text(name), /^\? /);
  assert.equal(ran.text("l"), "True");
});

test("iterators without end are cut off, not followed", () => {
  const ran = run(
    "import itertools\na = next(itertools.count(5))\nb = list(zip(itertools.count(), 'ab'))\n" +
      "def g():\n  n = 0\n  while True:\n" +
      "    yield n\n    n += 1\nc = next(g())\nd = list(zip('ab', g()))\ne = list(g())",
  );
  assert.deepEqual(["a", "b", "c", "d"].map(ran.text), ["5", "[(0, 'a'), (1, 'b')]", "0", "[('a', 0), ('b', 1)]"]);
  assert.match(ran.text("e"), /^\? /);
});
