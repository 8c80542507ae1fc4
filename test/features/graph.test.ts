import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Graph, type GraphNode, graphOf } from "../../server/features/graph.ts";
import { openCore } from "../core/open.ts";

const core = await openCore();

/** The architecture of the program's last model. */
function graph(text: string): Graph {
  const file = { path: "/program.py", text: `import keras\nfrom keras import layers\n${text}` };
  const { analysis } = core.analyse({ file, answers: new Map(), settings: { keras: 3, fixes: false } });
  const index = analysis.models.length - 1;
  const report = analysis.models[index];
  assert.ok(report);
  return graphOf(core.draw(file.path, index), report);
}
const printed = ({ edges }: Graph): readonly string[] => edges.map((it) => `${it.from} → ${it.to} ${it.shape}`);
/** `parent/kind name`, what stands at the top first. */
const under = ({ nodes }: Graph, parent: string | undefined): readonly GraphNode[] =>
  nodes.filter((it) => it.parent === parent);

describe("the architecture of a model", () => {
  it("of a Sequential is a chain from its input to what it gives", () => {
    const { problem, params, ...it } = graph(
      "m = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.ReLU()])",
    );
    assert.deepEqual([problem, params], [undefined, 36]);
    assert.deepEqual(printed({ problem, params, ...it }), [
      "input_layer → dense (None, 8)",
      "dense → re_lu (None, 4)",
      "re_lu → output (None, 4)",
    ]);
  });

  it("has a node for each call of a layer, and its weights once", () => {
    const it = graph(`a, b = keras.Input((8,)), keras.Input((8,))
shared = layers.Dense(8, name="shared")
m = keras.Model([a, b], shared(a) + shared(b))`);
    const calls = it.nodes.filter(({ name }) => name === "shared");
    assert.deepEqual(
      calls.map(({ id, times, params }) => [id, times, params]),
      [
        ["shared", 2, 72],
        ["shared 2", 2, 72],
      ],
    );
    assert.equal(calls[0]?.layer, calls[1]?.layer);
    assert.deepEqual(printed(it).slice(2), [
      "shared → add (None, 8)",
      "shared 2 → add (None, 8)",
      "add → output (None, 8)",
    ]);
  });

  it("holds nested models, whose edges lead to what runs inside", () => {
    const it = graph(`inner = keras.Sequential([keras.Input((8,)), layers.Dense(4)], name="inner")
x = keras.Input((8,))
m = keras.Model(x, layers.Dense(1)(inner(x)))`);
    assert.deepEqual(
      under(it, "inner").map(({ id }) => id),
      ["inner/dense"],
    );
    assert.deepEqual(printed(it), [
      "input_layer_1 → inner/dense (None, 8)",
      "inner/dense → dense_1 (None, 4)",
      "dense_1 → output (None, 1)",
    ]);
  });

  const NET = `class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(8)
        self.drop = layers.Dropout(0.5)
        self.last = layers.Dense(3)
    def call(self, x, training=False):
        y = self.first(x)
        n = keras.ops.shape(y)[0]
        if training:
            y = self.drop(y)
        return self.last(keras.ops.concatenate([x, y], axis=-1))
net = Net()
`;
  it("of a model with a call of its own is what the call runs, and not what only asks for a shape", () => {
    const it = graph(`${NET}net(keras.Input((8,)))`);
    assert.deepEqual(printed(it), [
      "input → dense (None, 8)",
      "input → concatenate (None, 8)",
      "dense → concatenate (None, 8)",
      "concatenate → dense_1 (None, 16)",
      "dense_1 → output (None, 3)",
    ]);
  });

  it("that nobody calls is its layers, and why there is no more", () => {
    const it = graph(NET);
    assert.match(it.problem ?? "", /no call of it is seen/);
    assert.equal(it.params, undefined);
    assert.deepEqual(
      it.nodes.map(({ type, params, outputs }) => [type, params, outputs]),
      [
        ["Dense", undefined, []],
        ["Dropout", 0, []],
        ["Dense", undefined, []],
      ],
    );
    assert.deepEqual(it.edges, []);
  });

  it("of a Sequential without an input is its chain, with shapes that are not known", () => {
    const it = graph("m = keras.Sequential([layers.Dense(4), layers.Dense(2)])");
    assert.match(it.problem ?? "", /it has no Input/);
    assert.deepEqual(printed(it), ["dense → dense_1 ?"]);
  });
});

