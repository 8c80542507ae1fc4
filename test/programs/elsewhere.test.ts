import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyse } from "../mistakes/judge.ts";
import { testCore } from "./told.ts";

/** What a helper in another file does wrong is told at the call of it. */

const core = await testCore();
const faults = (program: string, helper: string) =>
  analyse(core, program, { "helper.py": helper }).diagnostics.filter((it) => it.severity !== "hint");

describe("faults of another file", () => {
  it("are told once for a call where they are of one kind", () => {
    const helper = `
from keras import layers

def stem(x, name):
    x = layers.Conv2D(8, 3, name=name + "/a")(x)
    x = layers.Conv2D(8, 3, name=name + "/b")(x)
    return layers.Conv2D(8, 3, name=name + "/c")(x)
`;
    const program = `
from keras import Input
from helper import stem
y = stem(Input((32, 32, 3)), "stem")
`;
    const found = faults(program, helper);
    assert.equal(found.length, 1, found.map((it) => it.message).join("\n"));
    assert.match(found[0]?.message ?? "", /and 2 more like it/);
    assert.equal(found[0]?.related.filter(({ message }) => message === "it happens here").length, 3);
  });
  it("are none where only mixed arguments would be refused, and others went well", () => {
    const helper = `
import os
from keras import layers

class Builder:
    def __init__(self):
        self.layers = {}

    def apply(self, x, layer, **kwargs):
        name = kwargs["name"]
        if name not in self.layers:
            self.layers[name] = layer(**kwargs)
        return self.layers[name](x)

    def build(self, x, shared):
        if os.environ.get("EMBED"):
            x = self.apply(x, layers.Embedding, name="words", input_dim=10, output_dim=4)
        y = self.apply(x, layers.Embedding, name="kinds", input_dim=3, output_dim=4)
        return self.apply(x, layers.Embedding, name=shared) if shared else y
`;
    const program = `
import os
from keras import Input
from helper import Builder
y = Builder().build(Input((7,)), "words" if os.environ.get("SHARE") else None)
`;
    assert.deepEqual(
      faults(program, helper).map((it) => it.message),
      [],
    );
  });
});
