import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { Location, Lowering } from "../../core/index.ts";
import { WorkerEngine } from "../../server/engine/engine.ts";
import type { Channel, FromWorker } from "../../server/engine/messages.ts";
import { nodeEngine } from "../../server/engine/nodeEngine.ts";
import type { Forwarded, ForwardedRow } from "../../server/features/forward.ts";
import { loweringOf } from "../lowering/open.ts";

const never = new AbortController().signal;
const ignore = (): void => undefined;

describe("the engine runs a model", () => {
  const engine = nodeEngine();
  after(() => engine.dispose());
  const run = (text: string, seed = 0): Promise<Forwarded> => engine.run(loweringOf(text), { seed }, ignore, never);

  it("row by row, each with its sizes, its numbers and its time", async () => {
    const told: ForwardedRow[] = [];
    const text = `
m = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dropout(0.5), layers.Dense(10, activation="softmax")])`;
    const { rows, input, problem } = await engine.run(loweringOf(text), { seed: 0 }, (row) => told.push(row), never);
    assert.equal(problem, undefined);
    assert.equal(input, "random_uniform 0…1 (2, 28, 28, 1)");
    assert.deepEqual(rows, told);
    assert.deepEqual(
      rows.map((row) => row.actual),
      ["(2, 26, 26, 4)", "(2, 13, 13, 4)", "(2, 676)", "(2, 676)", "(2, 10)"],
    );
    for (const row of rows) {
      assert.equal(row.actual, row.predicted);
      assert.ok(row.time !== undefined && row.statistics?.nan === 0);
    }
    // Ten shares of 1 in each of two samples; a relu leaves nothing below 0.
    assert.ok(Math.abs((rows.at(-1)?.statistics?.mean ?? 0) - 0.1) < 1e-6);
    assert.equal(rows[0]?.statistics?.min, 0);
  });

  it("the same seed gives the same numbers, another one others", async () => {
    const text = "m = keras.Sequential([keras.Input((3, 4)), layers.Bidirectional(layers.LSTM(5)), layers.Dense(2)])";
    const means = async (seed: number) => (await run(text, seed)).rows.map((row) => row.statistics?.mean);
    const first = await means(0);
    assert.deepEqual(await means(0), first);
    assert.notDeepEqual(await means(1), first);
  });

  it("everything before what is refused still runs, and so does what does not need it", async () => {
    const { rows, problem } = await run(`
i = keras.Input((8,))
left = layers.Dense(4)(i)
right = ops.erfinv(layers.Dense(4)(i))
m = keras.Model(i, layers.Concatenate()([layers.Dense(3)(left), right]))`);
    const ran = Object.fromEntries(rows.map((row) => [row.name, row.actual !== undefined]));
    assert.deepEqual(ran, { dense: true, dense_1: true, erfinv: false, dense_2: true, concatenate: false });
    assert.equal(problem, undefined);
  });

  it("a loop over layers of its own, with weights that add_weight makes", async () => {
    const { rows } = await run(`
class Scale(layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer="ones")
    def call(self, x):
        return x * self.factor - x
i = keras.Input((4,))
m = keras.Model(i, Scale()(i))`);
    assert.deepEqual(
      rows.map((row) => [row.name, row.statistics?.zeros]),
      [
        ["scale", 1],
        ["multiply", 0],
        ["subtract", 1],
      ],
    );
  });

  it("what comes before a call that raises runs", async () => {
    const { rows, problem } = await run(`
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(4)
    def call(self, x):
        x = self.dense(x)
        if x.shape[0] == 2:
            raise ValueError("not two")
        return x
net = Net()
net.build((None, 8))`);
    assert.deepEqual(
      rows.map((row) => row.actual),
      ["(2, 4)"],
    );
    assert.equal(problem, "the call of net raises");
  });

  it("NaN is counted, not averaged in", async () => {
    const { rows } = await run("i = keras.Input((4,))\nm = keras.Model(i, ops.log(ops.abs(i) * 0.0 - 1.0))");
    const { nan, zeros } = rows.at(-1)?.statistics ?? {};
    assert.deepEqual({ nan, zeros }, { nan: 8, zeros: 0 });
  });

  it("a model that is too large is refused with the size it would need, and nothing of it is run", async () => {
    const { rows, problem } = await run(`
m = keras.Sequential([keras.Input((1024, 1000, 100)), layers.Flatten(), layers.Dense(128)])`);
    assert.match(problem ?? "", /52\.4 GB.*dense.*Nothing was allocated/);
    assert.deepEqual(
      rows.map((row) => [row.predicted, row.actual, row.problem]),
      [
        ["(2, 102400000)", undefined, undefined],
        ["(2, 128)", undefined, undefined],
      ],
    );
  });

  it("is cancelled at once, and runs the next one", async () => {
    const cancel = new AbortController();
    const large = loweringOf(
      "m = keras.Sequential([keras.Input((64, 64, 32)), *[layers.Conv2D(32, 3) for _ in range(20)]])",
    );
    const running = engine.run(large, { seed: 0 }, () => cancel.abort(), cancel.signal);
    const { problem, rows } = await running;
    assert.equal(problem, "cancelled");
    assert.ok(rows.length < large.rows.length);
    assert.equal((await run("m = keras.Sequential([keras.Input((4,)), layers.Dense(2)])")).problem, undefined);
  });
});

