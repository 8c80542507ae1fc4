import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nodesAt } from "../../client/views/graphCursor.ts";
import type { Layout } from "../../client/webview/graph/boxes.ts";
import { around, isOpenAtFirst, matching, sceneOf } from "../../client/webview/graph/scene.ts";
import { next } from "../../client/webview/graph/walk.ts";
import { captionOf, levelOf } from "../../client/webview/graph/words.ts";
import type { CodePlace, PlacedNode } from "../../server/protocol/messages.ts";

const made = (id: string, own: Partial<PlacedNode> = {}): PlacedNode => ({
  ...{ id, parent: undefined, kind: "layer", name: id, type: "Dense", outputs: ["(None, 8)"], params: 72 },
  ...{ trainable: true, layer: undefined, times: 1, differ: false, problem: undefined, spot: undefined, around: [] },
  ...own,
});
const edge = (from: string, to: string, shape = "(None, 8)") => ({ from, to, shape });

/** `in` feeds two blocks of a repetition, one in the other's place; a skip goes round both. */
const GRAPH = {
  nodes: [
    made("in", { kind: "input" }),
    made("all", { kind: "repeat", times: 2, name: "2 layers" }),
    made("first", { kind: "block", parent: "all" }),
    made("a", { parent: "first" }),
    made("b", { parent: "first" }),
    made("second", { kind: "block", parent: "all" }),
    made("c", { parent: "second" }),
    made("out", { type: "Add" }),
  ],
  edges: [
    edge("in", "a"),
    edge("a", "b"),
    edge("b", "c"),
    edge("c", "out"),
    edge("b", "out", "(None, 4)"),
    edge("in", "out"),
  ],
};
const printed = (open: readonly string[]) => {
  const scene = sceneOf(GRAPH, ({ id }) => open.includes(id));
  return {
    nodes: scene.nodes.map(({ node }) => node.id),
    edges: scene.edges.map(({ from, to, shapes }) => `${from} ${to} ${shapes.join(" ")}`),
  };
};

describe("what is seen of an architecture", () => {
  it("is what no folded node holds, with edges between that; each shape once", () => {
    assert.deepEqual(printed([]), {
      nodes: ["in", "all", "out"],
      edges: ["in all (None, 8)", "all out (None, 8) (None, 4)", "in out (None, 8)"],
    });
    assert.deepEqual(printed(["all"]), {
      nodes: ["in", "all", "first", "second", "out"],
      edges: [
        "in first (None, 8)",
        "first second (None, 8)",
        "second out (None, 8)",
        "first out (None, 4)",
        "in out (None, 8)",
      ],
    });
    assert.equal(printed(["all", "first", "second"]).nodes.length, GRAPH.nodes.length);
    // What is open in a folded node is not seen.
    assert.deepEqual(printed(["first"]), printed([]));
  });
  it("says for every node where it is seen, and how many a folded one holds", () => {
    const scene = sceneOf(GRAPH, ({ id }) => id === "all");
    assert.deepEqual([scene.seen.get("b"), scene.seen.get("all"), scene.seen.get("in")], ["first", "all", "in"]);
    assert.deepEqual(
      scene.nodes.filter((it) => it.isGroup).map((it) => [it.node.id, it.isOpen, it.holds]),
      [
        ["all", true, 3],
        ["first", false, 2],
        ["second", false, 1],
      ],
    );
    assert.deepEqual(around(GRAPH.nodes, "b"), ["all", "first"]);
  });
  it("shows stages that differ, and folds what is equal", () => {
    assert.deepEqual(
      [true, false].map((differ) => isOpenAtFirst({ kind: "repeat", differ })),
      [true, false],
    );
    assert.equal(isOpenAtFirst({ kind: "layer", differ: false }), false);
  });
  it("is found by all words, in a name, a type or a shape", () => {
    const found = (text: string) => matching(GRAPH.nodes, text).map(({ id }) => id);
    assert.deepEqual(found("add"), ["out"]);
    assert.deepEqual(found("dense  8) b"), ["b"]);
    assert.deepEqual(found("first"), []);
    assert.deepEqual(found(" "), []);
  });
});

