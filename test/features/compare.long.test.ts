import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { nodeEngine } from "../../server/engine/nodeEngine.ts";
import { compareWays } from "../../server/features/compare.ts";
import { testCore } from "../programs/told.ts";

const core = await testCore();

describe("ways beside each other, on the same numbers", () => {
  const engine = nodeEngine();
  after(() => engine.dispose());

  async function compared(text: string) {
    const file = { path: "/program.py", text };
    core.analyse({ file, answers: new Map(), settings: { keras: "auto", fixes: false } });
    const ways = core.card(file.path, text.lastIndexOf("Dense"))?.ways ?? [];
    return compareWays(core, engine, ways, { seed: 0, signal: new AbortController().signal });
  }
  const SEQUENCE = 'import keras\nx = keras.Input((4, 3))\ny = keras.layers.Dense(2, activation="relu")(x)\n';

  it("says what comes out, what it costs, and whether it is the same", async () => {
    const { ways, input, samples } = await compared(SEQUENCE);
    assert.deepEqual([input, samples], [[4, 3], 5]);
    assert.deepEqual(
      ways.map(({ title, output, params, macs, verdict, problem }) => [title, output, params, macs, verdict, problem]),
      [
        ["Dense(2)", [4, 2], 8, 24, "first", undefined],
        ["TimeDistributed(Dense(2))", [4, 2], 8, 24, "identical", undefined],
        ["Flatten() → Dense(2)", [2], 26, 24, "another shape", undefined],
        ["GlobalAveragePooling1D() → Dense(2)", [2], 8, 6, "another shape", undefined],
        ["LSTM(2)", [2], 48, 160, "another shape", undefined],
      ],
    );
    for (const { time } of ways) assert.ok(time !== undefined && time >= 0);
  });

  it("shows which steps reach which: only itself, or all of them", async () => {
    const { ways } = await compared(SEQUENCE.replace(', activation="relu"', ""));
    const picture = (i: number) => ways[i]?.reach?.map((row) => row.map((it) => (it ? "x" : ".")).join("")).join(" ");
    assert.equal(picture(0), "x... .x.. ..x. ...x");
    assert.equal(picture(1), picture(0));
    assert.equal(picture(2), "x x x x");
    assert.equal(picture(4), "x x x x");
  });

  it("takes images, and sizes that nobody states", async () => {
    const images = await compared("import keras\nx = keras.Input((8, 8, 3))\ny = keras.layers.Dense(2)(x)\n");
    assert.deepEqual(
      images.ways.map(({ output }) => output),
      [[8, 8, 2], [2], [2]],
    );
    const open = await compared("import keras\nx = keras.Input((None, 3))\ny = keras.layers.Dense(2)(x)\n");
    const [first, , flat] = open.ways;
    assert.deepEqual(first?.output, [16, 2]);
    assert.equal(flat?.output, undefined);
    assert.match(flat?.problem ?? "", /not|refuse/);
  });

  it("has nothing to run where an argument is not known", async () => {
    const text = "import keras, sys\nx = keras.Input((4, 3))\ny = keras.layers.Dense(len(sys.argv))(x)\n";
    const { ways } = await compared(text);
    assert.ok(ways.every(({ problem }) => problem === "what it is given is not all known"));
  });
});