/** A worker that does what it is told to do. */
class Stub implements Channel {
  terminated = 0;
  private readonly run: (tell: (message: FromWorker) => void, die: (reason: string) => void) => void;
  private tell: (message: FromWorker) => void = ignore;
  private die: (reason: string) => void = ignore;
  constructor(run: Stub["run"]) {
    this.run = run;
  }
  post({ kind }: Parameters<Channel["post"]>[0]): void {
    if (kind === "run") this.run(this.tell, this.die);
  }
  listen(tell: (message: FromWorker) => void, die: (reason: string) => void): void {
    this.tell = tell;
    this.die = die;
  }
  hold(): void {}
  terminate(): void {
    this.terminated++;
  }
}

const NONE = { onnx: new Uint8Array(), jpeg: new Uint8Array() };
describe("a worker that fails", () => {
  const lowering = loweringOf("m = keras.Sequential([keras.Input((4,)), layers.Dense(2)])");
  const engineOf = (...workers: readonly Stub[]): WorkerEngine => {
    const next = workers.values();
    const spawn = (): Channel => next.next().value ?? assert.fail("no worker is left");
    return new WorkerEngine({ spawn, wasm: async () => NONE, limit: 1e9 });
  };
  const run = (engine: WorkerEngine, it: Lowering<Location> = lowering) => engine.run(it, { seed: 0 }, ignore, never);

  it("is told to whoever waits, and the next run gets a new one", async () => {
    const engine = engineOf(
      new Stub((_, die) => die("out of memory")),
      new Stub((tell) => tell({ kind: "done", outputs: [] })),
    );
    await assert.rejects(run(engine), /the engine stopped: out of memory/);
    assert.equal((await run(engine)).problem, undefined);
    engine.dispose();
  });

  it("is not used again after a fault of its own", async () => {
    const broken = new Stub((tell) => tell({ kind: "failed", words: "a fault" }));
    const engine = engineOf(broken, new Stub((tell) => tell({ kind: "done", outputs: [] })));
    await assert.rejects(run(engine), /the engine failed: a fault/);
    assert.equal(broken.terminated, 1);
    assert.equal((await run(engine)).problem, undefined);
    engine.dispose();
  });

  it("is not kept where it held much: its memory never shrinks", async () => {
    const first = new Stub((tell) => tell({ kind: "done", outputs: [] }));
    const engine = engineOf(first, new Stub((tell) => tell({ kind: "done", outputs: [] })));
    await run(engine, { ...lowering, memory: { weights: 0, activations: 0, peak: 5e8 } });
    assert.equal(first.terminated, 1);
    engine.dispose();
  });

  it("runs come one after the other", async () => {
    const order: string[] = [];
    const engine = engineOf(
      new Stub((tell) => {
        order.push("begun");
        setImmediate(() => {
          order.push("ended");
          tell({ kind: "done", outputs: [] });
        });
      }),
    );
    await Promise.all([run(engine), run(engine)]);
    assert.deepEqual(order, ["begun", "ended", "begun", "ended"]);
    engine.dispose();
  });
});
