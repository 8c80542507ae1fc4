import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { modelUnder, nodeUnder, withBelow } from "../../client/views/models/cursor.ts";
import { fullness, gauge } from "../../client/views/models/gauge.ts";
import { descriptionOf, type ModelsNode, placeOf, type Shown, treeOf } from "../../client/views/models/nodes.ts";
import type { CodePlace, TreeLayer, TreeModel } from "../../server/protocol/messages.ts";

const URI = "file:///p/a.py";
const at = (first: number, last = first, uri = URI): CodePlace => ({
  uri,
  range: { start: { line: first, character: 0 }, end: { line: last, character: 1 } },
});
const layer = (name: string, type: string, place: CodePlace | undefined, more: Partial<TreeLayer> = {}): TreeLayer => ({
  ...{ name, type, place, shape: "(None, 3)", params: 15, share: 0.3, trainable: true, isLayer: true, nested: [] },
  ...more,
});
const model = (index: number, name: string, place: CodePlace, layers: readonly TreeLayer[]): TreeModel => ({
  ...{ index, name, kerasName: name, kind: "functional", place, inputs: "(None, 4)", outputs: "(None, 3)" },
  ...{ params: 1234, trainable: 1234, memory: undefined, faults: { errors: 0, warnings: 2 }, layers },
});
const inner = layer("conv2d", "Conv2D", at(3));
const MODELS: readonly TreeModel[] = [
  model(0, "first", at(6), [layer("dense", "Dense", at(4)), layer("enc", "Functional", at(5), { nested: [inner] })]),
  model(1, "second", at(10, 14), [layer("dense_1", "Dense", at(11)), layer("out", "Dense", at(13), { params: 0 })]),
];
const shown = (path: string, folder = "p", models = MODELS): Shown => ({
  ...{ folder, path, models: { uri: `file:///${folder}/${path}`, models, reads: [] } },
});
const names = (nodes: readonly ModelsNode[]): readonly string[] =>
  nodes.flatMap(withBelow).map((node) => {
    if (node.kind === "model") return node.model.name;
    return node.kind === "layer" ? node.layer.name : node.kind === "file" ? node.path : node.name;
  });

describe("the nodes of the models view", () => {
  it("are files, models and layers, in the order of their paths; what has no model is left out", () => {
    const nodes = treeOf([shown("b/a.py"), shown("a.py", "p", []), shown("a/b.py")]);
    assert.deepEqual(names(nodes), [
      ...["a/b.py", "first", "dense", "enc", "conv2d", "second", "dense_1", "out"],
      ...["b/a.py", "first", "dense", "enc", "conv2d", "second", "dense_1", "out"],
    ]);
    assert.equal(new Set(nodes.flatMap(withBelow).map(({ id }) => id)).size, 16);
    for (const node of nodes) for (const it of node.children) assert.equal(it.parent, node);
  });
  it("stand in folders where the workspace has several", () => {
    assert.deepEqual(names(treeOf([shown("a.py", "q", [model(0, "m", at(1), [])]), shown("a.py", "p", [])])), [
      ...["a.py", "m"],
    ]);
    const two = treeOf([shown("a.py", "q", MODELS.slice(1)), shown("b.py", "p", MODELS.slice(1))]);
    assert.deepEqual(
      two.map(({ kind, id }) => [kind, id]),
      [
        ["folder", "p"],
        ["folder", "q"],
      ],
    );
  });
  it("stand in no folder where they were never saved", () => {
    const text = shown("Untitled-1", "", MODELS.slice(1));
    const [saved, other] = [shown("a.py", "p", MODELS.slice(1)), shown("b.py", "q", MODELS.slice(1))];
    const kinds = (files: Parameters<typeof treeOf>[0]) => treeOf(files).map(({ kind }) => kind);
    assert.deepEqual(kinds([text, saved]), ["file", "file"]);
    assert.deepEqual(kinds([text, saved, other]), ["file", "folder", "folder"]);
  });
  it("are filtered by the words of names, types and shapes, with all that is above and below", () => {
    assert.deepEqual(names(treeOf([shown("a.py")], "conv2d")), ["a.py", "first", "enc", "conv2d"]);
    assert.deepEqual(names(treeOf([shown("a.py")], "SECOND")), ["a.py", "second", "dense_1", "out"]);
    assert.deepEqual(names(treeOf([shown("a.py")], "out (none,")), ["a.py", "second", "out"]);
    assert.deepEqual(names(treeOf([shown("a.py")], "nothing")), []);
  });
  it("say what they are in grey", () => {
    const texts = treeOf([shown("b/a.py")])
      .flatMap(withBelow)
      .map(descriptionOf);
    assert.deepEqual(texts.slice(0, 4), [
      ...["b", "Σ 1,234 · 2 warnings · (None, 4) → (None, 3)", "(None, 3) · 15"],
      "Functional · (None, 3) · 15",
    ]);
    assert.equal(texts.at(-1), "Dense · (None, 3)");
  });
});

describe("the cursor is in a model", () => {
  const [first, second] = MODELS;
  const under = (line: number, models = MODELS, uri = URI) =>
    modelUnder({ uri: URI, models, reads: [] }, { uri, line });
  it("where it stands, where a layer of it stands, between its lines", () => {
    assert.equal(under(6), first);
    assert.equal(under(3), first);
    assert.equal(under(12), second);
    assert.equal(under(8), undefined);
    assert.equal(under(6, MODELS, "file:///other.py"), undefined);
  });
  it("where it is the only one of the file", () => assert.equal(under(99, MODELS.slice(0, 1)), first));

  const nodes = treeOf([{ folder: "p", path: "a.py", models: { uri: URI, models: MODELS, reads: [] } }]);
  const node = (line: number, selected?: ModelsNode) =>
    nodeUnder(nodes, { uri: URI, models: MODELS, reads: [] }, { uri: URI, line }, selected);
  const nameOf = (it: ModelsNode | undefined) => (it?.kind === "layer" ? it.layer.name : it?.kind);
  it("and in the tightest of its layers", () => {
    assert.equal(nameOf(node(3)), "conv2d");
    assert.equal(nameOf(node(13)), "out");
    assert.equal(nameOf(node(12)), "model");
    assert.equal(node(8), undefined);
  });
  it("while a selected node that fits stays", () => {
    const enc = nodes.flatMap(withBelow).find((it) => placeOf(it)?.range.start.line === 5);
    assert.equal(node(5, enc), enc);
    assert.notEqual(node(6, enc), enc);
  });
});

describe("the gauge of a share", () => {
  it("shows that there is something, and is full only for all", () => {
    assert.deepEqual([undefined, 0, 0.0001, 0.5, 1].map(fullness), [0, 0, 1, 7, 14]);
  });
  it("is a picture", () => {
    const picture = atob(gauge(0.5, "dark").split(",")[1] ?? "");
    assert.match(picture, /^<svg .*width="14".*width="7".*<\/svg>$/);
  });
});