const RESIDUAL = `def block(x, n, conv=False):
    short = layers.Conv2D(n, 1)(x) if conv else x
    y = layers.Conv2D(n, 3, padding="same")(x)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(n, 3, padding="same")(y)
    return layers.ReLU()(layers.Add()([short, y]))
x = inputs = keras.Input((32, 32, 3))
`;
const repeats = (it: Graph) =>
  it.nodes
    .filter(({ kind }) => kind === "repeat")
    .map(({ name, times, differ, params }) => [name, times, differ, params]);

describe("what repeats itself", () => {
  it("is put together: equal blocks, each a node that holds its layers", () => {
    const it = graph(`${RESIDUAL}x = block(x, 8, True)
for _ in range(3):
    x = block(x, 8)
m = keras.Model(inputs, layers.Flatten()(x))`);
    const [repeat] = it.nodes.filter(({ kind }) => kind === "repeat");
    assert.deepEqual(repeats(it), [["6 layers", 3, false, 3 * (584 + 32 + 584)]]);
    const blocks = under(it, repeat?.id);
    assert.deepEqual(
      blocks.map(({ kind, params, outputs }) => [kind, params, outputs]),
      Array(3).fill(["block", 1200, ["(None, 32, 32, 8)"]]),
    );
    assert.deepEqual(
      under(it, blocks[0]?.id).map(({ type }) => type),
      ["Conv2D", "BatchNormalization", "ReLU", "Conv2D", "Add", "ReLU"],
    );
  });

  it("also where only the sizes differ, which is said: stages of such blocks", () => {
    const it = graph(`${RESIDUAL}for n, times in [(8, 3), (16, 4), (32, 2)]:
    x = block(x, n, True)
    for _ in range(times):
        x = block(x, n)
m = keras.Model(inputs, layers.Flatten()(x))`);
    const [stages, ...inside] = repeats(it);
    assert.deepEqual(stages?.slice(0, 3), ["alike", 3, true]);
    assert.deepEqual(
      inside.map(([name, times, differ]) => [name, times, differ]),
      [3, 4, 2].map((times) => ["6 layers", times, false]),
    );
  });

  it("is a layer, where that has no parts", () => {
    const it = graph(`x = inputs = keras.Input((8,))
for _ in range(12):
    x = layers.Dense(8)(x)
m = keras.Model(inputs, x)`);
    assert.deepEqual(repeats(it), [["Dense", 12, false, 12 * 72]]);
    assert.equal(it.nodes.filter(({ kind }) => kind === "block").length, 0);
  });

  it("is left as it is in a small model, and where it is wired in another way each time", () => {
    const small = graph(`x = inputs = keras.Input((8,))
for _ in range(4):
    x = layers.Dense(8)(x)
m = keras.Model(inputs, x)`);
    assert.deepEqual(repeats(small), []);
    const wired = graph(`x = inputs = keras.Input((8,))
seen = [x]
for n in range(12):
    x = layers.Add()([seen[-1], seen[n * n % (n + 1)]])
    seen.append(x)
m = keras.Model(inputs, x)`);
    assert.ok(wired.nodes.filter(({ kind }) => kind === "layer").length === 12);
  });

  it("keeps every node and edge, each node behind the one that it stands in", () => {
    const it = graph(`${RESIDUAL}for n in [8, 16, 32]:
    x = block(x, n, True)
    x = block(x, n)
    x = block(x, n)
m = keras.Model(inputs, x)`);
    const seen = new Set<string | undefined>([undefined]);
    for (const { id, parent } of it.nodes) {
      assert.ok(seen.has(parent) && !seen.has(id), `${id} in ${parent}`);
      seen.add(id);
    }
    for (const { from, to } of it.edges) assert.ok(seen.has(from) && seen.has(to));
    assert.equal(it.nodes.filter(({ kind }) => kind !== "repeat" && kind !== "block").length, 59);
  });
});
