import assert from "node:assert/strict";
import test from "node:test";
import { pythonDocument } from "../../server/workspace/document.ts";
import { importsOf, mentionsKeras, Relevance } from "../../server/workspace/relevance.ts";
import { fileOf } from "../features/marked.ts";

test("imports are found by a look at the text", () => {
  const text = `import os, a.b as c
from . import d, e as f
from ..g import (h,  # why
    i)
if x:
    from j import *
# from k import l
text = "import m"
`;
  assert.deepEqual(importsOf(text), ["os", "a.b", ".", ".d", ".e", "..g", "..g.h", "..g.i", "j"]);
  assert.ok(mentionsKeras("import tensorflow as tf") && mentionsKeras("from tf_keras import layers"));
  assert.ok(!mentionsKeras("import numpy"));
});

test("a file is of interest if a module that it leads to is; the same imports are followed once", async () => {
  const modules: Record<string, string> = { a: "import b\nimport c\n", b: "import a\n", c: "import d\n", d: "x = 1\n" };
  const asked: string[] = [];
  const relevance = new Relevance(async (_, name) => {
    asked.push(name);
    return name in modules ? pythonDocument(`file:///${name}.py`, modules[name] ?? "") : null;
  });
  const concerns = (text: string) => relevance.concerns(fileOf(text));
  assert.equal(await concerns("x = 1\n"), false);
  assert.equal(await concerns("import keras\n"), true);
  assert.deepEqual(asked, []);
  assert.equal(await concerns("import a\nimport os\n"), false);
  const times = asked.length;
  assert.equal(await concerns("import a\nimport os\ny = 2\n"), false);
  assert.equal(asked.length, times);
  modules["d"] = "import keras\n";
  relevance.changed("file:///d.py");
  assert.equal(await concerns("import a\nimport os\ny = 2\n"), true);
});
