import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bytesAt, memoryOf } from "../../server/features/memory.ts";
import { type LayerNode, modelTree } from "../../server/features/modelTree.ts";
import { marked } from "./marked.ts";

const HEAD = "import keras\nfrom keras import layers\n";
const treeOf = (source: string) => {
  const { analysis, text } = marked(HEAD + source);
  return modelTree(analysis, 32, ({ path, span }) =>
    path === "file:///main.py" ? text.slice(span.start, span.end) : undefined,
  );
};
const told = ({ name, shape, params, share, place }: LayerNode<string>) => [name, shape, params, share, place];

describe("the tree of a file's models", () => {
  test("has layers with shapes, parameters, shares and the code that makes them", () => {
    const [model, ...more] = treeOf("m = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(1)])\n");
    assert.ok(model);
    assert.equal(more.length, 0);
    assert.deepEqual(
      [model.name, model.kind, model.params, model.inputs, model.outputs],
      [...["m", "sequential", 19, "(None, 4)", "(None, 1)"]],
    );
    assert.deepEqual(model.layers.map(told), [
      ["dense", "(None, 3)", 15, 15 / 19, "layers.Dense(3)"],
      ["dense_1", "(None, 1)", 4, 4 / 19, "layers.Dense(1)"],
    ]);
  });
  test("has the layers of a model inside a model, with their shares of the whole", () => {
    const tree = treeOf(`inner = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="inner")
outer = keras.Sequential([keras.Input((4,)), inner, layers.Dense(5)])
`);
    const outer = tree.find(({ name }) => name === "outer");
    assert.deepEqual(
      outer?.layers.map((it) => [it.name, it.params, it.nested.map(told)]),
      [
        ["inner", 15, [["dense", "(None, 3)", 15, 15 / 35, "layers.Dense(3)"]]],
        ["dense_1", 20, []],
      ],
    );
  });
  test("counts what is reported at a model and at its layers", () => {
    const [model] = treeOf("m = keras.Sequential([keras.Input((4, 2)), layers.Conv2D(3, 3), layers.Dense(2)])\n");
    assert.deepEqual(model?.faults, { errors: 1, warnings: 0 });
  });
  test("says of a model that nobody called what is known", () => {
    const [model] = treeOf("m = keras.Sequential([layers.Dense(3)])\n");
    assert.deepEqual([model?.inputs, model?.params, model?.layers[0]?.shape], [undefined, undefined, undefined]);
  });
});

describe("the memory of a model", () => {
  const modelOf = (source: string) => {
    const [model] = marked(HEAD + source).analysis.models;
    assert.ok(model);
    return model;
  };
  test("is its weights, what its layers give for a batch, and in training three more for each trained weight", () => {
    const model = modelOf("m = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(1)])\n");
    // Weights 19 floats; each sample gives 3 and 1.
    const [weights, given] = [19 * 4, 10 * (3 + 1) * 4];
    assert.deepEqual(memoryOf(model, 10), {
      ...{ batch: 10, weights, forward: weights + given, training: weights + given + 3 * 19 * 4 },
    });
  });
  test("does not count gradients of what is frozen", () => {
    const model = modelOf(
      "m = keras.Sequential([keras.Input((4,)), layers.Dense(3, trainable=False), layers.Dense(1)])\n",
    );
    const memory = memoryOf(model, 1);
    assert.ok(memory?.forward !== undefined && memory.training !== undefined);
    assert.equal(memory.training - memory.forward, 3 * 4 * 4);
  });
  test("is not known where a size is not", () => {
    const model = modelOf("i = keras.Input((None, 4))\nm = keras.Model(i, layers.Dense(3)(i))\n");
    assert.deepEqual(memoryOf(model, 2), { batch: 2, weights: 60, forward: undefined, training: undefined });
    assert.equal(bytesAt(undefined, 2), undefined);
  });
});