describe("a node", () => {
  const caption = (own: Partial<PlacedNode>) =>
    Object.values(captionOf({ node: made("x", own), isGroup: false, isOpen: false, holds: 6 }));
  it("says what it is and what it costs", () => {
    assert.deepEqual(caption({ params: 1234 }), ["Dense", "x · 1,234 params"]);
    assert.deepEqual(caption({ params: undefined }), ["Dense", "x · ? params"]);
    assert.deepEqual(caption({ params: 0, times: 2 }), ["Dense", "x · called 2 times"]);
    assert.deepEqual(caption({ kind: "repeat", times: 3, name: "6 layers", type: "Conv2D, Add", params: 0 }), [
      "3 × 6 layers",
      "Conv2D, Add",
    ]);
    assert.deepEqual(caption({ kind: "block", name: "conv2" }), ["conv2", "6 layers · 72 params"]);
    assert.deepEqual(caption({ kind: "output", name: "output 2" }), ["Output 2", ""]);
  });
  it("is deeper in colour the more parameters it has", () => {
    assert.deepEqual(
      [undefined, 0, 1, 100, 400, 900, 1000].map((params) => levelOf(params, 1000)),
      [0, 0, 1, 2, 4, 6, 6],
    );
  });
});

describe("the arrow keys", () => {
  const scene = sceneOf(GRAPH, ({ id }) => id === "all");
  const box = (x: number, y: number, width = 80) => ({ x, y, width, height: 40 });
  const layout: Layout = {
    ...{ width: 400, height: 400, lines: [], time: 0 },
    boxes: new Map([
      ["in", box(0, 0)],
      ["all", { x: 0, y: 60, width: 300, height: 200 }],
      ["first", box(20, 80)],
      ["second", box(140, 80)],
      ["out", box(0, 300)],
    ]),
  };
  const walk = (from: string, ...ways: readonly Parameters<typeof next>[3][]) =>
    ways.reduce((at, way) => next(scene, layout, at, way) ?? `${at}!`, from);
  it("walk along the edges, to the nearest where there are several", () => {
    assert.equal(walk("in", "ArrowDown"), "first");
    assert.equal(walk("in", "ArrowDown", "ArrowDown", "ArrowDown"), "out");
    assert.equal(walk("out", "ArrowUp"), "first");
    assert.equal(walk("out", "ArrowUp", "ArrowUp"), "in");
    assert.equal(walk("out", "ArrowDown"), "out!");
  });
  it("go to what stands beside, in and out of open nodes, and to both ends", () => {
    assert.equal(walk("first", "ArrowRight"), "second");
    assert.equal(walk("second", "ArrowLeft"), "first");
    assert.equal(walk("all", "ArrowDown"), "first");
    assert.equal(walk("second", "Home"), "in");
    assert.equal(walk("in", "End"), "out");
  });
});

describe("a cursor in the code", () => {
  const spot = (line: number, from: number, to: number, last = line): CodePlace => ({
    uri: "file:///a.py",
    range: { start: { line, character: from }, end: { line: last, character: to } },
  });
  const nodes = [
    made("model", { spot: spot(3, 4, 1, 9) }),
    made("dense", { spot: spot(4, 8, 20) }),
    made("relu", { spot: spot(4, 24, 30) }),
    made("helped", { spot: spot(20, 4, 12), around: [spot(12, 4, 30)] }),
  ];
  const at = (line: number, character: number, uri = "file:///a.py") => nodesAt(nodes, uri, { line, character });
  it("is at what is made there, the nearest first", () => {
    assert.deepEqual(at(4, 10), ["dense"]);
    assert.deepEqual(at(4, 26), ["relu"]);
    assert.deepEqual(at(6, 0), ["model"]);
  });
  it("else at what its line makes, or calls", () => {
    assert.deepEqual(at(20, 0), ["helped"]);
    assert.deepEqual(at(12, 6), ["helped"]);
    assert.deepEqual(at(12, 0), ["helped"]);
  });
  it("and at nothing elsewhere", () => {
    assert.deepEqual(at(30, 0), []);
    assert.deepEqual(at(4, 10, "file:///b.py"), []);
  });
});
